package dev.thalweg.execution.expression.kernel;

/// Which windows a time lies in. Windows begin at `offset + k * slide`.
public final class Windows {
    private Windows() {}

    /// The start of the last window that begins at or before `time`. The difference of the remainders cannot overflow,
    /// whatever the time and the offset.
    ///
    /// @param reach how far, at most, the bounds of its windows lie from `time`
    public static long lastStart(long time, long slide, long offset, long reach) {
        if (time > Long.MAX_VALUE - reach || time < Long.MIN_VALUE + reach) {
            throw Failures.overflow("TIMESTAMP",
                    "a window that holds %d microseconds since 1970 has no bounds".formatted(time));
        }
        long since = Math.floorMod(time, slide) - Math.floorMod(offset, slide);
        return time - (since < 0 ? since + slide : since);
    }
}
