package dev.thalweg.execution.expression.kernel;

import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.spi.format.TimeOfDay;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.LocalDate;

/// Arithmetic of dates, times and intervals, as Spark does it: days and months are counted on the session zone's calendar,
/// anything shorter on the time line.
public final class DateTimes {
    public static final long MICROS_PER_DAY = 86_400_000_000L;
    /// Whole days, either way, whose microseconds a long can count.
    private static final long DAYS_MAX = Long.MAX_VALUE / MICROS_PER_DAY;

    private DateTimes() {}

    public static int addDays(int date, int days) {
        int sum = date + days;
        if (((date ^ sum) & (days ^ sum)) < 0) {
            throw Failures.overflow("DATE", "+", LocalDate.ofEpochDay(date), days + " days", "try_add");
        }
        return sum;
    }

    /// DATE plus an interval of whole days.
    public static int addInterval(int date, long intervalMicros) {
        return addDays(date, Math.toIntExact(intervalMicros / MICROS_PER_DAY));
    }

    public static int addMonths(int date, int months) {
        LocalDate day = LocalDate.ofEpochDay(date);
        return toDate(day.plusMonths(months).toEpochDay(), day, "+", months + " months");
    }

    /// A day that must be a DATE.
    ///
    /// @param left as users read it, like the operation and `right`
    public static int toDate(long day, Object left, String operation, Object right) {
        if ((int) day != day) {
            throw Failures.beyondCalendar("DATE", left + " " + operation + " " + right);
        }
        return (int) day;
    }

    public static int negated(int months) {
        return Arithmetic.negate(months);
    }

    public static long between(int later, int earlier) {
        long days = later - (long) earlier;
        if (Math.abs(days) > DAYS_MAX) {
            throw Failures.beyondCalendar("INTERVAL DAY TO SECOND",
                    LocalDate.ofEpochDay(later) + " - " + LocalDate.ofEpochDay(earlier));
        }
        return days * MICROS_PER_DAY;
    }

    public static long atStartOfDay(int date) {
        if (Math.abs((long) date) > DAYS_MAX) {
            throw Failures.beyondCalendar("TIMESTAMP", "the DATE " + LocalDate.ofEpochDay(date));
        }
        return date * MICROS_PER_DAY;
    }

    public static long instantAtStartOfDay(int date, EvaluationContext context) {
        return context.instantMicros(atStartOfDay(date));
    }

    public static int dayOf(long localMicros) {
        return Math.toIntExact(Math.floorDiv(localMicros, MICROS_PER_DAY));
    }

    /// TIMESTAMP plus a day-time interval.
    public static long addToInstant(long instant, long intervalMicros, EvaluationContext context) {
        long days = intervalMicros / MICROS_PER_DAY;
        long rest = intervalMicros - days * MICROS_PER_DAY;
        if (days == 0) {
            return addToLocal(instant, rest);
        }
        long local = addToLocal(context.localMicros(instant), days * MICROS_PER_DAY);
        return addToLocal(context.instantMicros(local), rest);
    }

    /// TIMESTAMP_NTZ plus a day-time interval.
    public static long addToLocal(long local, long intervalMicros) {
        long sum = local + intervalMicros;
        if (((local ^ sum) & (intervalMicros ^ sum)) < 0) {
            throw Failures.beyondCalendar("TIMESTAMP",
                    "%d microseconds + %d microseconds".formatted(local, intervalMicros));
        }
        return sum;
    }

    /// TIME plus a day-time interval: both ends of the day are walls.
    public static long addToTime(long time, long intervalMicros) {
        long sum = time + intervalMicros;
        if (sum < 0 || sum >= MICROS_PER_DAY || ((time ^ sum) & (intervalMicros ^ sum)) < 0) {
            throw Failures.beyondCalendar("TIME",
                    TimeOfDay.text(time) + (intervalMicros < 0
                            ? " - " + ToText.dayTime(-intervalMicros)
                            : " + " + ToText.dayTime(intervalMicros)));
        }
        return sum;
    }

    public static long addMonthsToInstant(long instant, int months, EvaluationContext context) {
        return context.instantMicros(addMonthsToLocal(context.localMicros(instant), months));
    }

    public static long addMonthsToLocal(long local, int months) {
        int day = dayOf(local);
        return addToLocal(atStartOfDay(addMonths(day, months)), Math.floorMod(local, MICROS_PER_DAY));
    }

    /// The time that clocks in the session's zone show between two instants.
    public static long betweenInstants(long later, long earlier, EvaluationContext context) {
        return Arithmetic.subtract(context.localMicros(later), context.localMicros(earlier));
    }

    public static long multiply(long intervalMicros, double factor) {
        return rounded(intervalMicros * factor);
    }

    public static long multiply(long intervalMicros, BigDecimal factor) {
        return exact(factor.multiply(BigDecimal.valueOf(intervalMicros)));
    }

    public static long divide(long intervalMicros, double divisor) {
        if (divisor == 0) {
            throw Failures.divisionByZero("/", intervalMicros + " microseconds");
        }
        return rounded(intervalMicros / divisor);
    }

    public static long divide(long intervalMicros, BigDecimal divisor) {
        if (divisor.signum() == 0) {
            throw Failures.divisionByZero("/", intervalMicros + " microseconds");
        }
        return exact(BigDecimal.valueOf(intervalMicros).divide(divisor, 1, RoundingMode.HALF_UP));
    }

    public static int toMonths(long months) {
        if ((int) months != months) {
            throw Failures.overflow("INTERVAL YEAR TO MONTH", months + " months");
        }
        return (int) months;
    }

    private static long exact(BigDecimal micros) {
        BigDecimal whole = micros.setScale(0, RoundingMode.HALF_UP);
        if (whole.unscaledValue().bitLength() > 63) {
            throw Failures.overflow("INTERVAL", micros.toPlainString() + " units");
        }
        return whole.longValue();
    }

    private static long rounded(double micros) {
        if (Double.isNaN(micros) || Math.abs(micros) >= 0x1p63) {
            throw Failures.overflow("INTERVAL", micros + " units");
        }
        return exact(BigDecimal.valueOf(micros));
    }
}
