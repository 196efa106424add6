package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.kernel.Arithmetic;
import dev.thalweg.execution.expression.kernel.DateTimes;
import java.time.DateTimeException;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.TextStyle;
import java.time.temporal.IsoFields;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Fields of dates and arithmetic with dates: days since 1970-01-01 in the proleptic Gregorian calendar.
public final class DateFunctions {
    private DateFunctions() {}

    public static int year(int date) {
        return LocalDate.ofEpochDay(date).getYear();
    }

    public static int quarter(int date) {
        return (month(date) - 1) / 3 + 1;
    }

    public static int month(int date) {
        return LocalDate.ofEpochDay(date).getMonthValue();
    }

    public static int day(int date) {
        return LocalDate.ofEpochDay(date).getDayOfMonth();
    }

    /// 1 is Sunday.
    public static int dayofweek(int date) {
        return Math.floorMod(date + 4L, 7) + 1;
    }

    /// 0 is Monday.
    public static int weekday(int date) {
        return Math.floorMod(date + 3L, 7);
    }

    public static int dayofyear(int date) {
        return LocalDate.ofEpochDay(date).getDayOfYear();
    }

    /// As ISO 8601 numbers weeks.
    public static int weekofyear(int date) {
        return LocalDate.ofEpochDay(date).get(IsoFields.WEEK_OF_WEEK_BASED_YEAR);
    }

    public static String dayname(int date) {
        return LocalDate.ofEpochDay(date).getDayOfWeek().getDisplayName(TextStyle.SHORT, Locale.US);
    }

    public static String monthname(int date) {
        return LocalDate.ofEpochDay(date).getMonth().getDisplayName(TextStyle.SHORT, Locale.US);
    }

    /// Wraps beyond the last day, as Spark's does; `date + INTERVAL n DAYS` tells the overflow.
    public static int dateAdd(int date, int days) {
        return date + days;
    }

    /// Wraps as [#dateAdd] does.
    public static int dateSub(int date, int days) {
        return date - days;
    }

    public static int dateDiff(int end, int start) {
        return Arithmetic.subtract(end, start);
    }

    public static int addMonths(int date, int months) {
        return DateTimes.addMonths(date, months);
    }

    public static int lastDay(int date) {
        LocalDate day = LocalDate.ofEpochDay(date);
        return DateTimes.toDate(YearMonth.from(day).atEndOfMonth().toEpochDay(), "the last day of the month of", "",
                day);
    }

    public static int nextDay(int date, String day) {
        LocalDate from = LocalDate.ofEpochDay(date);
        return DateTimes.toDate(from.with(TemporalAdjusters.next(dayOfWeek(day))).toEpochDay(), "the next " + day,
                "after",
                from);
    }

    private static DayOfWeek dayOfWeek(String day) {
        return switch (day.strip().toUpperCase(Locale.ROOT)) {
            case "MO", "MON", "MONDAY" -> DayOfWeek.MONDAY;
            case "TU", "TUE", "TUESDAY" -> DayOfWeek.TUESDAY;
            case "WE", "WED", "WEDNESDAY" -> DayOfWeek.WEDNESDAY;
            case "TH", "THU", "THURSDAY" -> DayOfWeek.THURSDAY;
            case "FR", "FRI", "FRIDAY" -> DayOfWeek.FRIDAY;
            case "SA", "SAT", "SATURDAY" -> DayOfWeek.SATURDAY;
            case "SU", "SUN", "SUNDAY" -> DayOfWeek.SUNDAY;
            default -> throw Reject.argument("next_day", "day of the week", day, "one such as 'MO', 'Mon' or 'Monday'");
        };
    }

    /// The first day of the unit; NULL where the unit is not a week or longer.
    public static @Nullable Integer trunc(int date, String unit) {
        return switch (CalendarUnit.of(unit)) {
            case YEAR, QUARTER, MONTH, WEEK -> CalendarUnit.of(unit).firstDay(date);
            case DAY, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, UNKNOWN -> null;
        };
    }

    public static int unixDate(int date) {
        return date;
    }

    public static int dateFromUnixDate(int days) {
        return days;
    }

    public static int makeDate(int year, int month, int day) {
        try {
            return Math.toIntExact(LocalDate.of(year, month, day).toEpochDay());
        } catch (DateTimeException | ArithmeticException e) {
            throw Reject.argument("make_date", "date", year + "-" + month + "-" + day, "a day of the calendar");
        }
    }
}
