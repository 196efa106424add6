package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.EvaluationContext;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.temporal.IsoFields;
import java.util.Locale;

/// One field of a date, time or interval, named by a string: `date_part('year', d)`, which is `extract(year FROM d)`.
public final class DatePartFunctions {
    private DatePartFunctions() {}

    public static Object datePart(EvaluationContext context, String field, long instant) {
        return datePartNtz(field, context.localMicros(instant));
    }

    public static Object datePartOfDate(String field, int date) {
        return part(field, date, 0);
    }

    public static Object datePartNtz(String field, long local) {
        return part(field, Times.dayOf(local), Math.floorMod(local, Times.DAY));
    }

    /// @param clock microseconds since midnight
    private static Object part(String field, int date, long clock) {
        return switch (field.toUpperCase(Locale.ROOT)) {
            case "YEAR", "Y", "YEARS", "YR", "YRS" -> DateFunctions.year(date);
            case "YEAROFWEEK" -> LocalDate.ofEpochDay(date).get(IsoFields.WEEK_BASED_YEAR);
            case "QUARTER", "QTR" -> DateFunctions.quarter(date);
            case "MONTH", "MON", "MONS", "MONTHS" -> DateFunctions.month(date);
            case "WEEK", "W", "WEEKS" -> DateFunctions.weekofyear(date);
            case "DAY", "D", "DAYS" -> DateFunctions.day(date);
            case "DAYOFWEEK", "DOW" -> DateFunctions.dayofweek(date);
            case "DAYOFWEEK_ISO", "DOW_ISO" -> DateFunctions.weekday(date) + 1;
            case "DOY" -> DateFunctions.dayofyear(date);
            case "HOUR", "H", "HOURS", "HR", "HRS" -> TimestampFunctions.hourNtz(clock);
            case "MINUTE", "M", "MIN", "MINS", "MINUTES" -> TimestampFunctions.minuteNtz(clock);
            case "SECOND", "S", "SEC", "SECONDS", "SECS" ->
                    BigDecimal.valueOf(Math.floorMod(clock, Times.MINUTE), 6);
            default -> throw Reject.argument("date_part", "field", field,
                    "one such as YEAR, QUARTER, MONTH, WEEK, DAY, DAYOFWEEK, DOY, HOUR, MINUTE or SECOND");
        };
    }

    public static Object datePartOfDayTime(String field, long interval) {
        return switch (field.toUpperCase(Locale.ROOT)) {
            case "DAY", "D", "DAYS" -> (int) (interval / Times.DAY);
            case "HOUR", "H", "HOURS", "HR", "HRS" -> (byte) (interval % Times.DAY / Times.HOUR);
            case "MINUTE", "M", "MIN", "MINS", "MINUTES" -> (byte) (interval % Times.HOUR / Times.MINUTE);
            case "SECOND", "S", "SEC", "SECONDS", "SECS" -> BigDecimal.valueOf(interval % Times.MINUTE, 6);
            default -> throw Reject.argument("date_part", "field of a day-time interval", field,
                    "DAY, HOUR, MINUTE or SECOND");
        };
    }

    public static Object datePartOfYearMonth(String field, int months) {
        return switch (field.toUpperCase(Locale.ROOT)) {
            case "YEAR", "Y", "YEARS", "YR", "YRS" -> months / 12;
            case "MONTH", "MON", "MONS", "MONTHS" -> (byte) (months % 12);
            default -> throw Reject.argument("date_part", "field of a year-month interval", field, "YEAR or MONTH");
        };
    }
}
