package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.spi.data.Memory;

/// `sum` and `avg` of FLOAT and DOUBLE where rows may be taken back: exact, so that nothing drifts however many come and
/// go, and equal for every order. NaN and the infinities are counted, so that they can be taken back too.
///
/// State: 304 bytes (see [ExactBits]).
final class ExactSum implements DoubleAccumulator {
    private static final int COUNT = ExactBits.BYTES;

    private final int argument;
    private final int offset;
    private final boolean average;
    private final ArgumentValues values = new ArgumentValues();

    ExactSum(int argument, int offset, boolean average) {
        this.argument = argument;
        this.offset = offset;
        this.average = average;
    }

    @Override
    public int valueBytes() {
        return COUNT + 8 + Specials.BYTES;
    }

    @Override
    public void add(CallRows rows) {
        double[] doubles = values.doubles(rows.vector(argument), rows.type(argument), rows.row, rows.count);
        long[] weight = rows.weight;
        for (int i = 0; i < rows.count; i++) {
            long at = rows.value[i] + offset;
            long times = weight == null ? 1 : weight[i];
            if (Double.isFinite(doubles[i])) {
                ExactBits.add(at, doubles[i], times);
            } else {
                Specials.add(at + COUNT + 8, doubles[i], times);
            }
        }
        CountAccumulator.addWeights(rows, offset + COUNT);
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public boolean isNull(long at) {
        return Memory.getLong(at + COUNT) <= 0;
    }

    @Override
    public double value(long at) {
        double sum = Specials.any(at + COUNT + 8)
                ? Specials.sum(at + COUNT + 8)
                : ExactBits.toDouble(ExactBits.units(at), ExactBits.UNIT_EXPONENT);
        return average ? sum / Memory.getLong(at + COUNT) : sum;
    }

    /// How many NaNs, positive and negative infinities there are: 24 bytes.
    static final class Specials {
        static final int BYTES = 24;

        private Specials() {}

        static void add(long at, double value, long times) {
            long where = at + (Double.isNaN(value) ? 0 : value > 0 ? 8 : 16);
            Memory.putLong(where, Memory.getLong(where) + times);
        }

        static boolean any(long at) {
            return (Memory.getLong(at) | Memory.getLong(at + 8) | Memory.getLong(at + 16)) != 0;
        }

        static double sum(long at) {
            boolean positive = Memory.getLong(at + 8) > 0;
            boolean negative = Memory.getLong(at + 16) > 0;
            if (Memory.getLong(at) > 0 || (positive && negative)) {
                return Double.NaN;
            }
            return positive ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY;
        }
    }
}
