package dev.thalweg.execution.expression.kernel;

import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.VectorValues;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// A column of arrays, maps or structs, written from objects.
public final class ObjectColumn implements OutputColumn {
    private final Field field;
    private @Nullable FieldVector vector;
    private int next;

    ObjectColumn(Field field) {
        this.field = field;
    }

    @Override
    public void begin(int rows, BufferAllocator allocator) {
        FieldVector fresh = ArrowTypes.newVector(field, allocator);
        vector = fresh;
        fresh.setInitialCapacity(rows);
        fresh.allocateNew();
        next = 0;
    }

    public void write(int row, @Nullable Object value) {
        for (int i = next; i < row; i++) {
            VectorValues.set(begun(), i, field.type(), null);
        }
        VectorValues.set(begun(), row, field.type(), value);
        next = row + 1;
    }

    private FieldVector begun() {
        if (vector == null) {
            throw new IllegalStateException("no vector was begun");
        }
        return vector;
    }

    @Override
    public FieldVector finish(int rows) {
        if (next < rows) {
            write(rows - 1, null);
        }
        FieldVector written = begun();
        written.setValueCount(rows);
        vector = null;
        return written;
    }

    @Override
    public void discard() {
        if (vector != null) {
            vector.close();
            vector = null;
        }
    }
}
