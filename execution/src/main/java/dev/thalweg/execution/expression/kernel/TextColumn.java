package dev.thalweg.execution.expression.kernel;

import dev.thalweg.execution.expression.Utf8;
import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// A STRING or BINARY column. Each value is copied once, into the vector.
public final class TextColumn implements OutputColumn {
    private static final int BYTES_A_ROW = 16; // the first guess; the vector doubles from there

    private final Field field;
    private @Nullable BaseVariableWidthVector vector;
    private long data;
    private long offsets;
    private long validity;
    private int capacity;
    private int position;
    private int next;

    TextColumn(Field field) {
        this.field = field;
    }

    @Override
    public void begin(int rows, BufferAllocator allocator) {
        BaseVariableWidthVector fresh = (BaseVariableWidthVector) ArrowTypes.newVector(field, allocator);
        vector = fresh;
        fresh.allocateNew((long) rows * BYTES_A_ROW, rows);
        fresh.getValidityBuffer().setOne(0L, (rows + 7) >>> 3);
        offsets = fresh.getOffsetBufferAddress();
        validity = fresh.getValidityBufferAddress();
        Memory.putInt(offsets, 0);
        position = 0;
        next = 0;
        findData();
    }

    private void findData() {
        data = begun().getDataBufferAddress();
        capacity = (int) Math.min(Integer.MAX_VALUE, begun().getDataBuffer().capacity());
    }

    private BaseVariableWidthVector begun() {
        if (vector == null) {
            throw new IllegalStateException("no vector was begun");
        }
        return vector;
    }

    public void write(int row, Utf8 value) {
        int length = value.length();
        if (row != next) {
            skipTo(row);
        }
        if (capacity - position < length) {
            grow(length);
        }
        Memory.copyFew(value.address(), data + position, length);
        position += length;
        Memory.putInt(offsets + 4L * (row + 1), position);
        next = row + 1;
    }

    public void writeNull(int row) {
        skipTo(row + 1);
        Memory.putBit(validity, row, false);
    }

    private void skipTo(int row) {
        for (int i = next; i < row; i++) {
            Memory.putInt(offsets + 4L * (i + 1), position);
        }
        next = row;
    }

    private void grow(int length) {
        long needed = (long) position + length;
        if (needed > Integer.MAX_VALUE - 64) {
            throw Failures.tooLarge(field.name(), needed);
        }
        begun().reallocDataBuffer(Math.min(Integer.MAX_VALUE - 64, Math.max(2L * capacity, needed)));
        findData();
    }

    @Override
    public Column finish(int rows) {
        skipTo(rows);
        BaseVariableWidthVector written = begun();
        written.setLastSet(rows - 1);
        written.setValueCount(rows);
        vector = null;
        return Column.of(written);
    }

    @Override
    public void discard() {
        if (vector != null) {
            vector.close();
            vector = null;
        }
    }
}
