package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.kernel.DateTimes;
import java.time.LocalDate;
import java.util.Locale;

/// A unit that `trunc` and `date_trunc` cut to.
enum CalendarUnit {
    YEAR, QUARTER, MONTH, WEEK, DAY, HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, UNKNOWN;

    static CalendarUnit of(String name) {
        return switch (name.toUpperCase(Locale.ROOT)) {
            case "YEAR", "YYYY", "YY" -> YEAR;
            case "QUARTER" -> QUARTER;
            case "MONTH", "MM", "MON" -> MONTH;
            case "WEEK" -> WEEK;
            case "DAY", "DD" -> DAY;
            case "HOUR" -> HOUR;
            case "MINUTE" -> MINUTE;
            case "SECOND" -> SECOND;
            case "MILLISECOND" -> MILLISECOND;
            case "MICROSECOND" -> MICROSECOND;
            default -> UNKNOWN;
        };
    }

    /// The first day of the unit that holds `date`; only of units of days.
    int firstDay(int date) {
        LocalDate day = LocalDate.ofEpochDay(date);
        return switch (this) {
            case YEAR -> first(day.withDayOfYear(1), day);
            case QUARTER -> first(day.withMonth((day.getMonthValue() - 1) / 3 * 3 + 1).withDayOfMonth(1), day);
            case MONTH -> first(day.withDayOfMonth(1), day);
            case WEEK -> first(day.minusDays(Math.floorMod(date + 3L, 7)), day);
            case DAY -> date;
            case HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND, UNKNOWN ->
                    throw new IllegalStateException(name());
        };
    }

    private int first(LocalDate first, LocalDate day) {
        return DateTimes.toDate(first.toEpochDay(), "the first day of the " + name() + " of", "", day);
    }
}
