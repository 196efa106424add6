package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.kernel.DateTimes;
import dev.thalweg.spi.error.InvalidQuery;
import java.time.DateTimeException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `try_add` and `try_subtract` of dates, times and intervals: NULL where the sum is no date or time.
public final class TryDateFunctions {
    private TryDateFunctions() {}

    public static @Nullable Integer tryAddDays(int date, int days) {
        return TryFunctions.tryAdd(date, days);
    }

    public static @Nullable Integer trySubtractDays(int date, int days) {
        return TryFunctions.trySubtract(date, days);
    }

    public static @Nullable Integer tryAddMonths(int date, int months) {
        return orNull(() -> DateFunctions.addMonths(date, months));
    }

    public static @Nullable Integer trySubtractMonths(int date, int months) {
        return orNull(() -> DateFunctions.addMonths(date, Math.negateExact(months)));
    }

    public static @Nullable Long tryAddInterval(EvaluationContext context, long instant, long interval) {
        return orNull(() -> DateTimes.addToInstant(instant, interval, context));
    }

    public static @Nullable Long trySubtractInterval(EvaluationContext context, long instant, long interval) {
        return orNull(() -> DateTimes.addToInstant(instant, Math.negateExact(interval), context));
    }

    public static @Nullable Long tryAddInterval(EvaluationContext context, long instant, int months) {
        return orNull(() -> DateTimes.addMonthsToInstant(instant, months, context));
    }

    public static @Nullable Long trySubtractInterval(EvaluationContext context, long instant, int months) {
        return orNull(() -> DateTimes.addMonthsToInstant(instant, Math.negateExact(months), context));
    }

    public static @Nullable Long tryAddTime(long time, long interval) {
        return orNull(() -> DateTimes.addToTime(time, interval));
    }

    public static @Nullable Long tryAddToInterval(long interval, long time) {
        return tryAddTime(time, interval);
    }

    public static @Nullable Long trySubtractTime(long time, long interval) {
        return orNull(() -> DateTimes.addToTime(time, Math.negateExact(interval)));
    }

    /// Between two times of day: never too much.
    public static @Nullable Long trySubtractTimes(long time, long other) {
        return time - other;
    }

    private static <T> @Nullable T orNull(Supplier<T> sum) {
        try {
            return sum.get();
        } catch (ArithmeticException | DateTimeException | InvalidQuery _) {
            return null;
        }
    }
}
