package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.Memory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One value of any type as bytes, the way nested columns stand in keys and elements in collected lists. **Part of the
/// checkpoint format.**
///
/// Inside a nested value each element is a byte (0 NULL, 1 there) and its bytes; numbers are big-endian in their natural
/// width, STRING, BINARY and DECIMAL have a length (4 bytes) before them, lists and maps the number of their elements. The
/// entries of a map stand in the order of their keys where the value is a key, so that maps with equal entries are one.
public final class ValueBytes {
    private ValueBytes() {}

    /// Writes a nested value as bytes that [#read] turns back.
    ///
    /// @param normalise makes -0.0 and 0.0, and all NaNs, one, and orders the entries of maps by key: for keys
    public static byte[] write(Object value, DataType type, boolean normalise) {
        Writer writer = new Writer(normalise);
        writer.value(value, type);
        return java.util.Arrays.copyOf(writer.buffer.array(), writer.buffer.position());
    }

    public static @Nullable Object read(long address, int length, DataType type) {
        byte[] bytes = new byte[length];
        Memory.copy(address, bytes, 0, length);
        return read(bytes, type);
    }

    public static @Nullable Object read(byte[] bytes, DataType type) {
        return readValue(ByteBuffer.wrap(bytes), type);
    }

    private static final class Writer {
        private final boolean normalise;
        private ByteBuffer buffer = ByteBuffer.allocate(64);

        Writer(boolean normalise) {
            this.normalise = normalise;
        }

        private ByteBuffer room(int bytes) {
            if (buffer.remaining() < bytes) {
                int capacity = Math.max(buffer.capacity() * 2, buffer.position() + bytes);
                buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
            }
            return buffer;
        }

        private void value(Object value, DataType type) {
            switch (type) {
                case Simple simple -> simple(value, simple);
                case Decimal(_, int scale) ->
                        bytes(((BigDecimal) value).setScale(scale).unscaledValue().toByteArray());
                case ArrayOf(DataType element, _) -> {
                    List<?> list = (List<?>) value;
                    room(4).putInt(list.size());
                    list.forEach(each -> element(each, element));
                }
                case MapOf(DataType key, DataType item, _) -> {
                    Map<?, ?> map = (Map<?, ?>) value;
                    room(4).putInt(map.size());
                    (normalise ? MapOrder.sorted(map, key) : map).forEach((k, v) -> {
                        element(k, key);
                        element(v, item);
                    });
                }
                case Struct(var row) -> {
                    List<?> fields = (List<?>) value;
                    for (int i = 0; i < row.size(); i++) {
                        element(fields.get(i), row.type(i));
                    }
                }
            }
        }

        private void element(@Nullable Object value, DataType type) {
            room(1).put((byte) (value == null ? 0 : 1));
            if (value != null) {
                value(value, type);
            }
        }

        private void simple(Object value, Simple type) {
            switch (type) {
                case BOOLEAN -> room(1).put((byte) ((Boolean) value ? 1 : 0));
                case TINYINT -> room(1).put((Byte) value);
                case SMALLINT -> room(2).putShort((Short) value);
                case INT, DATE, INTERVAL_YEAR_MONTH -> room(4).putInt((Integer) value);
                case BIGINT, TIMESTAMP, TIMESTAMP_NTZ, TIME, INTERVAL_DAY_TIME -> room(8).putLong((Long) value);
                case FLOAT -> room(4).putInt(
                        Float.floatToIntBits((Float) value + (float) ColumnWriter.added(normalise)));
                case DOUBLE -> room(8).putLong(
                        Double.doubleToLongBits((Double) value + ColumnWriter.added(normalise)));
                case STRING -> bytes(((String) value).getBytes(StandardCharsets.UTF_8));
                case BINARY -> bytes((byte[]) value);
                case VOID -> {
                }
            }
        }

        private void bytes(byte[] bytes) {
            room(4 + bytes.length).putInt(bytes.length).put(bytes);
        }
    }

    private static @Nullable Object readValue(ByteBuffer from, DataType type) {
        return switch (type) {
            case Simple simple -> readSimple(from, simple);
            case Decimal(_, int scale) -> new BigDecimal(new BigInteger(readBytes(from)), scale);
            case ArrayOf(DataType element, _) -> {
                int size = from.getInt();
                List<@Nullable Object> list = new ArrayList<>(size);
                for (int i = 0; i < size; i++) {
                    list.add(readElement(from, element));
                }
                yield list;
            }
            case MapOf(DataType key, DataType item, _) -> {
                int size = from.getInt();
                Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
                for (int i = 0; i < size; i++) {
                    Object k = readElement(from, key);
                    map.put(k, readElement(from, item));
                }
                yield map;
            }
            case Struct(var row) -> {
                List<@Nullable Object> fields = new ArrayList<>(row.size());
                for (int i = 0; i < row.size(); i++) {
                    fields.add(readElement(from, row.type(i)));
                }
                yield fields;
            }
        };
    }

    private static @Nullable Object readElement(ByteBuffer from, DataType type) {
        return from.get() == 0 ? null : readValue(from, type);
    }

    private static @Nullable Object readSimple(ByteBuffer from, Simple type) {
        return switch (type) {
            case BOOLEAN -> from.get() != 0;
            case TINYINT -> from.get();
            case SMALLINT -> from.getShort();
            case INT, DATE, INTERVAL_YEAR_MONTH -> from.getInt();
            case BIGINT, TIMESTAMP, TIMESTAMP_NTZ, TIME, INTERVAL_DAY_TIME -> from.getLong();
            case FLOAT -> from.getFloat();
            case DOUBLE -> from.getDouble();
            case STRING -> new String(readBytes(from), StandardCharsets.UTF_8);
            case BINARY -> readBytes(from);
            case VOID -> null;
        };
    }

    private static byte[] readBytes(ByteBuffer from) {
        byte[] bytes = new byte[from.getInt()];
        from.get(bytes);
        return bytes;
    }
}
