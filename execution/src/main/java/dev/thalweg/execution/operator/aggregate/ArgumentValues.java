package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Memory;
import java.math.BigDecimal;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;

/// A column of arguments widened to `long` or `double`, so that each accumulator needs one loop only.
final class ArgumentValues {
    private long[] longs = new long[0];
    private double[] doubles = new double[0];

    /// Every type of up to 64 bits but FLOAT and DOUBLE; BOOLEAN is 0 or 1.
    long[] longs(FieldVector vector, DataType type, int[] row, int count) {
        if (longs.length < count) {
            longs = new long[Math.max(count, 1024)];
        }
        load((Simple) type, vector.getDataBufferAddress(), row, count, longs);
        return longs;
    }

    private static void load(Simple type, long data, int[] row, int count, long[] to) {
        switch (type) {
            case BOOLEAN -> {
                for (int i = 0; i < count; i++) {
                    to[i] = Memory.getBit(data, row[i]) ? 1 : 0;
                }
            }
            case TINYINT -> {
                for (int i = 0; i < count; i++) {
                    to[i] = Memory.getByte(data + row[i]);
                }
            }
            case SMALLINT -> {
                for (int i = 0; i < count; i++) {
                    to[i] = Memory.getShort(data + ((long) row[i] << 1));
                }
            }
            case INT, DATE, INTERVAL_YEAR_MONTH -> {
                for (int i = 0; i < count; i++) {
                    to[i] = Memory.getInt(data + ((long) row[i] << 2));
                }
            }
            case BIGINT, TIMESTAMP, TIMESTAMP_NTZ, TIME, INTERVAL_DAY_TIME -> {
                for (int i = 0; i < count; i++) {
                    to[i] = Memory.getLong(data + ((long) row[i] << 3));
                }
            }
            case FLOAT, DOUBLE, STRING, BINARY, VOID -> throw new IllegalArgumentException(type.sql());
        }
    }

    /// Any number.
    double[] doubles(FieldVector vector, DataType type, int[] row, int count) {
        if (doubles.length < count) {
            doubles = new double[Math.max(count, 1024)];
        }
        long data = vector.getDataBufferAddress();
        if (type == Simple.DOUBLE) {
            for (int i = 0; i < count; i++) {
                doubles[i] = Memory.getDouble(data + ((long) row[i] << 3));
            }
        } else if (type == Simple.FLOAT) {
            for (int i = 0; i < count; i++) {
                doubles[i] = Memory.getFloat(data + ((long) row[i] << 2));
            }
        } else if (type instanceof Decimal) {
            for (int i = 0; i < count; i++) {
                BigDecimal value = ((DecimalVector) vector).getObject(row[i]);
                doubles[i] = value.doubleValue(); // an object a row: the planner casts to DOUBLE where it matters
            }
        } else {
            long[] whole = longs(vector, type, row, count);
            for (int i = 0; i < count; i++) {
                doubles[i] = whole[i];
            }
        }
        return doubles;
    }

    /// FLOAT and DOUBLE as longs that order as the numbers do, NaN last; [#fromOrdered] is the way back.
    long[] orderedLongs(FieldVector vector, DataType type, int[] row, int count) {
        if (!type.isFloating()) {
            return longs(vector, type, row, count);
        }
        double[] values = doubles(vector, type, row, count);
        if (longs.length < count) {
            longs = new long[Math.max(count, 1024)];
        }
        for (int i = 0; i < count; i++) {
            longs[i] = toOrdered(values[i]);
        }
        return longs;
    }

    static long toOrdered(double value) {
        long bits = Double.doubleToLongBits(value);
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }

    static double fromOrdered(long ordered) {
        return Double.longBitsToDouble(ordered ^ (ordered >> 63 & Long.MAX_VALUE));
    }
}
