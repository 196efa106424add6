package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.spi.data.Memory;

/// `sum` and `avg` of FLOAT and DOUBLE where rows are only added.
///
/// State: the sum, what rounding has lost of it, and the number of values, 24 bytes. The error does not grow with the
/// number of rows, so any order gives the same answer within a few units in the last place.
/// **Source** A. Neumaier, Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen, 1974.
final class CompensatedSum implements DoubleAccumulator {
    private static final int LOST = 8;
    private static final int COUNT = 16;

    private final int argument;
    private final int offset;
    private final boolean average;
    private final ArgumentValues values = new ArgumentValues();

    CompensatedSum(int argument, int offset, boolean average) {
        this.argument = argument;
        this.offset = offset;
        this.average = average;
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
            double value = doubles[i];
            if (weight != null && weight[i] != 1) {
                double times = weight[i];
                double product = value * times;
                add(at, Math.fma(value, times, -product));
                value = product;
            }
            add(at, value);
        }
        CountAccumulator.addWeights(rows, offset + COUNT);
    }

    private static void add(long at, double value) {
        double old = Memory.getDouble(at);
        double sum = old + value;
        double lost = Math.abs(old) >= Math.abs(value) ? old - sum + value : value - sum + old;
        Memory.putDouble(at, sum);
        Memory.putDouble(at + LOST, Memory.getDouble(at + LOST) + lost);
    }

    @Override
    public void merge(CallRows rows, long[] partial) {
        for (int i = 0; i < rows.count; i++) {
            long at = rows.value[i] + offset;
            add(at, Memory.getDouble(partial[i] + offset));
            Memory.putDouble(at + LOST, Memory.getDouble(at + LOST) + Memory.getDouble(partial[i] + offset + LOST));
        }
        CountAccumulator.mergeLongs(rows, partial, offset + COUNT);
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
        double sum = Memory.getDouble(at);
        double total = Double.isFinite(sum) ? sum + Memory.getDouble(at + LOST) : sum;
        return average ? total / Memory.getLong(at + COUNT) : total;
    }
}
