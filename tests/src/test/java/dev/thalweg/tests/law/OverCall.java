package dev.thalweg.tests.law;

import java.util.Optional;

/// A window function.
///
/// @param column its argument; -1 where it has none
/// @param number of rows back or ahead, of tiles, of the nth row; 0 where it takes none
/// @param frame the rows it sees; the one that SQL takes where there is none
record OverCall(Function function, int column, int number, boolean ignoresNulls, Optional<Frame> frame, String name,
        Type type) {
    enum Function {
        ROW_NUMBER, RANK, DENSE_RANK, NTILE, PERCENT_RANK, CUME_DIST, LAG, LEAD, FIRST_VALUE, LAST_VALUE, NTH_VALUE, COUNT, SUM, AVG, MIN, MAX;

        /// Whether it gives equal rows the same, whatever their order.
        boolean isForPeers() {
            return this == RANK || this == DENSE_RANK || this == PERCENT_RANK || this == CUME_DIST || isAggregate();
        }

        /// Whether it may have to see rows behind, of which no time says when they come.
        boolean waitsForRows() {
            return this == NTILE || this == PERCENT_RANK || this == CUME_DIST || this == LEAD;
        }

        boolean isAggregate() {
            return compareTo(COUNT) >= 0;
        }

        boolean takesFrame() {
            return compareTo(FIRST_VALUE) >= 0;
        }
    }

    enum Unit {
        ROWS, RANGE, GROUPS
    }

    /// From `start` to `end`, both included.
    ///
    /// @param inTime whether a RANGE counts times: one is [#STEP] seconds
    record Frame(Unit unit, Bound start, Bound end, boolean inTime) {
        static final int STEP = 5;

        /// How far behind the time of a row the frame looks, in microseconds.
        long ahead() {
            return unit == Unit.RANGE && inTime ? 1_000_000L * STEP * Math.max(0, end.offset().orElse(0)) : 0;
        }

        private String sql() {
            boolean isSpan = unit == Unit.RANGE && inTime;
            return " " + unit + " BETWEEN " + start.sql(true, isSpan) + " AND " + end.sql(false, isSpan);
        }
    }

    /// One end of a frame, counted from the row: below 0 before it.
    ///
    /// @param offset empty: as far as the partition goes
    record Bound(Optional<Integer> offset) {
        static final Bound CURRENT = new Bound(Optional.of(0));
        static final Bound UNBOUNDED = new Bound(Optional.empty());

        String sql(boolean isStart, boolean isSpan) {
            if (offset.isEmpty()) {
                return isStart ? "UNBOUNDED PRECEDING" : "UNBOUNDED FOLLOWING";
            }
            int rows = offset.get();
            String distance = isSpan
                    ? "INTERVAL '" + Math.abs(rows) * Frame.STEP + "' SECOND"
                    : String.valueOf(Math.abs(rows));
            return rows == 0 ? "CURRENT ROW" : distance + (rows < 0 ? " PRECEDING" : " FOLLOWING");
        }
    }

    String frameSql() {
        return frame.map(Frame::sql).orElse("");
    }
}
