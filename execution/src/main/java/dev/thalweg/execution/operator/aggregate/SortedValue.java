package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.OrderedBytes;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Memory;

/// Reads values back from the keys that [dev.thalweg.execution.operator.SortKeys] makes of one ascending column.
final class SortedValue {
    /// Before the value stands whether it is NULL.
    private static final int MARK = 1;

    private SortedValue() {}

    /// The value as an object; never NULL.
    static Object read(DataType type, long at, int length) {
        return type == Simple.BOOLEAN
                ? (Object) (ordered(at) != 0)
                : OrderedBytes.read(at + MARK, length - MARK, type);
    }

    /// What fits 64 bits as an ordered long.
    static long ordered(long at) {
        return OrderedValues.toLong(at + MARK);
    }

    /// A number that fits 64 bits.
    static double number(DataType type, long at) {
        long ordered = ordered(at);
        return type.isFloating() ? ArgumentValues.fromOrdered(ordered) : ordered;
    }
}
