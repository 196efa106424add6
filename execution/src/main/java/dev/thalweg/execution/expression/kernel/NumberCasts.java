package dev.thalweg.execution.expression.kernel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;

/// Casts between numbers in ANSI mode: fractions are cut off, what is out of range is an error.
public final class NumberCasts {
    private NumberCasts() {}

    public static int toTinyint(long value, String from) {
        if ((byte) value != value) {
            throw Failures.outOfRange(value, from, "TINYINT");
        }
        return (int) value;
    }

    public static int toSmallint(long value, String from) {
        if ((short) value != value) {
            throw Failures.outOfRange(value, from, "SMALLINT");
        }
        return (int) value;
    }

    public static int toInt(long value, String from) {
        if ((int) value != value) {
            throw Failures.outOfRange(value, from, "INT");
        }
        return (int) value;
    }

    public static int toTinyint(double value, String from) {
        return (int) whole(value, Byte.MIN_VALUE, Byte.MAX_VALUE, from, "TINYINT");
    }

    public static int toSmallint(double value, String from) {
        return (int) whole(value, Short.MIN_VALUE, Short.MAX_VALUE, from, "SMALLINT");
    }

    public static int toInt(double value, String from) {
        return (int) whole(value, Integer.MIN_VALUE, Integer.MAX_VALUE, from, "INT");
    }

    public static long toBigint(double value, String from) {
        return whole(value, Long.MIN_VALUE, Long.MAX_VALUE, from, "BIGINT");
    }

    static long whole(double value, long min, long max, String from, String to) {
        if (!(Math.floor(value) <= max && Math.ceil(value) >= min)) {
            throw Failures.outOfRange(value, from, to);
        }
        return (long) value;
    }

    /// The decimal that a floating-point number is written as; null for NaN and the infinities.
    static @Nullable BigDecimal exact(double value) {
        return Double.isNaN(value) || Double.isInfinite(value) ? null : BigDecimal.valueOf(value);
    }

    public static long toBigint(BigDecimal value, long min, long max, String to) {
        BigInteger whole = value.toBigInteger();
        if (whole.bitLength() > 63 || whole.longValue() < min || whole.longValue() > max) {
            throw Failures.outOfRange(value.toPlainString(), "DECIMAL", to);
        }
        return whole.longValue();
    }

    public static BigDecimal toDecimal(BigDecimal value, int precision, int scale, String from) {
        BigDecimal scaled = value.scale() == scale ? value : value.setScale(scale, RoundingMode.HALF_UP);
        if (scaled.precision() > precision) {
            throw Failures.outOfRange(value.toPlainString(), from, "DECIMAL(%d,%d)".formatted(precision, scale));
        }
        return scaled;
    }
}
