package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.RawVectors;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import org.apache.arrow.vector.FieldVector;

/// `min` and `max` of decimals: whether there is a value, and its 128 unscaled bits, 24 bytes.
final class DecimalExtreme implements Extreme {
    private final int argument;
    private final int offset;
    private final boolean max;

    DecimalExtreme(int argument, int offset, boolean max) {
        this.argument = argument;
        this.offset = offset;
        this.max = max;
    }

    @Override
    public int valueBytes() {
        return 24;
    }

    @Override
    public void add(CallRows rows) {
        long data = rows.vector(argument).getDataBufferAddress();
        for (int i = 0; i < rows.count; i++) {
            take(rows.value[i] + offset, data + ((long) rows.row[i] << 4));
        }
    }

    private void take(long at, long from) {
        if (Memory.getLong(at) == 0 || isBeyond(from, at + 8)) {
            put(at, Memory.getLong(from), Memory.getLong(from + 8));
        }
    }

    @Override
    public void merge(CallRows rows, long[] partial) {
        for (int i = 0; i < rows.count; i++) {
            if (Memory.getLong(partial[i] + offset) != 0) {
                take(rows.value[i] + offset, partial[i] + offset + 8);
            }
        }
    }

    private boolean isBeyond(long candidate, long held) {
        int order = Long.compare(Memory.getLong(candidate + 8), Memory.getLong(held + 8));
        if (order == 0) {
            order = Long.compareUnsigned(Memory.getLong(candidate), Memory.getLong(held));
        }
        return max ? order > 0 : order < 0;
    }

    private static void put(long at, long low, long high) {
        Memory.putLong(at, 1);
        Memory.putLong(at + 8, low);
        Memory.putLong(at + 16, high);
    }

    @Override
    public void store(int slot, long value, long bytes, int length) {
        put(value + offset, Long.reverseBytes(Memory.getLong(bytes + 8)), OrderedValues.toLong(bytes));
    }

    @Override
    public void clear(int slot, long value) {
        Memory.putLong(value + offset, 0);
        Memory.putLong(value + offset + 8, 0);
        Memory.putLong(value + offset + 16, 0);
    }

    @Override
    public void writeResult(GroupStates groups, Field field, FieldVector vector) {
        RawVectors.allocate(vector, groups.count);
        long data = vector.getDataBufferAddress();
        for (int i = 0; i < groups.count; i++) {
            long at = groups.value[i] + offset;
            if (Memory.getLong(at) == 0) {
                RawVectors.setNull(vector, i);
            }
            Memory.copy(at + 8, data + ((long) i << 4), 16);
        }
    }
}
