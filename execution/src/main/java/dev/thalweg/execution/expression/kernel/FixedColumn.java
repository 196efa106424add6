package dev.thalweg.execution.expression.kernel;

import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.FixedWidth;
import dev.thalweg.spi.data.Memory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// A column of values of one width. Generated code writes at [#data] itself; every row is valid until [#validity] says not.
public final class FixedColumn implements OutputColumn {
    private final Field field;
    private @Nullable BaseFixedWidthVector vector;
    private long data;
    private long validity;

    FixedColumn(Field field) {
        this.field = field;
    }

    @Override
    public void begin(int rows, BufferAllocator allocator) {
        BaseFixedWidthVector fresh = (BaseFixedWidthVector) ArrowTypes.newVector(field, allocator);
        vector = fresh;
        FixedWidth.allocate(fresh, rows);
        FixedWidth.setAll(fresh.getValidityBuffer(), rows);
        data = fresh.getDataBufferAddress();
        validity = fresh.getValidityBufferAddress();
    }

    /// Address of row 0.
    public long data() {
        return data;
    }

    /// Address of the bitmap.
    public long validity() {
        return validity;
    }

    public static void setNull(long validity, int row) {
        Memory.putBit(validity, row, false);
    }

    @Override
    public FieldVector finish(int rows) {
        FieldVector written = begun();
        written.setValueCount(rows);
        vector = null;
        return written;
    }

    private FieldVector begun() {
        if (vector == null) {
            throw new IllegalStateException("no vector was begun");
        }
        return vector;
    }

    @Override
    public void discard() {
        if (vector != null) {
            vector.close();
            vector = null;
        }
    }
}
