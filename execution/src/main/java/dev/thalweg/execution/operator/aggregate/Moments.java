package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.spi.data.Memory;

/// Variance and standard deviation where rows are only added.
///
/// State: count, mean and the sum of squared differences from it, 24 bytes.
/// **Source** B. P. Welford, Note on a Method for Calculating Corrected Sums of Squares and Products, 1962.
final class Moments implements DoubleAccumulator {
    private static final int MEAN = 8;
    private static final int SQUARES = 16;

    private final int argument;
    private final int offset;
    private final Spread spread;
    private final ArgumentValues values = new ArgumentValues();

    Moments(int argument, int offset, Spread spread) {
        this.argument = argument;
        this.offset = offset;
        this.spread = spread;
    }

    @Override
    public int valueBytes() {
        return 24;
    }

    @Override
    public void add(CallRows rows) {
        double[] doubles = values.doubles(rows.vector(argument), rows.type(argument), rows.row, rows.count);
        long[] weight = rows.weight;
        for (int i = 0; i < rows.count; i++) {
            long at = rows.value[i] + offset;
            long times = weight == null ? 1 : weight[i];
            long count = Memory.getLong(at) + times;
            double mean = Memory.getDouble(at + MEAN);
            double away = doubles[i] - mean;
            double moved = mean + away * times / count;
            Memory.putLong(at, count);
            Memory.putDouble(at + MEAN, moved);
            Memory.putDouble(at + SQUARES, Memory.getDouble(at + SQUARES) + times * away * (doubles[i] - moved));
        }
    }

    /// T. F. Chan, G. H. Golub and R. J. LeVeque, Updating Formulae and a Pairwise Algorithm, 1979.
    @Override
    public void merge(CallRows rows, long[] partial) {
        for (int i = 0; i < rows.count; i++) {
            long at = rows.value[i] + offset;
            long from = partial[i] + offset;
            long mine = Memory.getLong(at);
            long theirs = Memory.getLong(from);
            long count = mine + theirs;
            if (theirs == 0) {
                continue;
            }
            double mean = Memory.getDouble(at + MEAN);
            double away = Memory.getDouble(from + MEAN) - mean;
            double share = (double) theirs / count;
            double squares = Memory.getDouble(at + SQUARES) + Memory.getDouble(from + SQUARES);
            Memory.putLong(at, count);
            Memory.putDouble(at + MEAN, mean + away * share);
            Memory.putDouble(at + SQUARES, squares + away * away * share * mine);
        }
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public boolean isNull(long at) {
        return spread.isNull(Memory.getLong(at));
    }

    @Override
    public double value(long at) {
        return spread.of(Memory.getDouble(at + SQUARES), Memory.getLong(at));
    }
}
