package dev.thalweg.execution.expression.kernel;

import dev.thalweg.execution.expression.Utf8;
import dev.thalweg.execution.hash.Slices;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// A STRING or BINARY column that is not copied: it says where each text lies, in the stage's input or in its scratch.
public final class SliceColumn implements OutputColumn {
    private final Field field;
    private @Nullable FieldVector vector;
    private long data;
    private long validity;

    SliceColumn(Field field) {
        this.field = field;
    }

    @Override
    public void begin(int rows, BufferAllocator allocator) {
        FieldVector fresh = Slices.newVector(field, rows, allocator);
        vector = fresh;
        data = fresh.getDataBufferAddress();
        validity = fresh.getValidityBufferAddress();
    }

    public void write(int row, Utf8 value) {
        Slices.put(data, row, value.address(), value.length());
    }

    public void writeNull(int row) {
        Memory.putBit(validity, row, false);
    }

    @Override
    public Column finish(int rows) {
        FieldVector written = vector;
        if (written == null) {
            throw new IllegalStateException("no vector was begun");
        }
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
