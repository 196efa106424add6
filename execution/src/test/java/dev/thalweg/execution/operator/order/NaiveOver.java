package dev.thalweg.execution.operator.order;

import dev.thalweg.planner.incremental.Frame;
import dev.thalweg.planner.incremental.Frame.Bound;
import dev.thalweg.planner.incremental.Frame.Side;
import dev.thalweg.planner.incremental.Frame.Unit;
import dev.thalweg.planner.incremental.OverCall;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Window functions as a schoolbook has them: every row looks at all rows of its partition, one by one.
final class NaiveOver {
    private final List<Integer> partition;
    private final List<SortKey> order;

    NaiveOver(List<Integer> partition, List<SortKey> order) {
        this.partition = partition;
        this.order = order;
    }

    /// Each row with what the calls say of it.
    Map<List<@Nullable Object>, Long> of(List<List<@Nullable Object>> rows, List<OverCall> calls) {
        Map<List<@Nullable Object>, Long> result = new LinkedHashMap<>();
        for (List<List<@Nullable Object>> sorted : partitions(rows)) {
            for (int i = 0; i < sorted.size(); i++) {
                List<@Nullable Object> row = new ArrayList<>(sorted.get(i));
                for (OverCall call : calls) {
                    row.add(value(call, sorted, i));
                }
                result.merge(row, 1L, Long::sum);
            }
        }
        return result;
    }

    List<List<List<@Nullable Object>>> partitions(List<List<@Nullable Object>> rows) {
        Map<List<@Nullable Object>, List<List<@Nullable Object>>> parts = new LinkedHashMap<>();
        for (List<@Nullable Object> row : rows) {
            List<@Nullable Object> key = new ArrayList<>();
            partition.forEach(column -> key.add(row.get(column)));
            parts.computeIfAbsent(key, _ -> new ArrayList<>()).add(row);
        }
        parts.values().forEach(part -> part.sort(this::compare));
        return List.copyOf(parts.values());
    }

    int compare(List<@Nullable Object> one, List<@Nullable Object> other) {
        for (SortKey key : order) {
            int result = compare(one.get(key.column()), other.get(key.column()), key);
            if (result != 0) {
                return result;
            }
        }
        return 0;
    }

    @SuppressWarnings("unchecked")
    private static int compare(@Nullable Object one, @Nullable Object other, SortKey key) {
        if (one == null || other == null) {
            int nulls = Boolean.compare(other == null, one == null);
            return key.nullsFirst() ? nulls : -nulls;
        }
        int result = ((Comparable<Object>) one).compareTo(other);
        return key.descending() ? -result : result;
    }

    private @Nullable Object value(OverCall call, List<List<@Nullable Object>> rows, int at) {
        int peersBefore = (int) rows.stream().filter(row -> compare(row, rows.get(at)) < 0).count();
        int peersThrough = (int) rows.stream().filter(row -> compare(row, rows.get(at)) <= 0).count();
        return switch (call.function()) {
            case "row_number" -> at + 1;
            case "rank" -> peersBefore + 1;
            case "dense_rank" -> (int) IntStream.range(0, at + 1)
                    .filter(i -> i == 0 || compare(rows.get(i - 1), rows.get(i)) != 0).count();
            case "percent_rank" -> rows.size() == 1 ? 0.0 : (double) peersBefore / (rows.size() - 1);
            case "cume_dist" -> (double) peersThrough / rows.size();
            case "ntile" -> tile(rows.size(), at, (int) call.number());
            case "lag" -> shifted(call, rows, at, -1);
            case "lead" -> shifted(call, rows, at, 1);
            default -> framed(call, rows, at);
        };
    }

    private static int tile(int size, int at, int tiles) {
        int next = 0;
        for (int tile = 1;; tile++) {
            next += size / tiles + (tile <= size % tiles ? 1 : 0);
            if (at < next) {
                return tile;
            }
        }
    }

    private static @Nullable Object shifted(OverCall call, List<List<@Nullable Object>> rows, int at, int step) {
        int column = call.arguments().getFirst();
        long left = call.number();
        int place = at;
        while (left > 0) {
            place += step;
            if (place < 0 || place >= rows.size()) {
                return call.arguments().size() > 1 ? rows.get(at).get(call.arguments().get(1)) : null;
            }
            left -= call.ignoreNulls() && rows.get(place).get(column) == null ? 0 : 1;
        }
        return rows.get(place).get(column);
    }

    private @Nullable Object framed(OverCall call, List<List<@Nullable Object>> rows, int at) {
        List<List<@Nullable Object>> frame = IntStream.range(0, rows.size())
                .filter(i -> isIn(call.frame(), rows, at, i)).mapToObj(rows::get).toList();
        if (call.arguments().isEmpty()) {
            return (long) frame.size();
        }
        List<@Nullable Object> values = new ArrayList<>();
        frame.forEach(row -> values.add(row.get(call.arguments().getFirst())));
        boolean isOfPlace = List.of("first_value", "last_value", "nth_value").contains(call.function());
        if (!isOfPlace || call.ignoreNulls()) {
            values.removeIf(Objects::isNull);
        }
        return switch (call.function()) {
            case "count" -> (long) values.size();
            case "first_value" -> values.isEmpty() ? null : values.getFirst();
            case "last_value" -> values.isEmpty() ? null : values.getLast();
            case "nth_value" -> values.size() < call.number() ? null : values.get((int) call.number() - 1);
            case "min" -> values.stream().map(Long.class::cast).min(Comparator.naturalOrder()).orElse(null);
            case "max" -> values.stream().map(Long.class::cast).max(Comparator.naturalOrder()).orElse(null);
            case "sum" -> values.isEmpty() ? null : values.stream().mapToLong(v -> (Long) v).sum();
            case "avg" -> values.isEmpty()
                    ? null
                    : (double) values.stream().mapToLong(v -> (Long) v).sum()
                            / values.size();
            case "collect_list" -> values;
            default -> throw new IllegalArgumentException(call.function());
        };
    }

    private boolean isIn(Frame frame, List<List<@Nullable Object>> rows, int at, int other) {
        return !isBefore(frame, frame.start(), rows, at, other) && !isBehind(frame, frame.end(), rows, at, other);
    }

    private boolean isBefore(Frame frame, Bound start, List<List<@Nullable Object>> rows, int at, int other) {
        return start.side() != Side.UNBOUNDED_PRECEDING && away(frame, start, rows, at, other) < 0;
    }

    private boolean isBehind(Frame frame, Bound end, List<List<@Nullable Object>> rows, int at, int other) {
        return end.side() != Side.UNBOUNDED_FOLLOWING && away(frame, end, rows, at, other) > 0;
    }

    /// Negative, 0 or positive as the other row lies before, at or behind the bound of the row.
    private long away(Frame frame, Bound bound, List<List<@Nullable Object>> rows, int at, int other) {
        long offset = bound.side() == Side.CURRENT
                ? 0
                : ((Number) Objects.requireNonNull(bound.offset().value()))
                        .longValue();
        long shift = bound.side() == Side.PRECEDING ? -offset : offset;
        if (frame.unit() == Unit.ROWS) {
            return other - (at + shift);
        }
        if (frame.unit() == Unit.GROUPS) {
            return group(rows, other) - (group(rows, at) + shift);
        }
        if (bound.side() == Side.CURRENT) {
            return compare(rows.get(other), rows.get(at));
        }
        SortKey key = order.getFirst();
        Integer value = (Integer) rows.get(at).get(key.column());
        Integer that = (Integer) rows.get(other).get(key.column());
        if (value == null || that == null) {
            return compare(rows.get(other), rows.get(at));
        }
        return key.descending() ? value - that - shift : that - value - shift;
    }

    private long group(List<List<@Nullable Object>> rows, int at) {
        return IntStream.range(1, at + 1).filter(i -> compare(rows.get(i - 1), rows.get(i)) != 0).count();
    }
}
