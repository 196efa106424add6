package dev.thalweg.execution.expression.function;

import dev.thalweg.spi.data.DataType;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Breaks a SQL value into what a hash takes.
final class ValueBytes {
    private static final int LONG_DIGITS = 18;

    /// A hash that is seeded with what it took before.
    interface Hash {
        void take(int value);

        void take(long value);

        void take(byte[] value);
    }

    private ValueBytes() {}

    static void feed(Hash hash, @Nullable Object value, DataType type) {
        if (value == null) {
            return;
        }
        switch (value) {
            case Boolean flag -> hash.take(flag ? 1 : 0);
            case Byte number -> hash.take(number.intValue());
            case Short number -> hash.take(number.intValue());
            case Integer number -> hash.take(number.intValue());
            case Long micros when type == DataType.Simple.TIME -> hash.take(micros * 1_000); // Spark counts nanoseconds
            case Long number -> hash.take(number.longValue());
            case Float number -> hash.take(number == 0 ? 0 : Float.floatToIntBits(number));
            case Double number -> hash.take(number == 0 ? 0L : Double.doubleToLongBits(number));
            case BigDecimal number -> feedDecimal(hash, number, type);
            case byte[] bytes -> hash.take(bytes);
            case List<?> list -> {
                for (int i = 0; i < list.size(); i++) {
                    feed(hash, list.get(i), type instanceof DataType.Struct(var row)
                            ? row.type(i)
                            : ((DataType.ArrayOf) type).element());
                }
            }
            case Map<?, ?> map ->
                    throw Reject.argument("hash", "argument", map, "a value without maps, such as map_entries(m)");
            default -> hash.take(value.toString().getBytes(StandardCharsets.UTF_8));
        }
    }

    private static void feedDecimal(Hash hash, BigDecimal number, DataType type) {
        DataType.Decimal decimal = (DataType.Decimal) type;
        BigDecimal scaled = number.setScale(decimal.scale());
        if (decimal.precision() <= LONG_DIGITS) {
            hash.take(scaled.unscaledValue().longValueExact());
        } else {
            hash.take(scaled.unscaledValue().toByteArray());
        }
    }
}
