package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.kernel.DateTimes;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import org.jspecify.annotations.Nullable;

/// Times and intervals put together from their parts.
public final class MakeFunctions {
    private MakeFunctions() {}

    public static long makeTimestamp(EvaluationContext context, int year, int month, int day, int hour, int minute,
            BigDecimal second) {
        return context.instantMicros(makeTimestampNtz(year, month, day, hour, minute, second));
    }

    public static long makeTimestamp(EvaluationContext context, int year, int month, int day, int hour, int minute,
            BigDecimal second, String zone) {
        ZoneId in = TimestampFunctions.zone(context, zone);
        return Zones.toInstant(makeTimestampNtz(year, month, day, hour, minute, second), in);
    }

    public static long makeTimestampOfDay(EvaluationContext context, int date, long time) {
        return context.instantMicros(makeTimestampNtzOfDay(date, time));
    }

    public static long makeTimestampOfDay(EvaluationContext context, int date, long time, String zone) {
        return Zones.toInstant(makeTimestampNtzOfDay(date, time), TimestampFunctions.zone(context, zone));
    }

    public static long makeTimestampNtzOfDay(int date, long time) {
        return DateTimes.addToLocal(DateTimes.atStartOfDay(date), time);
    }

    /// Second 60 is the first of the next minute.
    public static long makeTimestampNtz(int year, int month, int day, int hour, int minute, BigDecimal second) {
        try {
            return local(year, month, day, hour, minute, second);
        } catch (DateTimeException | ArithmeticException e) {
            throw Reject.argument("make_timestamp", "time",
                    "%d-%d-%d %d:%d:%s".formatted(year, month, day, hour, minute, second.toPlainString()),
                    "a time of the calendar (try_make_timestamp gives NULL instead)");
        }
    }

    public static @Nullable Long tryMakeTimestamp(EvaluationContext context, int year, int month, int day, int hour,
            int minute, BigDecimal second) {
        try {
            return context.instantMicros(local(year, month, day, hour, minute, second));
        } catch (DateTimeException | ArithmeticException _) {
            return null;
        }
    }

    public static @Nullable Long tryMakeTimestamp(EvaluationContext context, int year, int month, int day, int hour,
            int minute, BigDecimal second, String zone) {
        ZoneId in = TimestampFunctions.zone(context, zone);
        try {
            return Zones.toInstant(local(year, month, day, hour, minute, second), in);
        } catch (DateTimeException | ArithmeticException _) {
            return null;
        }
    }

    public static @Nullable Long tryMakeTimestampNtz(int year, int month, int day, int hour, int minute,
            BigDecimal second) {
        try {
            return local(year, month, day, hour, minute, second);
        } catch (DateTimeException | ArithmeticException _) {
            return null;
        }
    }

    private static long local(int year, int month, int day, int hour, int minute, BigDecimal second) {
        long micros = second.movePointRight(6).longValueExact();
        boolean leap = micros == Times.MINUTE;
        LocalDateTime time = LocalDateTime.of(year, month, day, hour, minute, leap
                ? 0
                : Math.toIntExact(Math.floorDiv(micros, Times.SECOND)),
                (int) Math.floorMod(micros, Times.SECOND) * 1_000);
        return Zones.localMicros(leap ? time.plusMinutes(1) : time);
    }

    public static long makeDtInterval() {
        return 0;
    }

    public static long makeDtInterval(int days) {
        return makeDtInterval(days, 0, 0, BigDecimal.ZERO);
    }

    public static long makeDtInterval(int days, int hours) {
        return makeDtInterval(days, hours, 0, BigDecimal.ZERO);
    }

    public static long makeDtInterval(int days, int hours, int minutes) {
        return makeDtInterval(days, hours, minutes, BigDecimal.ZERO);
    }

    public static long makeDtInterval(int days, int hours, int minutes, BigDecimal seconds) {
        try {
            long micros = seconds.movePointRight(6).longValueExact();
            micros = Math.addExact(micros, Math.multiplyExact(days, Times.DAY));
            micros = Math.addExact(micros, Math.multiplyExact(hours, Times.HOUR));
            return Math.addExact(micros, Math.multiplyExact(minutes, Times.MINUTE));
        } catch (ArithmeticException _) {
            throw Reject.overflow("INTERVAL DAY TO SECOND", "make_dt_interval(%d, %d, %d, %s)".formatted(days, hours,
                    minutes, seconds.toPlainString()));
        }
    }

    public static int makeYmInterval() {
        return 0;
    }

    public static int makeYmInterval(int years) {
        return makeYmInterval(years, 0);
    }

    public static int makeYmInterval(int years, int months) {
        try {
            return Math.toIntExact(years * 12L + months);
        } catch (ArithmeticException _) {
            throw Reject.overflow("INTERVAL YEAR TO MONTH", "make_ym_interval(%d, %d)".formatted(years, months));
        }
    }
}
