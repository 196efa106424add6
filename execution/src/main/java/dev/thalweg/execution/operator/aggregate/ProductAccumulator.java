package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.spi.data.Memory;

/// `product` where rows are only added.
///
/// State: the number of values and their product, 16 bytes.
final class ProductAccumulator implements DoubleAccumulator {
    private static final int PRODUCT = 8;

    private final int argument;
    private final int offset;
    private final ArgumentValues values = new ArgumentValues();

    ProductAccumulator(int argument, int offset) {
        this.argument = argument;
        this.offset = offset;
    }

    @Override
    public int valueBytes() {
        return 16;
    }

    @Override
    public void add(CallRows rows) {
        double[] doubles = values.doubles(rows.vector(argument), rows.type(argument), rows.row, rows.count);
        long[] weight = rows.weight;
        for (int i = 0; i < rows.count; i++) {
            long times = weight == null ? 1 : weight[i];
            take(rows.value[i] + offset, times, times == 1 ? doubles[i] : Math.pow(doubles[i], times));
        }
    }

    private static void take(long at, long times, double factor) {
        long count = Memory.getLong(at);
        Memory.putDouble(at + PRODUCT, count == 0 ? factor : Memory.getDouble(at + PRODUCT) * factor);
        Memory.putLong(at, count + times);
    }

    @Override
    public void merge(CallRows rows, long[] partial) {
        for (int i = 0; i < rows.count; i++) {
            long from = partial[i] + offset;
            if (Memory.getLong(from) != 0) {
                take(rows.value[i] + offset, Memory.getLong(from), Memory.getDouble(from + PRODUCT));
            }
        }
    }

    @Override
    public int offset() {
        return offset;
    }

    @Override
    public boolean isNull(long at) {
        return Memory.getLong(at) <= 0;
    }

    @Override
    public double value(long at) {
        return Memory.getDouble(at + PRODUCT);
    }
}
