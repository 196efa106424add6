package dev.thalweg.execution.expression;

import dev.thalweg.spi.data.DataType;
import java.math.BigDecimal;

/// Writes a literal: numbers as Java literals, anything else as a field made when the class is.
final class LiteralCode {
    private LiteralCode() {}

    static String of(JavaSource java, DataType type, Object value) {
        return switch (Kind.of(type)) {
            case BOOLEAN -> value.toString();
            case INT -> integer(((Number) value).intValue());
            case LONG -> integer(((Number) value).longValue());
            case FLOAT -> number(((Number) value).floatValue());
            case DOUBLE -> number(((Number) value).doubleValue());
            case DECIMAL ->
                    java.constant(scaled((BigDecimal) value, type), "BigDecimal", "(BigDecimal) setup.constant(%d)");
            case TEXT -> java.constant(value, "Utf8", "setup.text(%d, literals)");
            case OBJECT -> java.constant(value, "Object", "setup.constant(%d)");
        };
    }

    private static BigDecimal scaled(BigDecimal value, DataType type) {
        return type instanceof DataType.Decimal(_, int scale)
                ? value.setScale(scale, java.math.RoundingMode.HALF_UP)
                : value;
    }

    private static String integer(int value) {
        return value == Integer.MIN_VALUE
                ? "Integer.MIN_VALUE"
                : value < 0 ? "(" + value + ")" : Integer.toString(value);
    }

    static String integer(long value) {
        return value == Long.MIN_VALUE ? "Long.MIN_VALUE" : value < 0 ? "(" + value + "L)" : value + "L";
    }

    private static String number(float value) {
        return value >= 0 && value < Float.MAX_VALUE && (value != 0 || 1 / value > 0)
                ? value + "F"
                : "Float.intBitsToFloat(" + Float.floatToRawIntBits(value) + ")";
    }

    private static String number(double value) {
        return value >= 0 && value < Double.MAX_VALUE && (value != 0 || 1 / value > 0)
                ? value + "D"
                : "Double.longBitsToDouble(" + Double.doubleToRawLongBits(value) + "L)";
    }
}
