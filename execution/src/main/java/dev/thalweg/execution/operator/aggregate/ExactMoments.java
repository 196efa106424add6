package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.operator.aggregate.ExactSum.Specials;
import dev.thalweg.spi.data.Memory;
import java.math.BigInteger;

/// Variance and standard deviation where rows may be taken back: the sums of the values and of their squares are exact, so
/// their difference loses nothing.
///
/// State: 576 bytes (two [ExactBits], the count, the specials). A square is added as its rounded value and the rounding
/// error, both of which are doubles; squares beyond the range of DOUBLE make the result NaN.
final class ExactMoments implements DoubleAccumulator {
    private static final int SQUARES = ExactBits.BYTES;
    private static final int COUNT = 2 * ExactBits.BYTES;
    private static final int SPECIALS = COUNT + 8;

    private final int argument;
    private final int offset;
    private final Spread spread;
    private final ArgumentValues values = new ArgumentValues();

    ExactMoments(int argument, int offset, Spread spread) {
        this.argument = argument;
        this.offset = offset;
        this.spread = spread;
    }

    @Override
    public int valueBytes() {
        return SPECIALS + Specials.BYTES;
    }

    @Override
    public void add(CallRows rows) {
        double[] doubles = values.doubles(rows.vector(argument), rows.type(argument), rows.row, rows.count);
        long[] weight = rows.weight;
        for (int i = 0; i < rows.count; i++) {
            add(rows.value[i] + offset, doubles[i], weight == null ? 1 : weight[i]);
        }
        CountAccumulator.addWeights(rows, offset + COUNT);
    }

    private static void add(long at, double value, long times) {
        double square = value * value;
        if (!Double.isFinite(square)) {
            Specials.add(at + SPECIALS, square, times);
            return;
        }
        ExactBits.add(at, value, times);
        ExactBits.add(at + SQUARES, square, times);
        ExactBits.add(at + SQUARES, Math.fma(value, value, -square), times);
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public boolean isNull(long at) {
        return spread.isNull(Memory.getLong(at + COUNT));
    }

    @Override
    public double value(long at) {
        long count = Memory.getLong(at + COUNT);
        double squares = Specials.any(at + SPECIALS) ? Double.NaN : squaredDifferences(at, count);
        return spread.of(squares, count);
    }

    /// `sum(x^2) - sum(x)^2 / count`, of which only the division is rounded.
    private static double squaredDifferences(long at, long count) {
        BigInteger sum = ExactBits.units(at);
        BigInteger squares = ExactBits.units(at + SQUARES).shiftLeft(-ExactBits.UNIT_EXPONENT);
        BigInteger times = squares.multiply(BigInteger.valueOf(count)).subtract(sum.multiply(sum));
        if (times.signum() <= 0) {
            return 0; // all values are equal, or their squares are too small for DOUBLE
        }
        BigInteger scaled = times.shiftLeft(64).divide(BigInteger.valueOf(count));
        return ExactBits.toDouble(scaled, 2 * ExactBits.UNIT_EXPONENT - 64);
    }
}
