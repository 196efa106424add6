package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.spi.data.DataType;
import org.jspecify.annotations.Nullable;

/// `mode`: the value that a group has most often; of several the least, or the greatest where the order descends.
final class MostFrequent implements GroupFunction {
    private final DataType type;
    private final boolean descending;
    private long at;
    private int length;
    private long weight;

    MostFrequent(DataType type, boolean descending) {
        this.type = type;
        this.descending = descending;
    }

    @Override
    public boolean backwards() {
        return descending;
    }

    @Override
    public boolean visit(long order, int orderLength, int bytes, long times) {
        if (times > weight) {
            at = order;
            length = orderLength;
            weight = times;
        }
        return true;
    }

    @Override
    public @Nullable Object result() {
        Object value = weight == 0 ? null : SortedValue.read(type, at, length);
        weight = 0;
        return value;
    }
}
