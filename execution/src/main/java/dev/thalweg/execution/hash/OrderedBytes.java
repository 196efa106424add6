package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.Memory;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An array or a struct as bytes whose order, byte by byte and unsigned, is the order of the values: field by field and
/// element by element, NULL first, the shorter array before the longer. **Part of the checkpoint format.**
///
/// Before a field stands 0 for NULL or 1; before an element 1 for NULL or 2, and 0 behind the last. Numbers, dates, times and
/// intervals are 8 bytes, big-endian, sign bit flipped (FLOAT and DOUBLE by their ordered bits, NaN last, -0.0 as 0.0), DECIMAL
/// likewise in 16; in STRING and BINARY 0 is written as `0 255`, and `0 0` stands behind them. Maps have no order.
public final class OrderedBytes {
    private OrderedBytes() {}

    /// Writes a value as bytes that [#read] turns back.
    public static byte[] write(Object value, DataType type) {
        ByteArrayOutputStream to = new ByteArrayOutputStream();
        put(to, value, type);
        return to.toByteArray();
    }

    public static Object read(long address, int length, DataType type) {
        byte[] bytes = new byte[length];
        Memory.copy(address, bytes, 0, length);
        return take(ByteBuffer.wrap(bytes), type);
    }

    private static void put(ByteArrayOutputStream to, Object value, DataType type) {
        switch (type) {
            case Simple simple -> putSimple(to, value, simple);
            case Decimal(_, int scale) -> {
                BigInteger unscaled = ((BigDecimal) value).setScale(scale).unscaledValue();
                putLong(to, unscaled.shiftRight(64).longValue() ^ Long.MIN_VALUE);
                putLong(to, unscaled.longValue());
            }
            case ArrayOf(DataType element, _) -> {
                ((List<?>) value).forEach(each -> putMarked(to, 1, each, element));
                to.write(0);
            }
            case Struct(var row) -> {
                List<?> fields = (List<?>) value;
                for (int i = 0; i < row.size(); i++) {
                    putMarked(to, 0, fields.get(i), row.type(i));
                }
            }
            case MapOf _ -> throw new IllegalArgumentException(type.sql());
        }
    }

    private static void putMarked(ByteArrayOutputStream to, int markOfNull, @Nullable Object value, DataType type) {
        to.write(value == null ? markOfNull : markOfNull + 1);
        if (value != null) {
            put(to, value, type);
        }
    }

    private static void putSimple(ByteArrayOutputStream to, Object value, Simple type) {
        switch (type) {
            case BOOLEAN -> to.write((Boolean) value ? 1 : 0);
            case TINYINT, SMALLINT, INT, DATE, INTERVAL_YEAR_MONTH, BIGINT, TIMESTAMP, TIMESTAMP_NTZ, TIME,
                    INTERVAL_DAY_TIME ->
                    putLong(to, ((Number) value).longValue() ^ Long.MIN_VALUE);
            case FLOAT, DOUBLE -> {
                long bits = Double.doubleToLongBits(((Number) value).doubleValue() + 0.0);
                putLong(to, flipped(bits) ^ Long.MIN_VALUE);
            }
            case STRING -> putBytes(to, ((String) value).getBytes(StandardCharsets.UTF_8));
            case BINARY -> putBytes(to, (byte[]) value);
            case VOID -> throw new IllegalArgumentException("a value that is not NULL");
        }
    }

    /// The bits of negative numbers in the order of the numbers; its own inverse.
    private static long flipped(long bits) {
        return bits ^ (bits >> 63 & Long.MAX_VALUE);
    }

    private static void putLong(ByteArrayOutputStream to, long value) {
        for (int shift = 56; shift >= 0; shift -= 8) {
            to.write((int) (value >>> shift));
        }
    }

    private static void putBytes(ByteArrayOutputStream to, byte[] bytes) {
        for (byte each : bytes) {
            to.write(each);
            if (each == 0) {
                to.write(0xFF);
            }
        }
        to.write(0);
        to.write(0);
    }

    private static Object take(ByteBuffer from, DataType type) {
        return switch (type) {
            case Simple simple -> takeSimple(from, simple);
            case Decimal(_, int scale) -> {
                BigInteger high = BigInteger.valueOf(from.getLong() ^ Long.MIN_VALUE).shiftLeft(64);
                yield new BigDecimal(high.or(new BigInteger(1, takeFew(from, 8))), scale);
            }
            case ArrayOf(DataType element, _) -> {
                List<@Nullable Object> list = new ArrayList<>();
                for (int mark = from.get(); mark != 0; mark = from.get()) {
                    list.add(mark == 1 ? null : take(from, element));
                }
                yield list;
            }
            case Struct(var row) -> {
                List<@Nullable Object> fields = new ArrayList<>(row.size());
                for (int i = 0; i < row.size(); i++) {
                    fields.add(from.get() == 0 ? null : take(from, row.type(i)));
                }
                yield fields;
            }
            case MapOf _ -> throw new IllegalArgumentException(type.sql());
        };
    }

    private static byte[] takeFew(ByteBuffer from, int count) {
        byte[] bytes = new byte[count];
        from.get(bytes);
        return bytes;
    }

    private static Object takeSimple(ByteBuffer from, Simple type) {
        return switch (type) {
            case BOOLEAN -> from.get() != 0;
            case TINYINT -> (byte) takeLong(from);
            case SMALLINT -> (short) takeLong(from);
            case INT, DATE, INTERVAL_YEAR_MONTH -> (int) takeLong(from);
            case BIGINT, TIMESTAMP, TIMESTAMP_NTZ, TIME, INTERVAL_DAY_TIME -> takeLong(from);
            case FLOAT -> (float) Double.longBitsToDouble(flipped(takeLong(from)));
            case DOUBLE -> Double.longBitsToDouble(flipped(takeLong(from)));
            case STRING -> new String(takeBytes(from), StandardCharsets.UTF_8);
            case BINARY -> takeBytes(from);
            case VOID -> throw new IllegalArgumentException("a value that is not NULL");
        };
    }

    private static long takeLong(ByteBuffer from) {
        return from.getLong() ^ Long.MIN_VALUE;
    }

    private static byte[] takeBytes(ByteBuffer from) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        while (true) {
            byte next = from.get();
            if (next == 0 && from.get() == 0) {
                return bytes.toByteArray();
            }
            bytes.write(next);
        }
    }
}
