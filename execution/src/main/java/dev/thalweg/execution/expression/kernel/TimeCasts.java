package dev.thalweg.execution.expression.kernel;

import dev.thalweg.execution.expression.EvaluationContext;
import java.math.BigDecimal;
import java.util.concurrent.TimeUnit;

/// Casts between numbers of seconds and times, and between the kinds of time.
public final class TimeCasts {
    private static final double MICROS = 1e6;

    private TimeCasts() {}

    /// Seconds since the epoch; a number beyond the range of times is the last or first of them, as in Spark.
    public static long ofSeconds(long seconds) {
        return TimeUnit.SECONDS.toMicros(seconds);
    }

    public static long ofSeconds(double seconds) {
        if (Double.isNaN(seconds) || Double.isInfinite(seconds)) {
            throw Failures.invalidText(seconds, "TIMESTAMP");
        }
        double micros = seconds * MICROS;
        if (Math.floor(micros) > Long.MAX_VALUE || Math.ceil(micros) < Long.MIN_VALUE) {
            throw Failures.outOfRange(seconds, "DOUBLE", "TIMESTAMP");
        }
        return (long) micros;
    }

    public static long ofSeconds(BigDecimal seconds) {
        return NumberCasts.toBigint(seconds.movePointRight(6), Long.MIN_VALUE, Long.MAX_VALUE, "TIMESTAMP");
    }

    public static long seconds(long micros) {
        return Math.floorDiv(micros, 1_000_000L);
    }

    public static double fractionalSeconds(long micros) {
        return micros / MICROS;
    }

    public static BigDecimal exactSeconds(long micros) {
        return BigDecimal.valueOf(micros, 6);
    }

    /// Whole seconds of an interval, towards zero.
    public static long intervalSeconds(long micros) {
        return micros / 1_000_000L;
    }

    public static long ofIntervalSeconds(long seconds) {
        try {
            return Math.multiplyExact(seconds, 1_000_000L);
        } catch (ArithmeticException overflow) {
            throw Failures.outOfRange(seconds, "BIGINT", "INTERVAL DAY TO SECOND");
        }
    }

    public static int dateOfInstant(long micros, EvaluationContext context) {
        return DateTimes.dayOf(context.localMicros(micros));
    }
}
