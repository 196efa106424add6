package dev.thalweg.spi.data;

import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// A column that has the same value in each row, such as the window of the clock that a batch came in: it is written once, and who
/// asks for [#value] looks at it once.
///
/// **Cost** nothing a row. Values are written side by side only if somebody asks for [#vector], then once, all of them.
public final class OneValue implements Column {
    private final BaseFixedWidthVector value;
    private final int rows;
    private @Nullable FieldVector written;

    /// @param value one row of 1, 2, 4 or 8 bytes; taken over
    public OneValue(BaseFixedWidthVector value, int rows) {
        this.value = value;
        this.rows = rows;
    }

    /// Its only row.
    public BaseFixedWidthVector value() {
        return value;
    }

    /// Then every value is.
    @Override
    public boolean hasNulls() {
        return value.isNull(0);
    }

    @Override
    public synchronized FieldVector vector() {
        FieldVector vector = written;
        if (vector == null) {
            vector = write();
            written = vector;
        }
        return vector;
    }

    private FieldVector write() {
        BaseFixedWidthVector vector = (BaseFixedWidthVector) value.getField().createVector(value.getAllocator());
        FixedWidth.allocate(vector, rows);
        vector.setValueCount(rows);
        if (!value.isNull(0)) {
            FixedWidth.setAll(vector.getValidityBuffer(), rows);
        }
        fill(value.getDataBufferAddress(), vector.getDataBufferAddress(), value.getTypeWidth());
        return vector;
    }

    private void fill(long from, long to, int width) {
        switch (width) {
            case 1 -> {
                for (int row = 0; row < rows; row++) {
                    Memory.putByte(to + row, Memory.getByte(from));
                }
            }
            case 2 -> {
                for (int row = 0; row < rows; row++) {
                    Memory.putShort(to + 2L * row, Memory.getShort(from));
                }
            }
            case 4 -> {
                for (int row = 0; row < rows; row++) {
                    Memory.putInt(to + 4L * row, Memory.getInt(from));
                }
            }
            case 8 -> {
                for (int row = 0; row < rows; row++) {
                    Memory.putLong(to + 8L * row, Memory.getLong(from));
                }
            }
            default -> throw new IllegalArgumentException("width " + width);
        }
    }

    @Override
    public synchronized long bytes() {
        return VectorValues.bytes(value) + (written == null ? 0 : VectorValues.bytes(written));
    }

    @Override
    public synchronized void close() {
        if (written != null) {
            written.close();
            written = null;
        }
        value.close();
    }
}
