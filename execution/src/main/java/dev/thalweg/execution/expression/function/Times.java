package dev.thalweg.execution.expression.function;

/// Lengths of time in microseconds.
final class Times {
    static final long MILLISECOND = 1_000;
    static final long SECOND = 1_000_000;
    static final long MINUTE = 60 * SECOND;
    static final long HOUR = 60 * MINUTE;
    static final long DAY = 24 * HOUR;

    private Times() {}

    static int dayOf(long localMicros) {
        return Math.toIntExact(Math.floorDiv(localMicros, DAY));
    }
}
