package dev.thalweg.planner.incremental;

/// Which rows around a row a window function sees, both ends included.
public record Frame(Unit unit, Bound start, Bound end) {
    /// What an end counts: rows, values of the one ordering column, groups of equal ordering columns.
    public enum Unit {
        ROWS, RANGE, GROUPS
    }

    /// One end of a frame.
    ///
    /// @param offset so far away, from 0 up: BIGINT; in a RANGE, a difference of the ordering column's values: BIGINT (days of
    ///        dates, microseconds of times), DOUBLE, DECIMAL or months; NULL where the side says it all
    public record Bound(Side side, Expression.Literal offset) {}

    /// Where an end lies.
    public enum Side {
        UNBOUNDED_PRECEDING, PRECEDING, CURRENT, FOLLOWING, UNBOUNDED_FOLLOWING
    }
}
