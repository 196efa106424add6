package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.kernel.DateTimes;
import dev.thalweg.execution.expression.kernel.Failures;
import dev.thalweg.spi.error.InvalidQuery;
import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Fields of times, and arithmetic with times. An instant (TIMESTAMP) is looked at in the session's time zone.
public final class TimestampFunctions {
    private static final double DAYS_OF_MONTH = 31;
    private static final double EIGHT_DECIMALS = 1e8;

    private TimestampFunctions() {}

    public static int hour(EvaluationContext context, long instant) {
        return hourNtz(context.localMicros(instant));
    }

    public static int hourNtz(long local) {
        return (int) (Math.floorMod(local, Times.DAY) / Times.HOUR);
    }

    public static int minute(EvaluationContext context, long instant) {
        return minuteNtz(context.localMicros(instant));
    }

    public static int minuteNtz(long local) {
        return (int) (Math.floorMod(local, Times.HOUR) / Times.MINUTE);
    }

    public static int second(EvaluationContext context, long instant) {
        return secondNtz(context.localMicros(instant));
    }

    public static int secondNtz(long local) {
        return (int) (Math.floorMod(local, Times.MINUTE) / Times.SECOND);
    }

    /// The first instant of the unit; NULL for a unit that is none.
    public static @Nullable Long dateTrunc(EvaluationContext context, String unit, long instant) {
        CalendarUnit to = CalendarUnit.of(unit);
        long local = context.localMicros(instant);
        return switch (to) {
            case MICROSECOND -> instant;
            case MILLISECOND -> DateTimes.addToLocal(instant, -Math.floorMod(instant, Times.MILLISECOND));
            case SECOND -> DateTimes.addToLocal(instant, -Math.floorMod(instant, Times.SECOND));
            case MINUTE -> DateTimes.addToLocal(instant, -Math.floorMod(local, Times.MINUTE));
            case HOUR -> DateTimes.addToLocal(instant, -Math.floorMod(local, Times.HOUR));
            case DAY, WEEK, MONTH, QUARTER, YEAR ->
                    DateTimes.instantAtStartOfDay(to.firstDay(Times.dayOf(local)), context);
            case UNKNOWN -> null;
        };
    }

    public static long timestampadd(EvaluationContext context, String unit, long quantity, long instant) {
        try {
            int months = monthsOf(unit);
            return months > 0
                    ? DateTimes.addMonthsToInstant(instant, months(quantity, months), context)
                    : DateTimes.addToInstant(instant, Math.multiplyExact(quantity, microsOf(unit)), context);
        } catch (ArithmeticException | DateTimeException e) {
            throw overflow(unit, quantity);
        }
    }

    public static long timestampaddNtz(String unit, long quantity, long local) {
        try {
            int months = monthsOf(unit);
            return months > 0
                    ? DateTimes.addMonthsToLocal(local, months(quantity, months))
                    : DateTimes.addToLocal(local, Math.multiplyExact(quantity, microsOf(unit)));
        } catch (ArithmeticException | DateTimeException e) {
            throw overflow(unit, quantity);
        }
    }

    private static InvalidQuery overflow(String unit, long quantity) {
        return Failures.beyondCalendar("TIMESTAMP", "timestampadd(%s, %d, …)".formatted(unit, quantity));
    }

    private static int months(long quantity, int months) {
        return Math.toIntExact(Math.multiplyExact(quantity, months));
    }

    private static int monthsOf(String unit) {
        return switch (unit.toUpperCase(Locale.ROOT)) {
            case "MONTH" -> 1;
            case "QUARTER" -> 3;
            case "YEAR" -> 12;
            default -> 0;
        };
    }

    private static long microsOf(String unit) {
        return switch (unit.toUpperCase(Locale.ROOT)) {
            case "MICROSECOND" -> 1;
            case "MILLISECOND" -> Times.MILLISECOND;
            case "SECOND" -> Times.SECOND;
            case "MINUTE" -> Times.MINUTE;
            case "HOUR" -> Times.HOUR;
            case "DAY", "DAYOFYEAR" -> Times.DAY;
            case "WEEK" -> 7 * Times.DAY;
            default -> throw unknown(unit);
        };
    }

    private static InvalidQuery unknown(String unit) {
        return Reject.argument("timestampadd or timestampdiff", "unit", unit,
                "MICROSECOND, MILLISECOND, SECOND, MINUTE, HOUR, DAY, WEEK, MONTH, QUARTER or YEAR");
    }

    /// Whole units between what the wall clock shows at the two instants.
    public static long timestampdiff(EvaluationContext context, String unit, long start, long end) {
        LocalDateTime from = Zones.wallClock(context.localMicros(start));
        LocalDateTime to = Zones.wallClock(context.localMicros(end));
        return switch (unit.toUpperCase(Locale.ROOT)) {
            case "MICROSECOND" -> ChronoUnit.MICROS.between(from, to);
            case "MILLISECOND" -> ChronoUnit.MILLIS.between(from, to);
            case "SECOND" -> ChronoUnit.SECONDS.between(from, to);
            case "MINUTE" -> ChronoUnit.MINUTES.between(from, to);
            case "HOUR" -> ChronoUnit.HOURS.between(from, to);
            case "DAY", "DAYOFYEAR" -> ChronoUnit.DAYS.between(from, to);
            case "WEEK" -> ChronoUnit.WEEKS.between(from, to);
            case "MONTH" -> ChronoUnit.MONTHS.between(from, to);
            case "QUARTER" -> ChronoUnit.MONTHS.between(from, to) / 3;
            case "YEAR" -> ChronoUnit.YEARS.between(from, to);
            default -> throw unknown(unit);
        };
    }

    public static double monthsBetween(EvaluationContext context, long end, long start) {
        return monthsBetween(context, end, start, true);
    }

    /// In months of 31 days; whole where both are the same or the last day of their month. Rounded to 8 decimals if so wished.
    public static double monthsBetween(EvaluationContext context, long end, long start, boolean round) {
        LocalDateTime later = Zones.wallClock(context.localMicros(end));
        LocalDateTime earlier = Zones.wallClock(context.localMicros(start));
        double months = (later.getYear() - earlier.getYear()) * 12.0 + later.getMonthValue() - earlier.getMonthValue();
        if (later.getDayOfMonth() == earlier.getDayOfMonth() || (isLastDay(later) && isLastDay(earlier))) {
            return months;
        }
        long seconds = (later.getDayOfMonth() - earlier.getDayOfMonth()) * (Times.DAY / Times.SECOND)
                + secondOfDay(context, end, later) - secondOfDay(context, start, earlier);
        double between = months + seconds / (DAYS_OF_MONTH * (Times.DAY / Times.SECOND));
        return round ? Math.round(between * EIGHT_DECIMALS) / EIGHT_DECIMALS : between;
    }

    private static boolean isLastDay(LocalDateTime time) {
        return time.getDayOfMonth() == time.toLocalDate().lengthOfMonth();
    }

    private static long secondOfDay(EvaluationContext context, long instant, LocalDateTime local) {
        long midnight = context.instantMicros(local.toLocalDate().toEpochDay() * Times.DAY);
        return Math.floorDiv(instant - midnight, Times.SECOND);
    }

    public static long fromUtcTimestamp(EvaluationContext context, long instant, String zone) {
        return Zones.toLocal(instant, zone(context, zone));
    }

    public static long toUtcTimestamp(EvaluationContext context, long instant, String zone) {
        return Zones.toInstant(instant, zone(context, zone));
    }

    public static long convertTimezone(EvaluationContext context, String to, long local) {
        return Zones.toLocal(context.instantMicros(local), zone(context, to));
    }

    public static long convertTimezone(EvaluationContext context, String from, String to, long local) {
        return Zones.toLocal(Zones.toInstant(local, zone(context, from)), zone(context, to));
    }

    static ZoneId zone(EvaluationContext context, String name) {
        return context.remember(ZoneId.class, name, Zones::of);
    }
}
