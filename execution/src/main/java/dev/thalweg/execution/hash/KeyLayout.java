package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import java.util.List;
import java.util.stream.IntStream;

/// Where each column lies in the bytes of an encoded key or row. **Part of the checkpoint format.**
///
/// ```
/// [event time, 8 bytes, big-endian, sign bit flipped]      only where the layout is time-first
/// fixed-width columns, in column order, little-endian      BOOLEAN, TINYINT 1 · SMALLINT 2 · INT, DATE, FLOAT,
///                                                          INTERVAL_YEAR_MONTH 4 · DECIMAL 16 · others 8 · VOID 0
/// null bits, (columns + 7) / 8 bytes, at least one         bit i is set when column i is NULL
/// variable columns, in column order: length (4), bytes     STRING, BINARY as they are; nested types as ValueBytes says
/// ```
///
/// A NULL is zeros, or of length 0; a NULL event time is the greatest time, so that only the end of input passes it. In
/// keys -0.0 is 0.0 and every NaN is the same; a DECIMAL is its unscaled value, as the column has one scale. Two keys are
/// equal exactly when their bytes are. A layout is self-delimiting: no key is the beginning of another.
public final class KeyLayout {
    private final DataType[] types;
    private final int[] offsets;
    private final int timeColumn;
    private final int nullsOffset;
    private final int fixedBytes;
    private final int variableColumns;

    private KeyLayout(DataType[] types, int timeColumn) {
        this.types = types;
        this.timeColumn = timeColumn;
        this.offsets = new int[types.length];
        int at = timeColumn < 0 ? 0 : 8;
        int variable = 0;
        for (int i = 0; i < types.length; i++) {
            if (i == timeColumn) {
                offsets[i] = 0;
            } else if (types[i].isFixedWidth()) {
                offsets[i] = at;
                at += width(types[i]);
            } else {
                offsets[i] = variable++;
            }
        }
        this.nullsOffset = at;
        this.fixedBytes = at + Math.max(1, (types.length + 7) >>> 3);
        this.variableColumns = variable;
    }

    public static KeyLayout of(RowType row) {
        return new KeyLayout(IntStream.range(0, row.size()).mapToObj(row::type).toArray(DataType[]::new), -1);
    }

    /// The layout of some columns of rows: all columns keep their numbers and null bits, and the others take no other bytes.
    static KeyLayout inPlace(RowType row, List<Integer> columns) {
        return new KeyLayout(
                IntStream.range(0, row.size()).mapToObj(i -> columns.contains(i) ? row.type(i) : Simple.VOID)
                        .toArray(DataType[]::new),
                -1);
    }

    /// The layout of rows that lie in order of their time.
    ///
    /// @param column the event time, which comes first in the bytes; columns keep their numbers
    public static KeyLayout timeFirst(RowType row, int column) {
        return new KeyLayout(IntStream.range(0, row.size()).mapToObj(row::type).toArray(DataType[]::new), column);
    }

    public int columns() {
        return types.length;
    }

    public DataType type(int column) {
        return types[column];
    }

    /// The column that leads, or -1.
    public int timeColumn() {
        return timeColumn;
    }

    boolean isVariable(int column) {
        return !types[column].isFixedWidth();
    }

    /// Offset of a fixed column; the place among the variable columns of any other.
    int offset(int column) {
        return offsets[column];
    }

    /// Writes a TIMESTAMP column into a key, over the time that is there.
    public void putTime(long key, int column, long micros) {
        Memory.putLong(key + offsets[column],
                column == timeColumn ? Long.reverseBytes(micros ^ Long.MIN_VALUE) : micros);
    }

    int nullsOffset() {
        return nullsOffset;
    }

    /// Bytes before the first variable column; the whole key where there is none.
    public int fixedBytes() {
        return fixedBytes;
    }

    public int variableColumns() {
        return variableColumns;
    }

    /// Bytes of every key; 0 where keys have different lengths.
    public int bytesOfAll() {
        return variableColumns == 0 ? fixedBytes : 0;
    }

    /// Bytes of the key that begins there.
    public int length(long address) {
        int length = fixedBytes;
        for (int i = 0; i < variableColumns; i++) {
            length += 4 + Memory.getInt(address + length);
        }
        return length;
    }

    static int width(DataType type) {
        return switch (type) {
            case Simple simple -> width(simple);
            case Decimal _ -> 16;
            case ArrayOf _,MapOf _,Struct _ -> throw new IllegalArgumentException(type.sql());
        };
    }

    private static int width(Simple type) {
        return switch (type) {
            case BOOLEAN, TINYINT -> 1;
            case SMALLINT -> 2;
            case INT, DATE, FLOAT, INTERVAL_YEAR_MONTH -> 4;
            case BIGINT, DOUBLE, TIMESTAMP, TIMESTAMP_NTZ, TIME, INTERVAL_DAY_TIME -> 8;
            case VOID -> 0;
            case STRING, BINARY -> throw new IllegalArgumentException(type.sql());
        };
    }
}
