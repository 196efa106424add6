package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.RawVectors;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import org.apache.arrow.vector.FieldVector;

/// `min` and `max` of anything that fits 64 bits.
///
/// State: whether there is a value, and the value as an ordered long: 16 bytes.
final class LongExtreme implements Extreme {
    private final int argument;
    private final int offset;
    private final boolean max;
    private final ArgumentValues values = new ArgumentValues();

    LongExtreme(int argument, int offset, boolean max) {
        this.argument = argument;
        this.offset = offset;
        this.max = max;
    }

    @Override
    public int valueBytes() {
        return 16;
    }

    @Override
    public void add(CallRows rows) {
        long[] ordered = values.orderedLongs(rows.vector(argument), rows.type(argument), rows.row, rows.count);
        for (int i = 0; i < rows.count; i++) {
            take(rows.value[i] + offset, ordered[i]);
        }
    }

    private void take(long at, long value) {
        long held = Memory.getLong(at + 8);
        if (Memory.getLong(at) == 0) {
            Memory.putLong(at, 1);
            Memory.putLong(at + 8, value);
        } else if (max ? value > held : value < held) {
            Memory.putLong(at + 8, value);
        }
    }

    @Override
    public void merge(CallRows rows, long[] partial) {
        for (int i = 0; i < rows.count; i++) {
            if (Memory.getLong(partial[i] + offset) != 0) {
                take(rows.value[i] + offset, Memory.getLong(partial[i] + offset + 8));
            }
        }
    }

    @Override
    public void store(int slot, long value, long bytes, int length) {
        Memory.putLong(value + offset, 1);
        Memory.putLong(value + offset + 8, OrderedValues.toLong(bytes));
    }

    @Override
    public void clear(int slot, long value) {
        Memory.putLong(value + offset, 0);
        Memory.putLong(value + offset + 8, 0);
    }

    @Override
    public void writeResult(GroupStates groups, Field field, FieldVector vector) {
        RawVectors.allocate(vector, groups.count);
        for (int i = 0; i < groups.count; i++) {
            if (Memory.getLong(groups.value[i] + offset) == 0) {
                RawVectors.setNull(vector, i);
            }
        }
        Simple type = (Simple) field.type();
        long data = vector.getDataBufferAddress();
        for (int i = 0; i < groups.count; i++) {
            write(type, data, i, Memory.getLong(groups.value[i] + offset + 8));
        }
    }

    /// Writes an ordered long as the value it stands for.
    static void write(Simple type, long data, int i, long value) {
        switch (type) {
            case BOOLEAN -> Memory.putBit(data, i, value != 0);
            case TINYINT -> Memory.putByte(data + i, (byte) value);
            case SMALLINT -> Memory.putShort(data + ((long) i << 1), (short) value);
            case INT, DATE, INTERVAL_YEAR_MONTH -> Memory.putInt(data + ((long) i << 2), (int) value);
            case BIGINT, TIMESTAMP, TIMESTAMP_NTZ, TIME, INTERVAL_DAY_TIME ->
                    Memory.putLong(data + ((long) i << 3), value);
            case FLOAT -> Memory.putFloat(data + ((long) i << 2), (float) ArgumentValues.fromOrdered(value));
            case DOUBLE -> Memory.putDouble(data + ((long) i << 3), ArgumentValues.fromOrdered(value));
            case STRING, BINARY, VOID -> throw new IllegalArgumentException(type.sql());
        }
    }
}
