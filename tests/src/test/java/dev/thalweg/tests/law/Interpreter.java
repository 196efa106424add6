package dev.thalweg.tests.law;

import dev.thalweg.tests.law.QueryCase.Mode;
import dev.thalweg.tests.law.Rel.Aggregate;
import dev.thalweg.tests.law.Rel.Distinct;
import dev.thalweg.tests.law.Rel.DropDuplicates;
import dev.thalweg.tests.law.Rel.Explode;
import dev.thalweg.tests.law.Rel.Filter;
import dev.thalweg.tests.law.Rel.Join;
import dev.thalweg.tests.law.Rel.Lookup;
import dev.thalweg.tests.law.Rel.Over;
import dev.thalweg.tests.law.Rel.Project;
import dev.thalweg.tests.law.Rel.SetOperation;
import dev.thalweg.tests.law.Rel.Static;
import dev.thalweg.tests.law.Rel.Stream;
import dev.thalweg.tests.law.Rel.Top;
import dev.thalweg.tests.law.Rel.Union;
import dev.thalweg.tests.law.Rel.Watermark;
import dev.thalweg.tests.law.Rel.Window;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Computes a query of the law naively, over all input taken so far less the rows that the watermark had declared late.
///
/// It starts anew for every trigger: nothing is kept from one to the next, which is the point.
final class Interpreter {
    private final QueryCase query;
    private final int last;
    private final LatenessModel lateness;
    private final Instant clock;
    private final Lifetimes lifetimes;
    private int late;

    private Interpreter(QueryCase query, int last, LatenessModel lateness, Instant clock) {
        this.query = query;
        this.last = last;
        this.lateness = lateness;
        this.clock = clock;
        this.lifetimes = new Lifetimes(query, lateness, last);
    }

    /// @param rows of the result
    /// @param late how many rows operators have refused so far
    record Answer(List<List<@Nullable Object>> rows, int late) {}

    /// The batch answer over the whole input, which arrives stream after stream.
    static List<List<@Nullable Object>> batch(QueryCase query) {
        return new Interpreter(query.inOneTrigger(), 0, LatenessModel.NONE, query.lastClock()).answer().rows();
    }

    /// What the law says after trigger `last`.
    static Answer after(QueryCase query, int last, LatenessModel lateness) {
        return new Interpreter(query, last, lateness, query.clock(last)).answer();
    }

    /// All rows that reach the output of a stateless relation, by trigger.
    static List<Tuple> arrivals(QueryCase query, Rel stateless) {
        return new Interpreter(query, query.triggers().size() - 1, LatenessModel.NONE, query.lastClock())
                .rows(stateless);
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
            case Rel.Lives lives -> rows(lives.input());
            case Filter filter -> rows(filter.input()).stream()
                    .filter(row -> Scalars.isTrue(filter.condition(), row.values())).toList();
            case Project project -> rows(project.input()).stream()
                    .map(row -> row.with(values(project.expressions(), row))).toList();
            case Explode explode ->
                    rows(explode.input()).stream().flatMap(row -> exploded(explode, row).stream()).toList();
            case Join join -> join(join);
            case Rel.Asof join -> asof(join);
            case Lookup lookup -> rows(lookup.input()).stream().map(row -> lookedUp(lookup, row))
                    .map(row -> lookup.isOfStreams() ? row.asEmitted() : row).toList();
            case Union union -> union(union);
            case Distinct distinct -> first(distinct, LatenessModel.allColumns(distinct));
            case DropDuplicates drop -> drop.isWithin() ? firstWithin(drop) : first(drop, drop.keys());
            case Aggregate aggregate -> aggregate(aggregate);
            case SetOperation set -> setOperation(set);
            case Rel.Clocked filter -> More.clocked(filter, rows(filter.input()), clock);
            case Rel.Lateral lateral -> More.lateral(lateral, rows(lateral.left()), rows(lateral.right()));
            case Rel.Reach reach -> More.reached(reach, rows(reach.start()), rows(reach.edges()));
            case Rel.Match match -> Matches.of(match, onTime(match), lateness.passed(match, last));
            case Rel.Pivot pivot -> More.pivoted(pivot, rows(pivot.input()));
            case Rel.WindowTime time -> rows(time.groups()).stream().map(More::withLastMoment).toList();
            case Top top -> Ranking.top(top, inPartitions(top, top.partition())).stream()
                    .filter(row -> isShown(top, top.partition(), row)).map(Tuple::asEmitted).toList();
            case Over over when over.byTime() -> Ranking.over(over, onTime(over)).stream()
                    .filter(row -> lateness.isFinal(over, row, last)).map(Tuple::asEmitted).toList();
            case Over over -> Ranking.over(over, inPartitions(over, over.partition())).stream()
                    .filter(row -> isShown(over, over.partition(), row)).map(Tuple::asEmitted).toList();
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

    private Tuple lookedUp(Lookup lookup, Tuple row) {
        List<Tuple> group = rows(lookup.table()).stream().filter(
                other -> lookup.correlation().isEmpty() || Joins.matches(lookup.correlation().get(), row, other))
                .toList();
        return row.plus(Collections.singletonList(Aggregates.evaluate(lookup.call(), group)));
    }

    /// Rows of one side of a join that the join does not refuse.
    private List<Tuple> onTime(Rel join, boolean isLeft) {
        List<Tuple> onTime = new ArrayList<>();
        for (Tuple row : rows(isLeft ? join.inputs().getFirst() : join.inputs().getLast())) {
            if (lateness.isLate(query, join, isLeft, row)) {
                late++;
            } else {
                onTime.add(row);
            }
        }
        return onTime;
    }

    /// In append mode a row comes out alone when no other can come for it: that is so when the watermark has passed it.
    private List<Tuple> join(Join join) {
        List<Tuple> left = onTime(join, true);
        List<Tuple> right = onTime(join, false);
        if (!join.isOfStreams()) {
            return Joins.of(join, left, right, (_, _) -> true);
        }
        Joins.Alone alone = (isLeft, row) -> query.mode() != Mode.APPEND
                || lateness.isFinal(join, isLeft, row, last);
        boolean isLimited = join.inputs().stream().anyMatch(Rel.Lives.class::isInstance);
        return (isLimited
                ? lifetimes.join(join, left, right, alone)
                : Joins.of(join, left, right, alone)).stream().map(Tuple::asEmitted).toList();
    }

    /// In append mode a row comes out when what it has met is the nearest for good.
    private List<Tuple> asof(Rel.Asof join) {
        if (!join.isOfStreams()) {
            return AsofJoins.of(join, rows(join.left()), rows(join.right()), (_, _) -> true);
        }
        return AsofJoins.of(join, onTime(join, true), onTime(join, false), (row, nearest) -> query.mode() != Mode.APPEND
                || lateness.isFinal(join, row, nearest, last)).stream().map(Tuple::asEmitted).toList();
    }

    private List<Tuple> union(Union union) {
        List<Tuple> rows = new ArrayList<>(rows(union.left()));
        rows.addAll(rows(union.right()));
        rows.sort(Comparator.comparingInt(Tuple::trigger)); // stable: within a trigger the left comes first
        return rows;
    }

    /// The rows of an input that an operator does not refuse, which brings them together by `keys`.
    private List<Tuple> onTime(Rel operator, Rel input, List<Integer> keys) {
        List<Tuple> onTime = new ArrayList<>();
        for (Tuple row : rows(input)) {
            if (lateness.isLate(query, operator, keys, row)) {
                late++;
            } else {
                onTime.add(row);
            }
        }
        return onTime;
    }

    private List<Tuple> onTime(Rel.Match match) {
        List<Tuple> onTime = new ArrayList<>();
        for (Tuple row : rows(match.input())) {
            if (lateness.isLate(match, row)) {
                late++;
            } else {
                onTime.add(row);
            }
        }
        return onTime;
    }

    /// Where each row comes out once, as time passes.
    private List<Tuple> onTime(Over over) {
        List<Tuple> onTime = new ArrayList<>();
        for (Tuple row : rows(over.input())) {
            if (lateness.isLate(query, over, row)) {
                late++;
            } else {
                onTime.add(row);
            }
        }
        return onTime;
    }

    /// The rows of the partitions that are not forgotten.
    private List<Tuple> inPartitions(Rel operator, List<Integer> partition) {
        return lifetimes.alive(operator, partition,
                onTime(operator, operator.inputs().getFirst(), partition));
    }

    private boolean isShown(Rel operator, List<Integer> keys, Tuple row) {
        return query.mode() != Mode.APPEND || lateness.isFinal(operator, keys, row, last);
    }

    /// The first row of each key among those that are not late; where rows are final, once for each of its lives.
    private List<Tuple> first(Rel operator, List<Integer> keys) {
        List<Tuple> rows = onTime(operator, operator.inputs().getFirst(), keys);
        OptionalLong micros = lifetimes.of(operator, keys);
        boolean isFinal = query.mode() == Mode.APPEND || operator instanceof DropDuplicates;
        return lifetimes.of(micros, rows, row -> Lifetimes.key(row, keys)).stream()
                .filter(life -> isFinal || !lifetimes.isOver(micros, life)).map(life -> life.getFirst().asNew())
                .toList();
    }

    /// Trigger by trigger, for what is let go depends on when the watermark moves.
    private List<Tuple> firstWithin(DropDuplicates drop) {
        List<Tuple> input = rows(drop.input());
        Map<Object, Tuple> known = new HashMap<>();
        List<Tuple> first = new ArrayList<>();
        for (int trigger = 0; trigger <= last; trigger++) {
            for (Tuple row : input) {
                if (row.trigger() == trigger && lateness.isLate(drop, row)) {
                    late++;
                } else if (row.trigger() == trigger
                        && known.putIfAbsent(drop.keys().stream().map(i -> RowBag.key(row.get(i))).toList(),
                                row) == null) {
                    first.add(row.asNew());
                }
            }
            int now = trigger;
            known.values().removeIf(row -> lateness.isLetGo(drop, row, now));
        }
        return first;
    }

    /// What is final comes out once for each life of a row. What a table has lives for ever.
    private List<Tuple> setOperation(SetOperation set) {
        List<Integer> all = LatenessModel.allColumns(set);
        List<Tuple> left = onTime(set, set.left(), all);
        List<Tuple> right = onTime(set, set.right(), all);
        Set<Tuple> ofLeft = Collections.newSetFromMap(new IdentityHashMap<>());
        ofLeft.addAll(left);
        Set<Object> ofTable = new HashSet<>();
        right.stream().filter(_ -> Rel.isFinite(set.right())).forEach(row -> ofTable.add(Lifetimes.key(row, all)));
        OptionalLong micros = lifetimes.of(set, all);
        List<Tuple> rows = new ArrayList<>();
        java.util.stream.Stream.concat(left.stream(), right.stream()).sorted(Comparator.comparingInt(Tuple::trigger))
                .collect(Collectors.groupingBy(row -> Lifetimes.key(row, all), LinkedHashMap::new, Collectors.toList()))
                .forEach((key, equal) -> {
                    OptionalLong lives = ofTable.contains(key) ? OptionalLong.empty() : micros;
                    lifetimes.of(lives, equal, _ -> 0).stream()
                            .filter(life -> query.mode() == Mode.APPEND || !lifetimes.isOver(lives, life))
                            .forEach(life -> rows.addAll(ofEqual(set, life.stream().filter(ofLeft::contains).toList(),
                                    (int) life.stream().filter(row -> !ofLeft.contains(row)).count())));
                });
        return rows;
    }

    /// What a set operation gives of left rows that are equal, where so many of the other side are so too.
    private List<Tuple> ofEqual(SetOperation set, List<Tuple> left, int there) {
        boolean isIntersection = set.kind() == Rel.SetKind.INTERSECT;
        boolean staysSo = isIntersection || Rel.isFinite(set.right());
        List<Tuple> rows = new ArrayList<>();
        for (int i = 0; i < (set.all() ? left.size() : Math.min(1, left.size())); i++) {
            if (i < there == isIntersection
                    && (staysSo || isShown(set, LatenessModel.allColumns(set), left.get(i)))) {
                rows.add(left.get(i).asEmitted());
            }
        }
        return rows;
    }

    private List<Tuple> aggregate(Aggregate aggregate) {
        Map<List<@Nullable Object>, List<Tuple>> groups = new LinkedHashMap<>();
        Map<List<@Nullable Object>, List<@Nullable Object>> shown = new LinkedHashMap<>();
        Set<Object> refused = new HashSet<>();
        boolean isSession = aggregate.window().filter(Window::isSession).isPresent();
        List<Tuple> input = isSession
                ? lifetimes.alive(aggregate, onTimeForSession(aggregate))
                : rows(aggregate.input());
        OptionalLong micros = isSession ? OptionalLong.empty() : lifetimes.of(aggregate, List.of());
        Map<Tuple, List<@Nullable Object>> sessions = isSession ? Sessions.of(aggregate, input) : Map.of();
        for (Tuple row : input) {
            List<@Nullable Object> keys = values(aggregate.keys(), row);
            for (List<@Nullable Object> window : isSession
                    ? Optional.ofNullable(sessions.get(row)).stream().toList()
                    : windows(aggregate, row)) {
                if (!isSession && lateness.isLateForWindow(query, aggregate, window, row)) {
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
        groups.forEach((key, reached) -> {
            List<Tuple> group = lifetimes.alive(micros, reached);
            if (group.isEmpty() && !reached.isEmpty()) {
                return;
            }
            List<@Nullable Object> values = new ArrayList<>(shown.getOrDefault(key, List.of()));
            aggregate.calls().forEach(call -> values.add(Aggregates.evaluate(call, group)));
            boolean isShown = aggregate.having().isEmpty() || Scalars.isTrue(aggregate.having().get(), values);
            if (isShown && (query.mode() != Mode.APPEND || lateness.isFinal(aggregate, values, last))) {
                results.add(Tuple.emitted(values));
            }
        });
        return results;
    }

    private List<Tuple> onTimeForSession(Aggregate aggregate) {
        List<Tuple> onTime = new ArrayList<>();
        for (Tuple row : rows(aggregate.input())) {
            if (lateness.isLateForSession(query, aggregate, row)) {
                late++;
            } else {
                onTime.add(row);
            }
        }
        return onTime;
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
