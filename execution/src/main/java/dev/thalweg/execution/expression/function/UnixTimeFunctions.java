package dev.thalweg.execution.expression.function;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// Times as numbers since 1970-01-01 00:00:00 UTC, and back.
public final class UnixTimeFunctions {
    private UnixTimeFunctions() {}

    public static long unixSeconds(long instant) {
        return Math.floorDiv(instant, Times.SECOND);
    }

    public static long unixMillis(long instant) {
        return Math.floorDiv(instant, Times.MILLISECOND);
    }

    public static long unixMicros(long instant) {
        return instant;
    }

    public static long timestampSeconds(long seconds) {
        return multiplied(seconds, Times.SECOND, "timestamp_seconds");
    }

    public static long timestampSeconds(BigDecimal seconds) {
        try {
            return seconds.movePointRight(6).longValueExact();
        } catch (ArithmeticException e) {
            throw Reject.overflow("TIMESTAMP", "timestamp_seconds(" + seconds.toPlainString() + ")");
        }
    }

    /// NULL for NaN and the infinities.
    public static @Nullable Long timestampSeconds(double seconds) {
        return Double.isFinite(seconds) ? Long.valueOf((long) (seconds * Times.SECOND)) : null;
    }

    public static long timestampMillis(long millis) {
        return multiplied(millis, Times.MILLISECOND, "timestamp_millis");
    }

    public static long timestampMicros(long micros) {
        return micros;
    }

    private static long multiplied(long value, long micros, String function) {
        long high = Math.multiplyHigh(value, micros);
        long product = value * micros;
        if (high != product >> 63) {
            throw Reject.overflow("TIMESTAMP", function + "(" + value + ")");
        }
        return product;
    }
}
