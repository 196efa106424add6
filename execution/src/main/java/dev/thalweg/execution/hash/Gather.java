package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.VectorValues;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// Copies chosen rows of a column into a new vector, in any order and as often as wanted: what joins build rows with.
///
/// Cost: one loop a column; an object a value for nested types only.
public final class Gather {
    /// A row number that stands for NULL.
    public static final int NULL_ROW = -1;

    private Gather() {}

    /// @param field of the new vector, which the caller owns
    /// @param rows physical row numbers, or [#NULL_ROW]
    public static FieldVector rows(FieldVector from, Field field, int[] rows, int count, BufferAllocator allocator) {
        FieldVector to = ArrowTypes.newVector(field, allocator);
        DataType type = field.type();
        if (type.isNested()) {
            nested(from, to, type, rows, count);
            return to;
        }
        if (type == Simple.STRING || type == Simple.BINARY) {
            bytes(from, to, rows, count);
            return to;
        }
        RawVectors.allocate(to, count);
        nulls(from, to, type, rows, count);
        fixed(from, to, type, rows, count);
        return to;
    }

    private static void nulls(FieldVector from, FieldVector to, DataType type, int[] rows, int count) {
        boolean anyNull = from.getNullCount() > 0;
        long validity = from.getValidityBufferAddress();
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (row < 0 || type == Simple.VOID || anyNull && !Memory.getBit(validity, row)) {
                RawVectors.setNull(to, i);
            }
        }
    }

    private static void fixed(FieldVector from, FieldVector to, DataType type, int[] rows, int count) {
        long source = from.getDataBufferAddress();
        long target = to.getDataBufferAddress();
        if (type == Simple.BOOLEAN) {
            for (int i = 0; i < count; i++) {
                Memory.putBit(target, i, rows[i] >= 0 && Memory.getBit(source, rows[i]));
            }
            return;
        }
        int width = KeyLayout.width(type);
        switch (width) {
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    Memory.putInt(target + ((long) i << 2),
                            rows[i] < 0 ? 0 : Memory.getInt(source + ((long) rows[i] << 2)));
                }
            }
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    Memory.putLong(target + ((long) i << 3),
                            rows[i] < 0 ? 0 : Memory.getLong(source + ((long) rows[i] << 3)));
                }
            }
            default -> {
                for (int i = 0; i < count; i++) {
                    if (rows[i] >= 0) {
                        Memory.copy(source + (long) rows[i] * width, target + (long) i * width, width);
                    }
                }
            }
        }
    }

    private static void bytes(FieldVector from, FieldVector to, int[] rows, int count) {
        long offsets = from.getOffsetBufferAddress();
        long validity = from.getNullCount() > 0 ? from.getValidityBufferAddress() : 0;
        long total = 0;
        for (int i = 0; i < count; i++) {
            total += isNull(rows[i], validity) ? 0 : length(offsets, rows[i]);
        }
        RawVectors.allocate(to, count, total);
        long source = from.getDataBufferAddress();
        long target = to.getDataBufferAddress();
        long ends = to.getOffsetBufferAddress();
        int end = 0;
        for (int i = 0; i < count; i++) {
            if (isNull(rows[i], validity)) {
                RawVectors.setNull(to, i);
            } else {
                int length = length(offsets, rows[i]);
                Memory.copy(source + Memory.getInt(offsets + ((long) rows[i] << 2)), target + end, length);
                end += length;
            }
            Memory.putInt(ends + ((long) (i + 1) << 2), end);
        }
        RawVectors.finish(to, count);
    }

    private static boolean isNull(int row, long validity) {
        return row < 0 || validity != 0 && !Memory.getBit(validity, row);
    }

    private static int length(long offsets, int row) {
        return Memory.getInt(offsets + ((long) row + 1 << 2)) - Memory.getInt(offsets + ((long) row << 2));
    }

    private static void nested(FieldVector from, FieldVector to, DataType type, int[] rows, int count) {
        to.allocateNew();
        for (int i = 0; i < count; i++) {
            VectorValues.set(to, i, type, rows[i] < 0 ? null : VectorValues.get(from, rows[i], type));
        }
        to.setValueCount(count);
    }
}
