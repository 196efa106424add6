package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.VectorValues;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// Turns encoded keys or rows back into columns, a column at a time.
///
/// Cost: one loop a column; reaching the n-th variable column of a key steps over those before it.
public final class KeyDecoder {
    private final KeyLayout layout;

    public KeyDecoder(KeyLayout layout) {
        this.layout = layout;
    }

    /// One column of `count` keys as a new vector, which the caller owns.
    ///
    /// @param field of the vector; its type is the column's
    /// @param at where each key begins
    public FieldVector decode(int column, Field field, long[] at, int count, BufferAllocator allocator) {
        FieldVector vector = ArrowTypes.newVector(field, allocator);
        try {
            fill(vector, column, at, count);
            return vector;
        } catch (RuntimeException e) {
            vector.close(); // one of its buffers may have fitted
            throw e;
        }
    }

    private void fill(FieldVector vector, int column, long[] at, int count) {
        DataType type = layout.type(column);
        if (type.isNested()) {
            decodeNested(column, type, vector, at, count);
        } else if (layout.isVariable(column)) {
            decodeBytes(column, vector, at, count);
        } else {
            decodeFixed(column, type, vector, at, count);
        }
    }

    private boolean isNull(int column, long key) {
        return (Memory.getByte(key + layout.nullsOffset() + (column >>> 3)) >>> (column & 7) & 1) != 0;
    }

    private void decodeFixed(int column, DataType type, FieldVector vector, long[] at, int count) {
        RawVectors.allocate(vector, count);
        for (int i = 0; i < count; i++) {
            if (isNull(column, at[i])) {
                RawVectors.setNull(vector, i);
            }
        }
        long data = vector.getDataBufferAddress();
        int offset = layout.offset(column);
        if (column == layout.timeColumn()) {
            for (int i = 0; i < count; i++) {
                Memory.putLong(data + ((long) i << 3), Long.reverseBytes(Memory.getLong(at[i])) ^ Long.MIN_VALUE);
            }
        } else if (type == Simple.BOOLEAN) {
            for (int i = 0; i < count; i++) {
                Memory.putBit(data, i, Memory.getByte(at[i] + offset) != 0);
            }
        } else {
            copy(KeyLayout.width(type), at, offset, data, count);
        }
    }

    private static void copy(int width, long[] at, int offset, long data, int count) {
        switch (width) {
            case 0 -> {
            }
            case 1 -> {
                for (int i = 0; i < count; i++) {
                    Memory.putByte(data + i, Memory.getByte(at[i] + offset));
                }
            }
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    Memory.putShort(data + ((long) i << 1), Memory.getShort(at[i] + offset));
                }
            }
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    Memory.putInt(data + ((long) i << 2), Memory.getInt(at[i] + offset));
                }
            }
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    Memory.putLong(data + ((long) i << 3), Memory.getLong(at[i] + offset));
                }
            }
            case 16 -> {
                for (int i = 0; i < count; i++) {
                    Memory.putLong(data + ((long) i << 4), Memory.getLong(at[i] + offset));
                    Memory.putLong(data + ((long) i << 4) + 8, Memory.getLong(at[i] + offset + 8));
                }
            }
            default -> throw new IllegalArgumentException("width " + width);
        }
    }

    /// Where the length of a variable column stands in a key.
    private long variableAt(int column, long key) {
        long cursor = key + layout.fixedBytes();
        for (int skip = layout.offset(column); skip > 0; skip--) {
            cursor += 4 + Memory.getInt(cursor);
        }
        return cursor;
    }

    private void decodeBytes(int column, FieldVector vector, long[] at, int count) {
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += Memory.getInt(variableAt(column, at[i]));
        }
        RawVectors.allocate(vector, count, total);
        long offsets = vector.getOffsetBufferAddress();
        long data = vector.getDataBufferAddress();
        int end = 0;
        for (int i = 0; i < count; i++) {
            long entry = variableAt(column, at[i]);
            int length = Memory.getInt(entry);
            Memory.copy(entry + 4, data + end, length);
            end += length;
            Memory.putInt(offsets + ((long) (i + 1) << 2), end);
            if (isNull(column, at[i])) {
                RawVectors.setNull(vector, i);
            }
        }
        RawVectors.finish(vector, count);
    }

    private void decodeNested(int column, DataType type, FieldVector vector, long[] at, int count) {
        vector.allocateNew();
        for (int i = 0; i < count; i++) {
            VectorValues.set(vector, i, type, nested(column, type, at[i]));
        }
        vector.setValueCount(count);
    }

    private @Nullable Object nested(int column, DataType type, long key) {
        if (isNull(column, key)) {
            return null;
        }
        long entry = variableAt(column, key);
        return ValueBytes.read(entry + 4, Memory.getInt(entry), type);
    }
}
