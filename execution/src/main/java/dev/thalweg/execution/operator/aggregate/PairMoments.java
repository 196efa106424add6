package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.spi.data.Memory;

/// Covariance, correlation and regression where rows are only added.
///
/// State: the number of pairs, both means, the sums of squared differences from them and of products, 48 bytes.
/// **Source** as [Moments], for pairs.
final class PairMoments implements PairAccumulator {
    private static final int MEAN_X = 8;
    private static final int MEAN_Y = 16;
    private static final int XX = 24;
    private static final int YY = 32;
    private static final int XY = 40;

    private final int argumentY;
    private final int argumentX;
    private final int offset;
    private final Pairing pairing;
    private final ArgumentValues valuesY = new ArgumentValues();
    private final ArgumentValues valuesX = new ArgumentValues();

    PairMoments(int argumentY, int argumentX, int offset, Pairing pairing) {
        this.argumentY = argumentY;
        this.argumentX = argumentX;
        this.offset = offset;
        this.pairing = pairing;
    }

    @Override
    public int valueBytes() {
        return 48;
    }

    @Override
    public void add(CallRows rows) {
        double[] ys = valuesY.doubles(rows.vector(argumentY), rows.type(argumentY), rows.row, rows.count);
        double[] xs = valuesX.doubles(rows.vector(argumentX), rows.type(argumentX), rows.row, rows.count);
        long[] weight = rows.weight;
        for (int i = 0; i < rows.count; i++) {
            long at = rows.value[i] + offset;
            long times = weight == null ? 1 : weight[i];
            long count = Memory.getLong(at) + times;
            double meanX = Memory.getDouble(at + MEAN_X);
            double meanY = Memory.getDouble(at + MEAN_Y);
            double awayX = xs[i] - meanX;
            double awayY = ys[i] - meanY;
            double share = (double) times / count; // 1 for the first row, so that its mean is the row
            double movedX = meanX + awayX * share;
            double movedY = meanY + awayY * share;
            Memory.putLong(at, count);
            Memory.putDouble(at + MEAN_X, movedX);
            Memory.putDouble(at + MEAN_Y, movedY);
            add(at + XX, times * awayX * (xs[i] - movedX));
            add(at + YY, times * awayY * (ys[i] - movedY));
            add(at + XY, times * awayX * (ys[i] - movedY));
        }
    }

    private static void add(long at, double value) {
        Memory.putDouble(at, Memory.getDouble(at) + value);
    }

    @Override
    public void merge(CallRows rows, long[] partial) {
        for (int i = 0; i < rows.count; i++) {
            merge(rows.value[i] + offset, partial[i] + offset);
        }
    }

    private static void merge(long at, long from) {
        long mine = Memory.getLong(at);
        long theirs = Memory.getLong(from);
        if (theirs == 0) {
            return;
        }
        long count = mine + theirs;
        double share = (double) theirs / count;
        double awayX = Memory.getDouble(from + MEAN_X) - Memory.getDouble(at + MEAN_X);
        double awayY = Memory.getDouble(from + MEAN_Y) - Memory.getDouble(at + MEAN_Y);
        Memory.putLong(at, count);
        add(at + MEAN_X, awayX * share);
        add(at + MEAN_Y, awayY * share);
        add(at + XX, Memory.getDouble(from + XX) + awayX * awayX * share * mine);
        add(at + YY, Memory.getDouble(from + YY) + awayY * awayY * share * mine);
        add(at + XY, Memory.getDouble(from + XY) + awayX * awayY * share * mine);
    }

    @Override
    public Pairing pairing() {
        return pairing;
    }

    @Override
    public Pairing.Sums sums(long group) {
        long at = group + offset;
        return new Pairing.Sums(Memory.getLong(at), Memory.getDouble(at + MEAN_X), Memory.getDouble(at + MEAN_Y),
                Memory.getDouble(at + XX), Memory.getDouble(at + YY), Memory.getDouble(at + XY));
    }
}
