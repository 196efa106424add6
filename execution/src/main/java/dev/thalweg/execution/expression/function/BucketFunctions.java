package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.kernel.DateTimes;
import java.time.LocalDate;
import java.util.function.LongUnaryOperator;

/// `time_bucket`: the start of the stretch of time that a time falls into, where stretches of one length follow each other from
/// an origin, forth and back. Days and months are those of the session's calendar; shorter ones are fixed lengths.
public final class BucketFunctions {
    private BucketFunctions() {}

    public static long timeBucket(EvaluationContext context, long size, long instant) {
        return timeBucket(context, size, instant, context.instantMicros(0));
    }

    public static long timeBucket(EvaluationContext context, long size, long instant, long origin) {
        checked(size, size + " microseconds");
        if (Math.abs(size) < DateTimes.MICROS_PER_DAY) {
            return origin + Math.floorDiv(Math.subtractExact(instant, origin), size) * size;
        }
        return start(instant, Math.floorDiv(DateTimes.betweenInstants(instant, origin, context), size),
                n -> DateTimes.addToInstant(origin, Math.multiplyExact(n, size), context));
    }

    public static long timeBucket(EvaluationContext context, int months, long instant) {
        return timeBucket(context, months, instant, context.instantMicros(0));
    }

    public static long timeBucket(EvaluationContext context, int months, long instant, long origin) {
        checked(months, months + " months");
        long between = monthsBetween(context.localMicros(origin), context.localMicros(instant));
        return start(instant, Math.floorDiv(between, months),
                n -> DateTimes.addMonthsToInstant(origin, Math.toIntExact(n * months), context));
    }

    public static long timeBucketNtz(long size, long local) {
        return timeBucketNtz(size, local, 0);
    }

    public static long timeBucketNtz(long size, long local, long origin) {
        checked(size, size + " microseconds");
        return origin + Math.floorDiv(Math.subtractExact(local, origin), size) * size;
    }

    public static long timeBucketNtz(int months, long local) {
        return timeBucketNtz(months, local, 0);
    }

    public static long timeBucketNtz(int months, long local, long origin) {
        checked(months, months + " months");
        return start(local, Math.floorDiv(monthsBetween(origin, local), months),
                n -> DateTimes.addMonthsToLocal(origin, Math.toIntExact(n * months)));
    }

    private static void checked(long size, String shown) {
        if (size <= 0) {
            throw Reject.argument("time_bucket", "size", shown, "longer than nothing");
        }
    }

    /// From a guess that is off by one at the most: days of 23 hours and months of 28 days do not add up.
    private static long start(long time, long guess, LongUnaryOperator startOf) {
        long number = guess;
        while (startOf.applyAsLong(number) > time) {
            number--;
        }
        while (startOf.applyAsLong(number + 1) <= time) {
            number++;
        }
        return startOf.applyAsLong(number);
    }

    private static long monthsBetween(long from, long to) {
        LocalDate first = LocalDate.ofEpochDay(DateTimes.dayOf(from));
        LocalDate last = LocalDate.ofEpochDay(DateTimes.dayOf(to));
        return 12L * (last.getYear() - first.getYear()) + last.getMonthValue() - first.getMonthValue();
    }
}
