package dev.thalweg.tests.law;

import dev.thalweg.tests.law.Rel.Aggregate;
import dev.thalweg.tests.law.Rel.Window;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which session each row of a group is in. Sessions that touch are one.
final class Sessions {
    private Sessions() {}

    /// Start and end by row; a row without a time is in none.
    static Map<Tuple, List<@Nullable Object>> of(Aggregate aggregate, List<Tuple> rows) {
        Window window = aggregate.window().orElseThrow();
        Map<Object, List<Tuple>> groups = new LinkedHashMap<>();
        for (Tuple row : rows) {
            if (row.get(window.timeColumn()) != null) {
                List<@Nullable Object> key = new ArrayList<>();
                aggregate.keys().forEach(e -> key.add(RowBag.key(Scalars.evaluate(e, row.values()))));
                groups.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
            }
        }
        IdentityHashMap<Tuple, List<@Nullable Object>> sessions = new IdentityHashMap<>();
        groups.values().forEach(group -> split(window, group, sessions));
        return sessions;
    }

    private static void split(Window window, List<Tuple> group,
            IdentityHashMap<Tuple, List<@Nullable Object>> sessions) {
        group.sort(Comparator.comparing(row -> time(window, row)));
        List<Tuple> session = new ArrayList<>();
        for (Tuple row : group) {
            if (!session.isEmpty() && time(window, row).isAfter(end(window, session.getLast()))) {
                close(window, session, sessions);
                session.clear();
            }
            session.add(row);
        }
        close(window, session, sessions);
    }

    private static void close(Window window, List<Tuple> session,
            IdentityHashMap<Tuple, List<@Nullable Object>> sessions) {
        List<@Nullable Object> bounds = List.of(time(window, session.getFirst()), end(window, session.getLast()));
        session.forEach(row -> sessions.put(row, bounds));
    }

    private static Instant time(Window window, Tuple row) {
        return row.get(window.timeColumn()) instanceof Instant time ? time : Instant.MAX;
    }

    private static Instant end(Window window, Tuple row) {
        return time(window, row).plus(window.size(), ChronoUnit.MICROS);
    }
}
