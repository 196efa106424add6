package dev.thalweg.planner.incremental;

import java.util.HashMap;
import java.util.Map;
import java.util.OptionalInt;

/// Which columns of an edge carry event time, in what role, and how far they lag behind the edge's watermark. Empty where no
/// watermark is.
///
/// @param lags by how many microseconds rows that are still to come may lie below W; a column that is not here: by none. A join
///        gives such rows: it joins what it has kept with what comes
public record EventTime(Map<Integer, Role> columns, Map<Integer, Long> lags) {
    public static final EventTime NONE = new EventTime(Map.of());

    public EventTime {
        columns = Map.copyOf(columns);
        lags = Map.copyOf(lags);
    }

    /// Columns that do not lag.
    public EventTime(Map<Integer, Role> columns) {
        this(columns, Map.of());
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

    /// So far below W may the column of a row lie that is still to come.
    public long lag(int column) {
        return lags.getOrDefault(column, 0L);
    }

    /// The same columns at other places.
    ///
    /// @param sources for each place the column that is there now, or -1
    EventTime moved(int... sources) {
        Map<Integer, Role> roles = new HashMap<>();
        Map<Integer, Long> moved = new HashMap<>();
        for (int i = 0; i < sources.length; i++) {
            Role role = columns.get(sources[i]);
            if (role != null) {
                roles.put(i, role);
                if (lag(sources[i]) > 0) {
                    moved.put(i, lag(sources[i]));
                }
            }
        }
        return new EventTime(roles, moved);
    }

    /// What is so in either, where both have no rows; lagging as the one that lags more.
    EventTime or(EventTime other) {
        Map<Integer, Role> roles = new HashMap<>(other.columns);
        roles.putAll(columns);
        Map<Integer, Long> most = new HashMap<>(other.lags);
        lags.forEach((column, lag) -> most.merge(column, lag, Math::max));
        return new EventTime(roles, most);
    }

    /// Only what is so in both, lagging as the one that lags more.
    EventTime and(EventTime other) {
        Map<Integer, Role> roles = new HashMap<>(columns);
        roles.entrySet().removeIf(entry -> other.columns.get(entry.getKey()) != entry.getValue());
        Map<Integer, Long> most = new HashMap<>();
        for (int column : roles.keySet()) {
            long lag = Math.max(lag(column), other.lag(column));
            if (lag > 0) {
                most.put(column, lag);
            }
        }
        return new EventTime(roles, most);
    }
}
