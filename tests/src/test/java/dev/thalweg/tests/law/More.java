package dev.thalweg.tests.law;

import dev.thalweg.tests.law.Rel.Clocked;
import dev.thalweg.tests.law.Rel.Lateral;
import dev.thalweg.tests.law.Rel.Order;
import dev.thalweg.tests.law.Rel.Pivot;
import dev.thalweg.tests.law.Rel.Reach;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// What lateral queries, recursion, PIVOT, `clock()` and the last moments of windows mean.
final class More {
    private More() {}

    static List<Tuple> clocked(Clocked filter, List<Tuple> rows, Instant clock) {
        return rows.stream().filter(row -> row.get(filter.column()) instanceof Instant time
                && holds(filter.comparison(), clock.compareTo(time.plus(filter.shiftMicros(), ChronoUnit.MICROS))))
                .map(Tuple::asEmitted).toList();
    }

    private static boolean holds(String comparison, int order) {
        return switch (comparison) {
            case ">=" -> order >= 0;
            case ">" -> order > 0;
            case "<=" -> order <= 0;
            case "<" -> order < 0;
            default -> throw new AssertionError(comparison);
        };
    }

    static List<Tuple> lateral(Lateral lateral, List<Tuple> left, List<Tuple> right) {
        List<Tuple> rows = new ArrayList<>();
        for (Tuple row : left) {
            List<Tuple> own = right.stream()
                    .filter(other -> lateral.keys().stream().allMatch(key -> belongs(lateral, key, row, other)))
                    .sorted((a, b) -> compare(lateral.order(), a, b)).limit(lateral.count()).toList();
            own.forEach(other -> rows.add(given(lateral, row.plus(other.values()))));
            if (own.isEmpty() && lateral.outer()) {
                rows.add(given(lateral, row.plus(Collections.nCopies(lateral.rightNames().size(), null))));
            }
        }
        return rows;
    }

    private static Tuple given(Lateral lateral, Tuple row) {
        return lateral.isOfStreams() ? row.asEmitted() : row.asNew();
    }

    private static boolean belongs(Lateral lateral, Rel.JoinKey key, Tuple row, Tuple other) {
        if (!lateral.isAbove()) {
            return Joins.matches(key, row, other);
        }
        Object one = Scalars.evaluate(key.left(), row.values());
        Object another = Scalars.evaluate(key.right(), other.values());
        return one != null && another != null && Scalars.compare(one, another) < 0;
    }

    private static int compare(List<Order> order, Tuple a, Tuple b) {
        for (Order key : order) {
            Object one = a.get(key.column());
            Object other = b.get(key.column());
            int result = one == null || other == null
                    ? Boolean.compare(one != null, other != null) * (key.nullsFirst() ? 1 : -1)
                    : Scalars.compare(one, other) * (key.descending() ? -1 : 1);
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }

    static List<Tuple> reached(Reach reach, List<Tuple> start, List<Tuple> edges) {
        List<List<@Nullable Object>> found = new ArrayList<>();
        Set<Object> seen = new HashSet<>();
        List<List<@Nullable Object>> last = new ArrayList<>();
        start.forEach(row -> last.add(numbered(reach, row.get(0), 0)));
        while (!last.isEmpty()) {
            List<List<@Nullable Object>> next = new ArrayList<>();
            for (List<@Nullable Object> row : last) {
                if (reach.length() > 0 || seen.add(row)) {
                    found.add(row);
                    next.addAll(further(reach, row, edges));
                }
            }
            last.clear();
            last.addAll(next);
        }
        return found.stream().map(Tuple::emitted).toList();
    }

    private static List<List<@Nullable Object>> further(Reach reach, List<@Nullable Object> row, List<Tuple> edges) {
        Object from = row.getFirst();
        int length = reach.length() == 0 ? 0 : (int) Objects.requireNonNull(row.get(1));
        List<List<@Nullable Object>> next = new ArrayList<>();
        if (from != null && (reach.length() == 0 || length < reach.length())) {
            edges.stream().filter(edge -> from.equals(edge.get(0)))
                    .forEach(edge -> next.add(numbered(reach, edge.get(1), length + 1)));
        }
        return next;
    }

    private static List<@Nullable Object> numbered(Reach reach, @Nullable Object number, int length) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(number);
        if (reach.length() > 0) {
            row.add(length);
        }
        return row;
    }

    /// A column is NULL where its group has no row of its value.
    static List<Tuple> pivoted(Pivot pivot, List<Tuple> input) {
        Map<Object, List<Tuple>> groups = new LinkedHashMap<>();
        input.forEach(row -> groups
                .computeIfAbsent(RowBag.key(row.values().subList(0, pivot.by())), _ -> new ArrayList<>()).add(row));
        List<Tuple> rows = new ArrayList<>();
        for (List<Tuple> group : groups.values()) {
            List<@Nullable Object> values = new ArrayList<>(group.getFirst().values().subList(0, pivot.by()));
            for (String value : pivot.values()) {
                List<Tuple> some = group.stream().filter(row -> value.equals(row.get(pivot.by()))).toList();
                pivot.calls().forEach(call -> values.add(some.isEmpty() ? null : Aggregates.evaluate(call, some)));
            }
            rows.add(Tuple.emitted(values));
        }
        if (groups.isEmpty() && pivot.by() == 0) {
            rows.add(Tuple.emitted(Collections.nCopies(pivot.columns().size(), null)));
        }
        return rows;
    }

    static Tuple withLastMoment(Tuple group) {
        Object end = group.get(1);
        return group.plus(Collections.singletonList(end instanceof Instant time
                ? time.minus(1, ChronoUnit.MICROS)
                : null));
    }
}
