package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.Coded;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.VectorValues;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// The loops that write one column of a batch into many keys.
final class ColumnWriter {
    private static final byte[] NOTHING = new byte[0];

    private final boolean normalise;
    /// The values of nested columns as bytes, in the order of the columns: made for the lengths, used for the writing.
    private final List<byte[][]> nested = new ArrayList<>();
    private int nextNested;
    private final TextRows texts = new TextRows();

    ColumnWriter(boolean normalise) {
        this.normalise = normalise;
    }

    /// Marks the rows whose column is NULL in the null bits of their keys.
    static void nulls(Column values, DataType type, int column, int[] rows, int count, long[] at, int offset) {
        boolean all = type == Simple.VOID;
        if (!all && !values.hasNulls()) {
            return;
        }
        int where = offset + (column >>> 3);
        int bit = 1 << (column & 7);
        if (values instanceof Coded coded) {
            for (int i = 0; i < count; i++) {
                if (coded.codes()[rows[i]] < 0) {
                    Memory.putByte(at[i] + where, (byte) (Memory.getByte(at[i] + where) | bit));
                }
            }
            return;
        }
        long validity = values.vector().getValidityBufferAddress();
        for (int i = 0; i < count; i++) {
            if (all || !Memory.getBit(validity, rows[i])) {
                Memory.putByte(at[i] + where, (byte) (Memory.getByte(at[i] + where) | bit));
            }
        }
    }

    /// The event time that leads a key: big-endian with the sign bit flipped; a NULL is the greatest.
    static void time(FieldVector vector, int[] rows, int count, long[] at) {
        long data = vector.getDataBufferAddress();
        long validity = vector.getNullCount() == 0 ? 0 : vector.getValidityBufferAddress();
        for (int i = 0; i < count; i++) {
            boolean isNull = validity != 0 && !Memory.getBit(validity, rows[i]);
            long time = isNull ? Long.MAX_VALUE : Memory.getLong(data + ((long) rows[i] << 3));
            Memory.putLong(at[i], Long.reverseBytes(time ^ Long.MIN_VALUE));
        }
    }

    /// Writes a fixed-width column; NULLs leave the zeros that are there.
    void fixed(FieldVector vector, DataType type, int[] rows, int count, long[] at, int offset) {
        if (type == Simple.VOID) {
            return;
        }
        long data = vector.getDataBufferAddress();
        long validity = vector.getNullCount() == 0 ? 0 : vector.getValidityBufferAddress();
        if (type == Simple.BOOLEAN) {
            bits(data, validity, rows, count, at, offset);
        } else if (type == Simple.FLOAT) {
            floats((float) added(normalise), data, validity, rows, count, at, offset);
        } else if (type == Simple.DOUBLE) {
            doubles(added(normalise), data, validity, rows, count, at, offset);
        } else {
            plain(KeyLayout.width(type), data, validity, rows, count, at, offset);
        }
    }

    private static void plain(int width, long data, long validity, int[] rows, int count, long[] at, int offset) {
        switch (width) {
            case 1 -> {
                for (int i = 0; i < count; i++) {
                    if (validity == 0 || Memory.getBit(validity, rows[i])) {
                        Memory.putByte(at[i] + offset, Memory.getByte(data + rows[i]));
                    }
                }
            }
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    if (validity == 0 || Memory.getBit(validity, rows[i])) {
                        Memory.putShort(at[i] + offset, Memory.getShort(data + ((long) rows[i] << 1)));
                    }
                }
            }
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    if (validity == 0 || Memory.getBit(validity, rows[i])) {
                        Memory.putInt(at[i] + offset, Memory.getInt(data + ((long) rows[i] << 2)));
                    }
                }
            }
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    if (validity == 0 || Memory.getBit(validity, rows[i])) {
                        Memory.putLong(at[i] + offset, Memory.getLong(data + ((long) rows[i] << 3)));
                    }
                }
            }
            case 16 -> {
                for (int i = 0; i < count; i++) {
                    if (validity == 0 || Memory.getBit(validity, rows[i])) {
                        long from = data + ((long) rows[i] << 4);
                        Memory.putLong(at[i] + offset, Memory.getLong(from));
                        Memory.putLong(at[i] + offset + 8, Memory.getLong(from + 8));
                    }
                }
            }
            default -> throw new IllegalArgumentException("width " + width);
        }
    }

    private static void bits(long data, long validity, int[] rows, int count, long[] at, int offset) {
        for (int i = 0; i < count; i++) {
            if (validity == 0 || Memory.getBit(validity, rows[i])) {
                Memory.putByte(at[i] + offset, (byte) (Memory.getBit(data, rows[i]) ? 1 : 0));
            }
        }
    }

    /// What is added to a number to be written: -0.0 + 0.0 is 0.0, and anything + -0.0 is itself. A NaN is always the one NaN:
    /// its bits depend on the machine and on whether the code that made it was compiled, and a row that is taken back must be
    /// the row that was given.
    static double added(boolean normalise) {
        return normalise ? 0.0 : -0.0;
    }

    private static void floats(float added, long data, long validity, int[] rows, int count, long[] at, int offset) {
        for (int i = 0; i < count; i++) {
            if (validity == 0 || Memory.getBit(validity, rows[i])) {
                float value = Memory.getFloat(data + ((long) rows[i] << 2));
                Memory.putInt(at[i] + offset, Float.floatToIntBits(value + added));
            }
        }
    }

    private static void doubles(double added, long data, long validity, int[] rows, int count, long[] at,
            int offset) {
        for (int i = 0; i < count; i++) {
            if (validity == 0 || Memory.getBit(validity, rows[i])) {
                double value = Memory.getDouble(data + ((long) rows[i] << 3));
                Memory.putLong(at[i] + offset, Double.doubleToLongBits(value + added));
            }
        }
    }

    /// Forgets the nested values of the batch before.
    void forget() {
        nested.clear();
        nextNested = 0;
    }

    /// Adds the bytes that a variable column takes in each key to `lengths`.
    void addLengths(Column column, DataType type, int[] rows, int count, int[] lengths) {
        switch (type) {
            case Simple _ -> {
                texts.read(column, column.hasNulls(), rows, 0, count);
                for (int i = 0; i < count; i++) {
                    lengths[i] += texts.length[i];
                }
            }
            case ArrayOf _,MapOf _,Struct _ -> {
                byte[][] values = nestedBytes(column.vector(), type, rows, count);
                nested.add(values);
                for (int i = 0; i < count; i++) {
                    lengths[i] += values[i].length;
                }
            }
            case Decimal _ -> throw new IllegalArgumentException(type.sql());
        }
    }

    private byte[][] nestedBytes(FieldVector vector, DataType type, int[] rows, int count) {
        byte[][] values = new byte[count][];
        for (int i = 0; i < count; i++) {
            @Nullable
            Object value = VectorValues.get(vector, rows[i], type);
            values[i] = value == null ? NOTHING : ValueBytes.write(value, type, normalise);
        }
        return values;
    }

    /// Writes a variable column at the cursors `at` and moves them past it.
    void variable(Column column, DataType type, int[] rows, int count, long[] at) {
        if (type.isNested()) {
            byte[][] values = nested.get(nextNested++);
            for (int i = 0; i < count; i++) {
                Memory.putInt(at[i], values[i].length);
                Memory.copy(values[i], 0, at[i] + 4, values[i].length);
                at[i] += 4 + values[i].length;
            }
            return;
        }
        texts.read(column, column.hasNulls(), rows, 0, count);
        for (int i = 0; i < count; i++) {
            int length = texts.length[i];
            Memory.copyFew(texts.address[i], at[i] + 4, length);
            Memory.putInt(at[i], length);
            at[i] += 4 + length;
        }
    }
}
