package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.OfTheClock;

/// What the trigger's recorded clock shows: the same for every row of a trigger.
public final class ClockFunctions {
    private ClockFunctions() {}

    @OfTheClock
    public static int currentDate(EvaluationContext context) {
        return Times.dayOf(context.localMicros(context.clockMicros()));
    }

    @OfTheClock
    public static long currentTimestamp(EvaluationContext context) {
        return context.clockMicros();
    }

    /// In a batch query: over streams the clock moves rows, and calls nothing.
    public static long clock(EvaluationContext context) {
        return context.clockMicros();
    }

    @OfTheClock
    public static long localtimestamp(EvaluationContext context) {
        return context.localMicros(context.clockMicros());
    }

    @OfTheClock
    public static long unixTimestamp(EvaluationContext context) {
        return Math.floorDiv(context.clockMicros(), Times.SECOND);
    }

    public static String currentTimezone(EvaluationContext context) {
        return context.zone().getId();
    }
}
