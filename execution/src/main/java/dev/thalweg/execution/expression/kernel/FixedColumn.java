package dev.thalweg.execution.expression.kernel;

import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.FixedWidth;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.OneValue;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.jspecify.annotations.Nullable;

/// A column of values of one width. Generated code writes at [#data] itself; every row is valid until [#validity] says not.
public final class FixedColumn implements OutputColumn {
    private final Field field;
    private final boolean alike;
    private @Nullable BaseFixedWidthVector vector;
    private long data;
    private long validity;

    /// @param alike the same in each row of a batch: only the first is written
    FixedColumn(Field field, boolean alike) {
        this.field = field;
        this.alike = alike;
    }

    @Override
    public void begin(int rows, BufferAllocator allocator) {
        BaseFixedWidthVector fresh = (BaseFixedWidthVector) ArrowTypes.newVector(field, allocator);
        vector = fresh;
        int written = alike ? 1 : rows;
        FixedWidth.allocate(fresh, written);
        FixedWidth.setAll(fresh.getValidityBuffer(), written);
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
    public Column finish(int rows) {
        BaseFixedWidthVector written = begun();
        written.setValueCount(alike ? 1 : rows);
        vector = null;
        return alike ? new OneValue(written, rows) : Column.of(written);
    }

    private BaseFixedWidthVector begun() {
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
