package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Coded;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.OneValue;
import dev.thalweg.spi.data.RowType;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.StructVector;

/// Copies chosen rows of a column into a new vector, in any order and as often as wanted: what joins build rows with.
///
/// Cost: one loop a column, and one for each column inside a nested one; no object a value.
public final class Gather {
    /// A row number that stands for NULL.
    public static final int NULL_ROW = -1;

    private Gather() {}

    /// The named rows of a column as a new one, in their order. Of what is coded only the codes are copied.
    ///
    /// @param field of the new column, which the caller owns
    /// @param rows physical row numbers, or [#NULL_ROW]
    public static Column rows(Column from, Field field, int[] rows, int count, BufferAllocator allocator) {
        return switch (from) {
            case Column.Plain(FieldVector vector) -> Column.of(rows(vector, field, rows, count, allocator));
            case Coded coded -> codes(coded, rows, count);
            case OneValue same -> Column.of(rows(same.vector(), field, rows, count, allocator));
        };
    }

    private static Column codes(Coded from, int[] rows, int count) {
        int[] codes = from.codes();
        int[] chosen = new int[count];
        int least = 0;
        for (int i = 0; i < count; i++) {
            chosen[i] = rows[i] < 0 ? Coded.NULL : codes[rows[i]];
            least = Math.min(least, chosen[i]);
        }
        return from.choose(chosen, count, least < 0);
    }

    /// Copies the named rows of a vector into a new one, in their order.
    ///
    /// @param field of the new vector, which the caller owns
    /// @param rows physical row numbers, or [#NULL_ROW]
    public static FieldVector rows(FieldVector from, Field field, int[] rows, int count, BufferAllocator allocator) {
        FieldVector to = ArrowTypes.newVector(field, allocator);
        try {
            into(from, to, field.type(), rows, count);
            return to;
        } catch (RuntimeException e) {
            to.close(); // one of its buffers may have fitted
            throw e;
        }
    }

    /// Makes lists of the named rows, one list behind the other; no list is NULL.
    ///
    /// @param to without memory yet; the caller owns it, also when this fails
    /// @param rows physical row numbers, or [#NULL_ROW], of the elements of all lists
    /// @param sizes how many of them each list has
    public static void lists(FieldVector from, ListVector to, DataType element, int[] rows, int[] sizes) {
        to.setInitialCapacity(Math.max(sizes.length, 1));
        to.allocateNew();
        long ends = to.getOffsetBufferAddress();
        Memory.putInt(ends, 0);
        int total = 0;
        for (int i = 0; i < sizes.length; i++) {
            total += sizes[i];
            Memory.putInt(ends + ((long) (i + 1) << 2), total);
            Memory.putBit(to.getValidityBufferAddress(), i, true);
        }
        into(from, to.getDataVector(), element, rows, total);
        finishList(to, sizes.length);
    }

    private static void into(FieldVector from, FieldVector to, DataType type, int[] rows, int count) {
        switch (type) {
            case ArrayOf(DataType element, _) -> {
                int[] elements = lists((ListVector) from, (ListVector) to, rows, count);
                into(((ListVector) from).getDataVector(), ((ListVector) to).getDataVector(), element, elements,
                        elements.length);
                finishList((ListVector) to, count);
            }
            case MapOf map -> {
                int[] entries = lists((ListVector) from, (ListVector) to, rows, count);
                RowType row = RowType.of(new Field("key", map.key(), false), new Field("value", map.value(), true));
                into(((ListVector) from).getDataVector(), ((ListVector) to).getDataVector(), new Struct(row), entries,
                        entries.length);
                finishList((ListVector) to, count);
            }
            case Struct(RowType row) -> struct((StructVector) from, (StructVector) to, row, rows, count);
            case Simple simple when simple == Simple.STRING || simple == Simple.BINARY -> bytes(from, to, rows, count);
            case Simple _,Decimal _ -> {
                RawVectors.allocate(to, count);
                nulls(from, to, type, rows, count);
                if (type != Simple.VOID) {
                    fixed(from, to, type, rows, count);
                }
            }
        }
    }

    private static void nulls(FieldVector from, FieldVector to, DataType type, int[] rows, int count) {
        boolean anyNull = from.getNullCount() > 0;
        long validity = from.getValidityBufferAddress();
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (row < 0 || type == Simple.VOID || (anyNull && !Memory.getBit(validity, row))) {
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
        return row < 0 || (validity != 0 && !Memory.getBit(validity, row));
    }

    private static int length(long offsets, int row) {
        return Memory.getInt(offsets + (((long) row + 1) << 2)) - Memory.getInt(offsets + ((long) row << 2));
    }

    /// Writes where each list ends.
    ///
    /// @return the rows of all their elements, one list behind the other
    private static int[] lists(ListVector from, ListVector to, int[] rows, int count) {
        long offsets = from.getOffsetBufferAddress();
        long validity = from.getNullCount() > 0 ? from.getValidityBufferAddress() : 0;
        to.setInitialCapacity(Math.max(count, 1));
        to.allocateNew();
        long ends = to.getOffsetBufferAddress();
        Memory.putInt(ends, 0);
        int total = 0;
        for (int i = 0; i < count; i++) {
            boolean isThere = !isNull(rows[i], validity);
            total += isThere ? length(offsets, rows[i]) : 0;
            Memory.putInt(ends + ((long) (i + 1) << 2), total);
            Memory.putBit(to.getValidityBufferAddress(), i, isThere);
        }
        int[] elements = new int[total];
        int next = 0;
        for (int i = 0; i < count; i++) {
            if (!isNull(rows[i], validity)) {
                int start = Memory.getInt(offsets + ((long) rows[i] << 2));
                int end = Memory.getInt(offsets + (((long) rows[i] + 1) << 2));
                for (int element = start; element < end; element++) {
                    elements[next++] = element;
                }
            }
        }
        return elements;
    }

    private static void finishList(ListVector to, int count) {
        to.setLastSet(count - 1);
        to.setValueCount(count);
    }

    private static void struct(StructVector from, StructVector to, RowType row, int[] rows, int count) {
        long validity = from.getNullCount() > 0 ? from.getValidityBufferAddress() : 0;
        to.setInitialCapacity(Math.max(count, 1));
        to.allocateNew();
        for (int i = 0; i < count; i++) {
            Memory.putBit(to.getValidityBufferAddress(), i, !isNull(rows[i], validity));
        }
        for (int i = 0; i < row.size(); i++) {
            into((FieldVector) from.getChildByOrdinal(i), (FieldVector) to.getChildByOrdinal(i), row.type(i), rows,
                    count);
        }
        to.setValueCount(count);
    }
}
