package dev.thalweg.spi.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.FixedWidth;
import dev.thalweg.spi.data.Memory;
import java.math.BigInteger;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.StructVector;

/// One column of the batch that a decoder fills, written at raw addresses.
///
/// A row that is not written is null. Bytes of a STRING or BINARY row lie at the end of the data until [#endRow] closes the
/// row, so a row can be written again (a field that comes twice) or taken back. Nested columns are written through Arrow.
final class ColumnBuffer {
    /// Which store a value needs; an int so that the hot switch is a plain table jump.
    static final int BOOLEAN = 0, BYTE = 1, SHORT = 2, INT = 3, LONG = 4, FLOAT = 5, DOUBLE = 6, DECIMAL = 7,
            STRING = 8,
            BINARY = 9, DATE = 10, TIMESTAMP = 11, TIMESTAMP_NTZ = 12, NESTED = 13, NOTHING = 14, TIME = 15;

    private static final int DATA_BYTES_A_ROW = 16;

    final Field field;
    final int kind;
    /// Of a DECIMAL; else 0.
    final int precision;
    final int scale;
    private final BufferAllocator allocator;
    private final boolean variable;
    private FieldVector vector;
    private long validity;
    private long values;
    private long offsets;
    private long dataCapacity;
    private int dataEnd;
    /// As many as the batch before had, and some: so that a vector need not grow, which copies it.
    private long dataBytesExpected;

    ColumnBuffer(Field field, BufferAllocator allocator, int rows) {
        this.field = field;
        this.kind = kindOf(field.type());
        this.allocator = allocator;
        this.variable = kind == STRING || kind == BINARY;
        DataType.Decimal decimal = field.type() instanceof DataType.Decimal d ? d : new DataType.Decimal(1, 0);
        this.precision = decimal.precision();
        this.scale = decimal.scale();
        this.vector = newVector(rows);
        locate();
    }

    private static int kindOf(DataType type) {
        return switch (type) {
            case Simple simple -> switch (simple) {
                case BOOLEAN -> BOOLEAN;
                case TINYINT -> BYTE;
                case SMALLINT -> SHORT;
                case INT, INTERVAL_YEAR_MONTH -> INT;
                case BIGINT, INTERVAL_DAY_TIME -> LONG;
                case FLOAT -> FLOAT;
                case DOUBLE -> DOUBLE;
                case STRING -> STRING;
                case BINARY -> BINARY;
                case DATE -> DATE;
                case TIMESTAMP -> TIMESTAMP;
                case TIMESTAMP_NTZ -> TIMESTAMP_NTZ;
                case TIME -> TIME;
                case VOID -> NOTHING;
            };
            case DataType.Decimal _ -> DECIMAL;
            case DataType.ArrayOf _,DataType.MapOf _,DataType.Struct _ -> NESTED;
        };
    }

    private FieldVector newVector(int rows) {
        FieldVector made = ArrowTypes.newVector(field, allocator);
        switch (made) {
            case BaseVariableWidthVector bytes -> bytes.allocateNew(
                    Math.max((long) rows * DATA_BYTES_A_ROW, dataBytesExpected), rows);
            case BaseFixedWidthVector fixed -> FixedWidth.allocate(fixed, rows);
            default -> {
                made.setInitialCapacity(rows);
                made.allocateNew();
            }
        }
        return made;
    }

    private void locate() {
        if (kind == NESTED) {
            return;
        }
        validity = vector.getValidityBufferAddress();
        values = vector.getDataBufferAddress();
        offsets = variable ? vector.getOffsetBufferAddress() : 0;
        dataCapacity = variable ? vector.getDataBuffer().capacity() : 0;
    }

    FieldVector vector() {
        return vector;
    }

    /// Makes room for one more row than the batch was made for.
    void ensure(int row) {
        while (row >= vector.getValueCapacity()) {
            vector.reAlloc();
        }
        locate();
    }

    void setBoolean(int row, boolean value) {
        valid(row);
        Memory.putBit(values, row, value);
    }

    /// Stores an integer, a date or a time; the caller has checked its range.
    void setIntegral(int row, long value) {
        valid(row);
        switch (kind) {
            case BYTE -> Memory.putByte(values + row, (byte) value);
            case SHORT -> Memory.putShort(values + 2L * row, (short) value);
            case INT, DATE -> Memory.putInt(values + 4L * row, (int) value);
            default -> Memory.putLong(values + 8L * row, value);
        }
    }

    boolean fits(long value) {
        return switch (kind) {
            case BYTE -> value == (byte) value;
            case SHORT -> value == (short) value;
            case INT -> value == (int) value;
            default -> true;
        };
    }

    void setDouble(int row, double value) {
        valid(row);
        Memory.putDouble(values + 8L * row, value);
    }

    void setFloat(int row, float value) {
        valid(row);
        Memory.putFloat(values + 4L * row, value);
    }

    void setDecimal(int row, long unscaled) {
        valid(row);
        Memory.putLong(values + 16L * row, unscaled);
        Memory.putLong(values + 16L * row + 8, unscaled >> 63);
    }

    void setDecimal(int row, BigInteger unscaled) {
        valid(row);
        Memory.putLong(values + 16L * row, unscaled.longValue());
        Memory.putLong(values + 16L * row + 8, unscaled.shiftRight(64).longValue());
    }

    void setBytes(int row, long from, int length) {
        Memory.copyFew(from, room(row, length), length);
        endBytes(row, length);
    }

    void setBytes(int row, byte[] bytes) {
        Memory.copy(bytes, 0, room(row, bytes.length), bytes.length);
        endBytes(row, bytes.length);
    }

    void setText(int row, String text) {
        setBytes(row, text.getBytes(UTF_8));
    }

    /// Where up to `length` bytes of the row may be written; [#endBytes] says how many they were.
    long room(int row, int length) {
        int start = Memory.getInt(offsets + 4L * row);
        if (start + (long) length > dataCapacity) {
            grow(start + (long) length);
        }
        return values + start;
    }

    void endBytes(int row, int length) {
        valid(row);
        dataEnd = Memory.getInt(offsets + 4L * row) + length;
    }

    private void grow(long bytes) {
        ((BaseVariableWidthVector) vector).reallocDataBuffer(Math.max(bytes, 2 * dataCapacity));
        locate();
    }

    private void valid(int row) {
        long at = validity + (row >>> 3);
        Memory.putByte(at, (byte) (Memory.getByte(at) | 1 << (row & 7)));
    }

    boolean isSet(int row) {
        return kind != NESTED && Memory.getBit(validity, row);
    }

    /// Takes back what was written to the row that is open.
    void clear(int row) {
        if (kind == NESTED) {
            clearNested(row);
            return;
        }
        long at = validity + (row >>> 3);
        Memory.putByte(at, (byte) (Memory.getByte(at) & ~(1 << (row & 7))));
        if (variable) {
            dataEnd = Memory.getInt(offsets + 4L * row);
        }
    }

    private void clearNested(int row) {
        JsonVectors.setNull(vector, row);
    }

    /// Closes the row: what comes next belongs to row + 1.
    void endRow(int row) {
        if (variable) {
            Memory.putInt(offsets + 4L * (row + 1), dataEnd);
        }
    }

    boolean needsEndRow() {
        return variable;
    }

    /// The filled vector, which is the caller's from now on; this buffer goes on with an empty one.
    FieldVector take(int rows, int nextRows) {
        FieldVector filled = vector;
        if (filled instanceof BaseVariableWidthVector bytes) {
            bytes.setLastSet(rows - 1);
        }
        if (filled instanceof StructVector struct) {
            while (struct.getValueCapacity() < rows) {
                struct.reAlloc();
            }
        }
        filled.setValueCount(rows);
        dataBytesExpected = (long) dataEnd + (dataEnd >>> 3);
        vector = newVector(nextRows);
        dataEnd = 0;
        locate();
        return filled;
    }

    void close() {
        vector.close();
    }
}
