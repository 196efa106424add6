package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.CodedNumber;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.OneValue;
import java.util.Arrays;
import org.apache.arrow.vector.FieldVector;

/// A value of up to 8 bytes, or a DECIMAL of 16.
final class FixedKeyColumn implements KeyColumn {
    private static final int[] FIRST = {0};

    private final DataType type;
    private final int width;
    private final int offset;
    private final boolean isTime;
    /// The bits of the value that are in the key.
    private final long mask;
    private final long factor;
    private long[] low = new long[0];
    private long[] high = new long[0];
    private int[] places = new int[0];
    private final FewNumbers few = new FewNumbers();
    private boolean isConstant;
    /// How many rows have the first one's value, which is not in their places yet.
    private int toSpread;

    FixedKeyColumn(DataType type, int offset, boolean isTime, long factor) {
        this.factor = factor;
        this.type = type;
        this.width = KeyLayout.width(type);
        this.offset = offset;
        this.isTime = isTime;
        this.mask = width >= 8 ? -1L : (1L << (8 * width)) - 1;
    }

    @Override
    public boolean read(Column column, boolean hasNulls, int[] rows, int from, int count) {
        if (low.length < count) {
            low = new long[count];
            high = new long[width == 16 ? count : 0];
        }
        if (column instanceof OneValue same) {
            readOnce(same, count);
            isConstant = true;
            return true;
        }
        toSpread = 0;
        if (column instanceof CodedNumber coded) {
            readCoded(coded, rows, from, count);
            isConstant = isConstant(low, count);
            return isConstant;
        }
        FieldVector vector = column.vector();
        if (width > 0) {
            readWords(vector.getDataBufferAddress(), rows, from, count);
        }
        if (width > 0 && hasNulls) {
            nulls(vector.getValidityBufferAddress(), rows, from, count);
        }
        reverseTimes(count);
        isConstant = width < 16 && isConstant(low, count);
        return isConstant;
    }

    private void reverseTimes(int count) {
        for (int i = 0; i < count && isTime; i++) {
            low[i] = Long.reverseBytes(low[i] ^ Long.MIN_VALUE);
        }
    }

    /// Reads values out of the dictionary, of rows that are few.
    private void readCoded(CodedNumber column, int[] rows, int from, int count) {
        if (places.length < count) {
            places = new int[low.length];
        }
        int[] codes = column.codes();
        for (int i = 0; i < count; i++) {
            places[i] = Math.max(0, codes[rows[from + i]]);
        }
        readWords(column.dictionary().values().getDataBufferAddress(), places, 0, count);
        for (int i = 0; i < count && column.hasNulls(); i++) {
            if (codes[rows[from + i]] < 0) {
                low[i] = isTime ? Long.MAX_VALUE : 0;
            }
        }
        reverseTimes(count);
    }

    private void readOnce(OneValue column, int count) {
        readWords(column.value().getDataBufferAddress(), FIRST, 0, 1);
        if (column.hasNulls()) {
            low[0] = 0;
        }
        if (isTime) {
            low[0] = column.hasNulls() ? Long.MAX_VALUE : low[0];
            low[0] = Long.reverseBytes(low[0] ^ Long.MIN_VALUE);
        }
        toSpread = count;
    }

    /// Writes the value of all rows beside each other, for those who look at each.
    private void spread() {
        if (toSpread > 0) {
            Arrays.fill(low, 1, toSpread, low[0]);
            toSpread = 0;
        }
    }

    private static boolean isConstant(long[] values, int count) {
        long first = values[0];
        for (int i = 1; i < count; i++) {
            if (values[i] != first) {
                return false;
            }
        }
        return true;
    }

    private void readWords(long data, int[] rows, int from, int count) {
        switch (width) {
            case 1 -> readBytes(data, rows, from, count);
            case 2 -> {
                for (int i = 0; i < count; i++) {
                    low[i] = Memory.getShort(data + ((long) rows[from + i] << 1)) & mask;
                }
            }
            case 4 -> {
                for (int i = 0; i < count; i++) {
                    low[i] = Memory.getInt(data + ((long) rows[from + i] << 2)) & mask;
                }
            }
            case 8 -> {
                for (int i = 0; i < count; i++) {
                    low[i] = Memory.getLong(data + ((long) rows[from + i] << 3));
                }
            }
            case 16 -> {
                for (int i = 0; i < count; i++) {
                    long at = data + ((long) rows[from + i] << 4);
                    low[i] = Memory.getLong(at);
                    high[i] = Memory.getLong(at + 8);
                }
            }
            default -> throw new IllegalArgumentException("width " + width);
        }
        normalise(count);
    }

    private void readBytes(long data, int[] rows, int from, int count) {
        boolean bits = type == Simple.BOOLEAN;
        for (int i = 0; i < count; i++) {
            int row = rows[from + i];
            low[i] = bits ? Memory.getBit(data, row) ? 1 : 0 : Memory.getByte(data + row) & 0xFF;
        }
    }

    /// -0.0 is 0.0, and all NaNs are one.
    private void normalise(int count) {
        if (type == Simple.FLOAT) {
            for (int i = 0; i < count; i++) {
                low[i] = Float.floatToIntBits(Float.intBitsToFloat((int) low[i]) + 0.0f) & mask;
            }
        } else if (type == Simple.DOUBLE) {
            for (int i = 0; i < count; i++) {
                low[i] = Double.doubleToLongBits(Double.longBitsToDouble(low[i]) + 0.0);
            }
        }
    }

    private void nulls(long validity, int[] rows, int from, int count) {
        for (int i = 0; i < count; i++) {
            if (!Memory.getBit(validity, rows[from + i])) {
                low[i] = isTime ? Long.MAX_VALUE : 0;
                if (width == 16) {
                    high[i] = 0;
                }
            }
        }
    }

    @Override
    public int number(int[] numbers, int count) {
        if (width == 16) {
            return MANY;
        }
        if (isConstant) {
            return few.of(low[0]);
        }
        return few.of(low, count, numbers) ? EACH : MANY;
    }

    @Override
    public void forgetNumbers() {
        few.clear();
    }

    @Override
    public void addHash(long[] hashes, int count) {
        spread();
        for (int i = 0; i < count; i++) {
            hashes[i] += low[i] * factor;
        }
        if (width == 16) {
            for (int i = 0; i < count; i++) {
                hashes[i] += KeyColumn.mix(factor, high[i]);
            }
        }
    }

    @Override
    public long hashOfFirst() {
        return low[0] * factor + (width == 16 ? KeyColumn.mix(factor, high[0]) : 0);
    }

    @Override
    public boolean firstIs(long key, long cursor) {
        return (Memory.getLong(key + offset) & mask) == low[0]
                && (width < 16 || Memory.getLong(key + offset + 8) == high[0]);
    }

    @Override
    public void compare(long[] keys, long[] cursors, int[] ids, int count) {
        spread();
        for (int i = 0; i < count; i++) {
            // A key is followed by at least 8 bytes of the table's own, so the load may reach past a narrow value.
            if (ids[i] >= 0 && (Memory.getLong(keys[i] + offset) & mask) != low[i]) {
                ids[i] = GroupTable.ABSENT;
            }
        }
        if (width == 16) {
            for (int i = 0; i < count; i++) {
                if (ids[i] >= 0 && Memory.getLong(keys[i] + offset + 8) != high[i]) {
                    ids[i] = GroupTable.ABSENT;
                }
            }
        }
    }

    @Override
    public void pass(long[] cursors, int count) {}

    @Override
    public long next(long cursor) {
        return cursor;
    }

    @Override
    public int variableBytes(int row) {
        return 0;
    }

    @Override
    public long write(int row, long key, long cursor) {
        spread();
        long at = key + offset;
        switch (width) {
            case 1 -> Memory.putByte(at, (byte) low[row]);
            case 2 -> Memory.putShort(at, (short) low[row]);
            case 4 -> Memory.putInt(at, (int) low[row]);
            case 8 -> Memory.putLong(at, low[row]);
            case 16 -> {
                Memory.putLong(at, low[row]);
                Memory.putLong(at + 8, high[row]);
            }
            default -> {
            }
        }
        return cursor;
    }
}
