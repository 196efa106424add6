package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.spi.data.Memory;

/// `skewness` and `kurtosis` where rows are only added.
///
/// State: the count, the mean, and the sums of the second to fourth powers of the differences from it, 40 bytes.
/// **Source** P. Pébay, Formulas for Robust, One-Pass Parallel Computation of Covariances and Arbitrary-Order Statistical
/// Moments, 2008.
final class HigherMoments implements DoubleAccumulator {
    private static final int MEAN = 8;
    private static final int SQUARES = 16;
    private static final int CUBES = 24;
    private static final int FOURTHS = 32;

    private final int argument;
    private final int offset;
    private final Shape shape;
    private final ArgumentValues values = new ArgumentValues();

    HigherMoments(int argument, int offset, Shape shape) {
        this.argument = argument;
        this.offset = offset;
        this.shape = shape;
    }

    @Override
    public int valueBytes() {
        return 40;
    }

    @Override
    public void add(CallRows rows) {
        double[] doubles = values.doubles(rows.vector(argument), rows.type(argument), rows.row, rows.count);
        long[] weight = rows.weight;
        for (int i = 0; i < rows.count; i++) {
            combine(rows.value[i] + offset, weight == null ? 1 : weight[i], doubles[i], 0, 0, 0);
        }
    }

    @Override
    public void merge(CallRows rows, long[] partial) {
        for (int i = 0; i < rows.count; i++) {
            long from = partial[i] + offset;
            if (Memory.getLong(from) != 0) {
                combine(rows.value[i] + offset, Memory.getLong(from), Memory.getDouble(from + MEAN),
                        Memory.getDouble(from + SQUARES), Memory.getDouble(from + CUBES),
                        Memory.getDouble(from + FOURTHS));
            }
        }
    }

    private static void combine(long at, long theirs, double mean, double squares, double cubes, double fourths) {
        long mine = Memory.getLong(at);
        if (mine == 0) { // the mean of equal values is that value, to the last bit
            Memory.putLong(at, theirs);
            Memory.putDouble(at + MEAN, mean);
            Memory.putDouble(at + SQUARES, squares);
            Memory.putDouble(at + CUBES, cubes);
            Memory.putDouble(at + FOURTHS, fourths);
            return;
        }
        long count = mine + theirs;
        double a = mine;
        double b = theirs;
        double n = count;
        double away = mean - Memory.getDouble(at + MEAN);
        double share = away / n;
        double mySquares = Memory.getDouble(at + SQUARES);
        double myCubes = Memory.getDouble(at + CUBES);
        double cross = away * share * a * b;
        Memory.putLong(at, count);
        Memory.putDouble(at + MEAN, Memory.getDouble(at + MEAN) + share * b);
        Memory.putDouble(at + SQUARES, mySquares + squares + cross);
        Memory.putDouble(at + CUBES, myCubes + cubes + cross * share * (a - b)
                + 3 * share * (a * squares - b * mySquares));
        Memory.putDouble(at + FOURTHS, Memory.getDouble(at + FOURTHS) + fourths
                + cross * share * share * (a * a - a * b + b * b)
                + 6 * share * share * (a * a * squares + b * b * mySquares)
                + 4 * share * (a * cubes - b * myCubes));
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public boolean isNull(long at) {
        return Memory.getLong(at) <= 0 || Memory.getDouble(at + SQUARES) == 0;
    }

    @Override
    public double value(long at) {
        return shape.of(Memory.getLong(at), Memory.getDouble(at + SQUARES), Memory.getDouble(at + CUBES),
                Memory.getDouble(at + FOURTHS));
    }
}
