package dev.thalweg.tests.law;

import dev.thalweg.tests.law.QueryCase.Mode;
import dev.thalweg.tests.law.Rel.Aggregate;
import dev.thalweg.tests.law.Rel.Distinct;
import dev.thalweg.tests.law.Rel.DropDuplicates;
import dev.thalweg.tests.law.Rel.Explode;
import dev.thalweg.tests.law.Rel.Filter;
import dev.thalweg.tests.law.Rel.Join;
import dev.thalweg.tests.law.Rel.JoinKey;
import dev.thalweg.tests.law.Rel.JoinKind;
import dev.thalweg.tests.law.Rel.Lookup;
import dev.thalweg.tests.law.Rel.Project;
import dev.thalweg.tests.law.Rel.Static;
import dev.thalweg.tests.law.Rel.Stream;
import dev.thalweg.tests.law.Rel.Union;
import dev.thalweg.tests.law.Rel.Watermark;
import dev.thalweg.tests.law.Rel.Window;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Computes a query of the law naively, over all input taken so far less the rows that the watermark had declared late.
///
/// It starts anew for every trigger: nothing is kept from one to the next, which is the point.
final class Interpreter {
    /// Rows that a group emits are never late further on: their time is above the watermark that let them pass.
    private static final int NEVER_LATE = -1;

    private final QueryCase query;
    private final int last;
    private final LatenessModel lateness;
    private int late;

    private Interpreter(QueryCase query, int last, LatenessModel lateness) {
        this.query = query;
        this.last = last;
        this.lateness = lateness;
    }

    /// @param rows of the result
    /// @param late how many rows operators have refused so far
    record Answer(List<List<@Nullable Object>> rows, int late) {}

    /// The batch answer over the whole input, which arrives stream after stream.
    static List<List<@Nullable Object>> batch(QueryCase query) {
        return new Interpreter(query.inOneTrigger(), 0, LatenessModel.NONE).answer().rows();
    }

    /// What the law says after trigger `last`.
    static Answer after(QueryCase query, int last, LatenessModel lateness) {
        return new Interpreter(query, last, lateness).answer();
    }

    /// All rows that reach the output of a stateless relation, by trigger.
    static List<Tuple> arrivals(QueryCase query, Rel stateless) {
        return new Interpreter(query, query.triggers().size() - 1, LatenessModel.NONE).rows(stateless);
    }

    private Answer answer() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        rows(query.query()).forEach(row -> rows.add(row.values()));
        return new Answer(rows, late);
    }

    private List<Tuple> rows(Rel rel) {
        return switch (rel) {
            case Stream stream -> arrivals(stream);
            case Static table -> query.tables().getOrDefault(table.name(), List.of()).stream()
                    .map(row -> new Tuple(row, 0, row)).toList();
            case Watermark watermark -> rows(watermark.input());
            case Filter filter -> rows(filter.input()).stream()
                    .filter(row -> Scalars.isTrue(filter.condition(), row.values())).toList();
            case Project project -> rows(project.input()).stream()
                    .map(row -> row.with(values(project.expressions(), row))).toList();
            case Explode explode ->
                    rows(explode.input()).stream().flatMap(row -> exploded(explode, row).stream()).toList();
            case Join join -> rows(join.left()).stream().flatMap(row -> joined(join, row).stream()).toList();
            case Lookup lookup -> rows(lookup.input()).stream().map(row -> lookedUp(lookup, row)).toList();
            case Union union -> union(union);
            case Distinct distinct -> first(distinct.input(), allColumns(distinct));
            case DropDuplicates drop -> first(drop.input(), drop.keys());
            case Aggregate aggregate -> aggregate(aggregate);
        };
    }

    private List<Tuple> arrivals(Stream stream) {
        List<Tuple> rows = new ArrayList<>();
        for (int trigger = 0; trigger <= last; trigger++) {
            for (List<@Nullable Object> row : query.triggers().get(trigger).of(stream.name())) {
                rows.add(new Tuple(row, trigger, new Object()));
            }
        }
        return rows;
    }

    private static List<@Nullable Object> values(List<Expr> expressions, Tuple row) {
        List<@Nullable Object> values = new ArrayList<>();
        expressions.forEach(e -> values.add(Scalars.evaluate(e, row.values())));
        return values;
    }

    private static List<Tuple> exploded(Explode explode, Tuple row) {
        Object array = Scalars.evaluate(explode.array(), row.values());
        return array == null
                ? List.of()
                : ((List<?>) array).stream().map(element -> row.plus(List.of(element)).asNew()).toList();
    }

    private List<Tuple> joined(Join join, Tuple row) {
        List<Tuple> matches = rows(join.right()).stream().filter(other -> matches(join, row, other))
                .map(other -> row.plus(other.values()).asNew()).toList();
        return switch (join.kind()) {
            case INNER -> matches;
            case LEFT -> matches.isEmpty()
                    ? List.of(row.plus(Collections.nCopies(join.rightNames().size(), (Object) null)))
                    : matches;
            case NOT_IN -> isNotIn(join, row) ? List.of(row) : List.of();
            case SEMI, ANTI -> matches.isEmpty() == (join.kind() == JoinKind.ANTI) ? List.of(row) : List.of();
        };
    }

    private boolean isNotIn(Join join, Tuple row) {
        Object left = Scalars.evaluate(join.key().left(), row.values());
        List<Tuple> others = rows(join.right());
        return others.isEmpty() || (left != null && others.stream()
                .map(other -> Scalars.evaluate(join.key().right(), other.values()))
                .noneMatch(right -> right == null || Scalars.compare(left, right) == 0));
    }

    private static boolean matches(Join join, Tuple row, Tuple other) {
        return matches(join.key(), row, other) && (join.residual().isEmpty()
                || Scalars.isTrue(join.residual().get(), row.plus(other.values()).values()));
    }

    private static boolean matches(JoinKey key, Tuple row, Tuple other) {
        Object left = Scalars.evaluate(key.left(), row.values());
        Object right = Scalars.evaluate(key.right(), other.values());
        return (left == null || right == null)
                ? key.isNullSafe() && left == null && right == null
                : Scalars.compare(left, right) == 0;
    }

    private Tuple lookedUp(Lookup lookup, Tuple row) {
        List<Tuple> group = rows(lookup.table()).stream()
                .filter(other -> lookup.correlation().isEmpty() || matches(lookup.correlation().get(), row, other))
                .toList();
        return row.plus(Collections.singletonList(Aggregates.evaluate(lookup.call(), group)));
    }

    private List<Tuple> union(Union union) {
        List<Tuple> rows = new ArrayList<>(rows(union.left()));
        rows.addAll(rows(union.right()));
        rows.sort(Comparator.comparingInt(Tuple::trigger)); // stable: within a trigger the left comes first
        return rows;
    }

    private static List<Integer> allColumns(Rel rel) {
        return java.util.stream.IntStream.range(0, rel.columns().size()).boxed().toList();
    }

    /// The first row of each key among those that are not late.
    private List<Tuple> first(Rel input, List<Integer> keys) {
        Map<Object, Tuple> first = new LinkedHashMap<>();
        Set<Object> refused = new HashSet<>();
        for (Tuple row : rows(input)) {
            if (lateness.isLate(query, input, keys, row)) {
                refused.add(row.origin());
            } else {
                List<@Nullable Object> key = new ArrayList<>();
                keys.forEach(i -> key.add(RowBag.key(row.get(i))));
                first.putIfAbsent(key, row);
            }
        }
        late += refused.size();
        return first.values().stream().map(Tuple::asNew).toList();
    }

    private List<Tuple> aggregate(Aggregate aggregate) {
        Map<List<@Nullable Object>, List<Tuple>> groups = new LinkedHashMap<>();
        Map<List<@Nullable Object>, List<@Nullable Object>> shown = new LinkedHashMap<>();
        Set<Object> refused = new HashSet<>();
        for (Tuple row : rows(aggregate.input())) {
            List<@Nullable Object> keys = values(aggregate.keys(), row);
            for (List<@Nullable Object> window : windows(aggregate, row)) {
                if (lateness.isLate(query, aggregate, window, row)) {
                    refused.add(row.origin());
                    continue;
                }
                for (int set = 0; set < aggregate.sets().size(); set++) {
                    List<@Nullable Object> visible = new ArrayList<>(window);
                    for (int i = 0; i < keys.size(); i++) {
                        visible.add(aggregate.sets().get(set).contains(i) ? keys.get(i) : null);
                    }
                    List<@Nullable Object> key = RowBag.key(visible);
                    key.add(set);
                    shown.putIfAbsent(key, visible);
                    groups.computeIfAbsent(key, k -> new ArrayList<>()).add(row);
                }
            }
        }
        late += refused.size();
        if (aggregate.window().isEmpty() && aggregate.keys().isEmpty() && groups.isEmpty()) {
            groups.put(List.of(), List.of()); // a global aggregate has a row even for no input
            shown.put(List.of(), List.of());
        }
        List<Tuple> results = new ArrayList<>();
        groups.forEach((key, group) -> {
            List<@Nullable Object> values = new ArrayList<>(shown.getOrDefault(key, List.of()));
            aggregate.calls().forEach(call -> values.add(Aggregates.evaluate(call, group)));
            boolean isShown = aggregate.having().isEmpty() || Scalars.isTrue(aggregate.having().get(), values);
            if (isShown && (query.mode() != Mode.APPEND || lateness.isFinal(aggregate, values, last))) {
                results.add(new Tuple(values, NEVER_LATE, new Object()));
            }
        });
        return results;
    }

    /// The windows a row is in, each as its start and end; the empty list once where there are no windows.
    static List<List<@Nullable Object>> windows(Aggregate aggregate, Tuple row) {
        if (aggregate.window().isEmpty()) {
            return List.of(List.of());
        }
        Window window = aggregate.window().get();
        Object time = row.get(window.timeColumn());
        List<List<@Nullable Object>> windows = new ArrayList<>();
        if (time instanceof Instant instant) {
            long micros = ChronoUnit.MICROS.between(Instant.EPOCH, instant);
            long start = Math.floorDiv(micros, window.slide()) * window.slide();
            for (; start + window.size() > micros; start -= window.slide()) {
                windows.add(List.of(Instant.EPOCH.plus(start, ChronoUnit.MICROS),
                        Instant.EPOCH.plus(start + window.size(), ChronoUnit.MICROS)));
            }
        }
        return windows;
    }
}
