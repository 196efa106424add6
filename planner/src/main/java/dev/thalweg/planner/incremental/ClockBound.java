package dev.thalweg.planner.incremental;

/// A time of each row, beyond which the clock must be or must not be yet. Where the time is NULL the row is never let through.
///
/// @param column of the input, a TIMESTAMP
/// @param shiftMicros that are added to it
public record ClockBound(int column, long shiftMicros, Side side) {
    /// Where the clock must stand.
    public enum Side {
        /// At the time or past it.
        FROM(">="),
        /// Past the time.
        AFTER(">"),
        /// Not at the time yet.
        BEFORE("<"),
        /// Not past the time yet.
        THROUGH("<=");

        private final String operator;

        Side(String operator) {
            this.operator = operator;
        }

        /// What stands between `clock()` and the time.
        public String operator() {
            return operator;
        }
    }

    /// Whether it is an end, not a beginning.
    public boolean leaves() {
        return side == Side.BEFORE || side == Side.THROUGH;
    }

    /// The first clock at which a row is let through, or no more; far times stay far.
    public long turnsAt(long micros) {
        long moved = plus(micros, shiftMicros);
        return side == Side.AFTER || side == Side.THROUGH ? plus(moved, 1) : moved;
    }

    private static long plus(long left, long right) {
        long sum = left + right;
        boolean overflows = ((left ^ sum) & (right ^ sum)) < 0;
        return overflows ? (left < 0 ? Long.MIN_VALUE : Long.MAX_VALUE) : sum;
    }
}
