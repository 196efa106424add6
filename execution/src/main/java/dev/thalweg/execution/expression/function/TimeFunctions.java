package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.NonDeterministic;
import dev.thalweg.execution.expression.kernel.TextCasts;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.format.TimeOfDay;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// TIME, a time of day in microseconds since midnight: made of its parts, read from text, measured and cut.
public final class TimeFunctions {
    private static final String DAY_RANGE = "from 0 to less than a day";
    private static final long[] DIGIT_MICROS = {1_000_000, 100_000, 10_000, 1_000, 100, 10, 1};

    private TimeFunctions() {}

    /// The session's wall clock when the row came.
    @NonDeterministic
    public static long currentTime(EvaluationContext context) {
        return Math.floorMod(context.localMicros(context.clockMicros()), Times.DAY);
    }

    @NonDeterministic
    public static long currentTime(EvaluationContext context, int digits) {
        if (digits < 0 || digits > 6) {
            throw Reject.argument("current_time", "number of digits", digits, "0 to 6");
        }
        return timeDigits(currentTime(context), digits);
    }

    /// Cuts what is finer than so many digits of a second.
    public static long timeDigits(long time, int digits) {
        return time - time % DIGIT_MICROS[digits];
    }

    public static long makeTime(int hour, int minute, BigDecimal second) {
        BigDecimal micros = second.movePointRight(6);
        boolean known = hour >= 0 && hour < 24 && minute >= 0 && minute < 60 && second.signum() >= 0
                && micros.compareTo(BigDecimal.valueOf(Times.MINUTE)) < 0;
        if (!known) {
            throw Reject.argument("make_time", "time", hour + ":" + minute + ":" + second.toPlainString(),
                    "an hour below 24, a minute below 60 and a second below 60");
        }
        return hour * Times.HOUR + minute * Times.MINUTE + micros.longValueExact();
    }

    public static long toTime(String text) {
        return TextCasts.toTime(text);
    }

    public static long toTime(EvaluationContext context, String text, String pattern) {
        return read(context, text, pattern).orElseThrow(() -> Reject.text(text, "TIME of that form", "try_to_time"));
    }

    public static @Nullable Long tryToTime(String text) {
        long time = TimeOfDay.read(text);
        return time == TimeOfDay.NONE ? null : time;
    }

    public static @Nullable Long tryToTime(EvaluationContext context, String text, String pattern) {
        return read(context, text, pattern).orElse(null);
    }

    private static Optional<Long> read(EvaluationContext context, String text, String pattern) {
        return DateFormatFunctions.reader(context, pattern).read(text)
                .map(read -> Math.floorMod(read.localMicros(), Times.DAY));
    }

    /// Whole units from one to the other, towards zero.
    public static long timeDiff(String unit, long start, long end) {
        return (end - start) / unit("time_diff", unit);
    }

    public static long timeTrunc(String unit, long time) {
        return time - time % unit("time_trunc", unit);
    }

    private static long unit(String function, String unit) {
        return switch (unit.toUpperCase(Locale.ROOT)) {
            case "HOUR" -> Times.HOUR;
            case "MINUTE" -> Times.MINUTE;
            case "SECOND" -> Times.SECOND;
            case "MILLISECOND" -> Times.MILLISECOND;
            case "MICROSECOND" -> 1;
            default -> throw Reject.argument(function, "unit", unit,
                    "HOUR, MINUTE, SECOND, MILLISECOND or MICROSECOND");
        };
    }

    public static long timeFromSeconds(long seconds) {
        return ofDay("time_from_seconds", seconds, Times.SECOND);
    }

    public static long timeFromSeconds(BigDecimal seconds) {
        BigDecimal micros = seconds.movePointRight(6).setScale(0, RoundingMode.DOWN);
        boolean inDay = seconds.signum() >= 0 && micros.compareTo(BigDecimal.valueOf(Times.DAY)) < 0;
        if (!inDay) {
            throw beyondDay("time_from_seconds", seconds.toPlainString());
        }
        return micros.longValueExact();
    }

    public static long timeFromSeconds(double seconds) {
        if (!(seconds >= 0) || seconds * Times.SECOND >= Times.DAY) { // NaN, too
            throw beyondDay("time_from_seconds", seconds);
        }
        return (long) (seconds * Times.SECOND);
    }

    public static long timeFromMillis(long millis) {
        return ofDay("time_from_millis", millis, Times.MILLISECOND);
    }

    public static long timeFromMicros(long micros) {
        return ofDay("time_from_micros", micros, 1);
    }

    private static long ofDay(String function, long units, long unit) {
        if (units < 0 || units >= Times.DAY / unit) {
            throw beyondDay(function, units);
        }
        return units * unit;
    }

    private static InvalidQuery beyondDay(String function, Object given) {
        return Reject.argument(function, "argument", given, DAY_RANGE);
    }

    public static BigDecimal timeToSeconds(long time) {
        return BigDecimal.valueOf(time, 6);
    }

    public static long timeToMillis(long time) {
        return time / Times.MILLISECOND;
    }

    public static long timeToMicros(long time) {
        return time;
    }
}
