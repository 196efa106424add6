package dev.thalweg.planner.incremental;

import java.util.Map;
import java.util.OptionalInt;

/// Which columns of an edge carry event time, and in what role. Empty where no watermark is.
public record EventTime(Map<Integer, Role> columns) {
    public static final EventTime NONE = new EventTime(Map.of());

    public EventTime {
        columns = Map.copyOf(columns);
    }

    /// How a column relates to the edge's watermark W.
    public enum Role {
        /// The event time itself: a row is late when the value is at or below W.
        TIME,
        /// The start of a window.
        WINDOW_START,
        /// The end of a window: a row is late, and a state entry final, when the value is at or below W.
        WINDOW_END
    }

    /// The column by which rows are late and state is freed, among the candidates: a window's end before a bare time.
    public OptionalInt deciding(Iterable<Integer> candidates) {
        OptionalInt time = OptionalInt.empty();
        for (int column : candidates) {
            Role role = columns.get(column);
            if (role == Role.WINDOW_END) {
                return OptionalInt.of(column);
            }
            if (role == Role.TIME && time.isEmpty()) {
                time = OptionalInt.of(column);
            }
        }
        return time;
    }
}
