package dev.thalweg.planner.incremental;

import dev.thalweg.planner.function.Aggregates;
import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.DropDuplicates;
import dev.thalweg.planner.incremental.PlanNode.Limit;
import dev.thalweg.planner.incremental.PlanNode.Sort;
import dev.thalweg.planner.incremental.PlanNode.Union;
import dev.thalweg.planner.logical.ColumnMarks;
import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.function.UserAggregate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// Refuses, before anything runs, what cannot stream or cannot be read in the output mode asked for.
final class CheckPlan {
    private final OutputMode mode;
    private final InferChanges changes;

    CheckPlan(Running running) {
        this.mode = running.mode();
        this.changes = new InferChanges(running);
    }

    /// What runs in no query, neither over a stream nor over a table.
    static void checkTypes(PlanNode node) {
        node.inputs().forEach(CheckPlan::checkTypes);
        if (node instanceof Aggregate aggregate) {
            aggregate.calls().forEach(call -> checkCall(call, aggregate.input().schema()));
        }
        if (computed(node).anyMatch(expression -> Expressions.calls(expression, "session_window"))) {
            throw new InvalidQuery("THW-3240",
                    "session_window() stands where no rows are grouped by it: which rows make"
                            + " a session depends on the rest of the GROUP BY. Write GROUP BY session_window(ts, gap), or"
                            + " FROM SESSION(TABLE t PARTITION BY k, DESCRIPTOR(ts), gap) for the rows themselves.");
        }
        if (node instanceof Sort sort) {
            sort.keys().forEach(key -> checkOrder(sort.schema().field(key.column())));
        }
        if (node instanceof PlanNode.Over over) {
            over.order().forEach(key -> checkOrder(over.schema().field(key.column())));
            over.calls().forEach(call -> checkOver(call, over.input().schema()));
        }
        if (node instanceof MatchRecognize match) {
            match.order().forEach(key -> checkOrder(match.input().schema().field(key.column())));
        }
        if (node instanceof PlanNode.TopN top) {
            top.order().forEach(key -> checkOrder(top.schema().field(key.column())));
        }
    }

    private static void checkCall(AggregateCall call, RowType input) {
        if (call.user().isEmpty() && !Aggregates.isKept(call.function())) {
            throw new InvalidQuery("THW-3050", "The aggregate function '" + call.function()
                    + "' is not one that the engine can keep up to date. SHOW FUNCTIONS lists those there are.");
        }
        boolean ordered = call.function().equals("min") || call.function().equals("max");
        if (ordered && !TypeRules.hasOrder(input.type(call.arguments().getFirst()))) {
            throw new InvalidQuery("THW-3051", call.function() + "() does not take "
                    + input.type(call.arguments().getFirst()).sql()
                    + ": maps have no order. Take it over map_keys(…), map_values(…) or single elements.");
        }
    }

    private static void checkOver(OverCall call, RowType input) {
        boolean ordered = call.function().equals("min") || call.function().equals("max");
        if (ordered && !TypeRules.hasOrder(input.type(call.arguments().getFirst()))) {
            throw new InvalidQuery("THW-3051", call.function() + "() does not take "
                    + input.type(call.arguments().getFirst()).sql()
                    + ": maps have no order. Take it over map_keys(…), map_values(…) or single elements.");
        }
    }

    private static void checkOrder(Field key) {
        if (!TypeRules.hasOrder(key.type())) {
            throw new InvalidQuery("THW-3054", "ORDER BY does not take " + key.type().sql()
                    + ": maps have no order. Order by map_keys(…), map_values(…) or single elements.");
        }
    }

    void check(PlanNode node) {
        if (InferBounded.of(node)) {
            return;
        }
        if (node instanceof PlanNode.StreamJoin join && JoinTime.meetsWithoutTime(join)) {
            checkSubquery(join); // which reads better than what would be said of the groups below
        }
        node.inputs().forEach(this::check);
        checkRandom(node);
        switch (node) {
            case PlanNode.SetOperation set when mode == OutputMode.APPEND && !changes.emitsOnClose(set)
                    && changes.of(set) == Changes.RETRACT ->
                    throw new InvalidQuery("THW-3220", neverFinal(set));
            case PlanNode.Over over -> checkFinal(over, "OVER", over.partition());
            case PlanNode.TopN top -> checkFinal(top, top.withRank() || !top.partition().isEmpty()
                    ? "The first rows of each partition"
                    : "ORDER BY with LIMIT", top.partition());
            case DropDuplicates duplicates when changes.of(duplicates.input()) == Changes.RETRACT ->
                    throw new InvalidQuery("THW-3113", "dropDuplicates on rows that change (an aggregate in "
                            + mode + " mode below it) has no first row to keep. Use DISTINCT, or append mode.");
            case DropWithinWatermark within when changes.of(within.input()) == Changes.RETRACT ->
                    throw new InvalidQuery("THW-3113",
                            "dropDuplicatesWithinWatermark on rows that change (an aggregate in "
                                    + mode
                                    + " mode below it) has no first row to keep. Use append mode, in which rows are"
                                    + " final, or put it below the aggregate.");
            case PlanNode.ClockFilter filter when mode == OutputMode.APPEND && filter.leaves() ->
                    throw new InvalidQuery("THW-3341", TranslateClock.leaves(filter));
            case PlanNode.Watermark watermark when TranslateClock.leavesBelow(watermark) ->
                    throw new InvalidQuery("THW-3342",
                            "A watermark above a condition that lets rows leave with the clock"
                                    + " would call rows late that leave. Declare the watermark below it, on the stream itself"
                                    + " (WATERMARK FOR ts AS …).");
            case Aggregate aggregate -> checkAggregate(aggregate);
            case MatchRecognize match -> checkMatch(match);
            case PlanNode.StreamJoin join -> checkJoin(join);
            case PlanNode.AsofJoin join -> checkJoin(join);
            default -> {
                // a rule: every other node runs in every mode
            }
        }
    }

    /// A row is taken back by computing it again, so whatever is computed of it must come out the same.
    private void checkRandom(PlanNode node) {
        if (node.inputs().stream().noneMatch(input -> changes.of(input) == Changes.RETRACT)
                && !changes.takesForgottenBack(node)) {
            return;
        }
        randomCall(node).ifPresent(call -> {
            throw new InvalidQuery("THW-3116", call + (changes.takesForgottenBack(node)
                    ? " in a join that takes rows back when they have lived their time (stateTtl)"
                    : " over rows that change (an aggregate in " + mode.name().toLowerCase(Locale.ROOT)
                            + " mode below it)")
                    + " is not supported yet: when a row is taken"
                    + " back it would have another value, and the old row would stay for ever. Compute it before the"
                    + " GROUP BY, in a subquery over the stream; or where the result is read; or use append mode with a"
                    + " watermark, so that rows are final.");
        });
    }

    /// What [TranslateClock] has not made a [PlanNode.ClockFilter] of, in a query that streams.
    static void checkClock(PlanNode node) {
        node.inputs().forEach(CheckPlan::checkClock);
        if (computed(node).anyMatch(expression -> Expressions.calls(expression, TranslateClock.CLOCK))) {
            throw TranslateClock.misplaced(InferBounded.of(node)
                    ? "over a table that is read once, when the query starts; read it as a stream, FROM STREAM t"
                    : "in a place where a trigger would not look at earlier rows again");
        }
    }

    private static Stream<Expression> computed(PlanNode node) {
        return switch (node) {
            case PlanNode.Filter filter -> Stream.of(filter.condition());
            case PlanNode.Project project -> project.expressions().stream();
            case PlanNode.WindowAssign window -> Stream.of(window.time());
            case PlanNode.Generate generate -> generate.arguments().stream();
            case PlanNode.Expand expand -> expand.projections().stream().flatMap(List::stream);
            case PlanNode.StaticJoin join -> join.condition().stream();
            case PlanNode.StreamJoin join -> join.condition().stream();
            case PlanNode.SessionAssign session -> Stream.of(session.gap());
            case PlanNode.SessionAggregate session -> Stream.of(session.sessions().gap());
            case MatchRecognize match ->
                    match.pattern().variables().stream().flatMap(variable -> variable.condition().stream());
            case PlanNode.Scan _,PlanNode.Values _,PlanNode.RecursiveRows _,PlanNode.Lives _,PlanNode.Watermark _,Aggregate _,PlanNode.Distinct _,DropDuplicates _,Union _,PlanNode.Exchange _,PlanNode.Recursion _,PlanNode.Keyed _,Sort _,Limit _ ->
                    Stream.empty();
        };
    }

    /// Whether a function is called in what a node computes.
    static boolean calls(PlanNode node, String function) {
        return computed(node).anyMatch(expression -> Expressions.calls(expression, function));
    }

    /// A call that depends on chance or on the clock in what a node computes, if there is one.
    static Optional<String> randomCall(PlanNode node) {
        Optional<String> own = computed(node).flatMap(expression -> Expressions.randomCall(expression).stream())
                .findFirst();
        return own.isEmpty() && node instanceof PlanNode.StaticJoin join ? drawnByTable(join.table()) : own;
    }

    /// A table is read, and what is computed of it is computed, again at each start.
    private static Optional<String> drawnByTable(PlanNode table) {
        return randomCall(table).or(
                () -> table.inputs().stream().flatMap(input -> drawnByTable(input).stream()).findFirst());
    }

    private void checkAggregate(Aggregate aggregate) {
        aggregate.calls().stream().flatMap(call -> call.user().stream()).filter(user -> !user.deterministic())
                .findFirst().ifPresent(user -> checkRandom(aggregate, user));
        if (mode == OutputMode.APPEND && !changes.emitsOnClose(aggregate)) {
            throw new InvalidQuery("THW-3101", neverFinal(aggregate));
        }
    }

    /// The row that a group had is computed again, to take it back.
    private void checkRandom(Aggregate aggregate, UserAggregate user) {
        if (!changes.emitsOnClose(aggregate)) {
            throw new InvalidQuery("THW-3116", user.name() + "() is not deterministic, and its groups change: when a"
                    + " group's row is taken back it would have another value, and the old row would stay for ever. Use"
                    + " append mode and group by a window with a watermark, so that rows are final; or leave"
                    + " asNondeterministic() out if equal rows do give an equal answer.");
        }
    }

    private String neverFinal(PlanNode.SetOperation set) {
        boolean changing = set.inputs().stream().anyMatch(input -> changes.of(input) == Changes.RETRACT);
        return "A row of this " + set.kind() + " may be taken back, because "
                + (changing ? "its inputs change" : "the other side may still bring the same row")
                + ", so append mode would never emit it. Use output mode update, complete or changelog"
                + (changing
                        ? "."
                        : "; or give both streams a watermark and keep its column in the rows of both sides.");
    }

    /// Rows are matched in the order of time, when the watermark says that none is missing.
    private void checkMatch(MatchRecognize match) {
        if (changes.of(match.input()) == Changes.RETRACT) {
            throw new InvalidQuery("THW-3308",
                    "MATCH_RECOGNIZE over rows that change (an aggregate, a join or first rows"
                            + " in " + mode.name().toLowerCase(Locale.ROOT)
                            + " mode below it) is not supported: a row that is"
                            + " taken back would undo matches. Match the rows of the stream themselves, or use append mode, in"
                            + " which rows are final.");
        }
        PlanNode.SortKey first = match.order().getFirst();
        String name = match.input().schema().field(first.column()).name();
        boolean isTime = InferEventTime.of(match.input()).columns().get(first.column()) == EventTime.Role.TIME;
        if (!isTime || first.descending()) {
            Set<String> times = watermarked(match);
            throw new InvalidQuery("THW-3305", "MATCH_RECOGNIZE over a stream goes by the order of event time, but '"
                    + name + "', the first column of its ORDER BY, is "
                    + (isTime ? "in descending order" : "no event time with a watermark") + ". "
                    + (times.isEmpty()
                            ? "Give the stream a watermark (WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) and order by its"
                                    + " column."
                            : "Write ORDER BY " + String.join(" or ", times).replace("'", "") + " first, ascending."));
        }
    }

    private void checkSubquery(PlanNode.StreamJoin join) {
        if (mode == OutputMode.APPEND && changes.of(join) == Changes.RETRACT) {
            throw new InvalidQuery("THW-3110", "A " + join.kind()
                    + " join of two streams never becomes final, so append"
                    + " mode would never emit it, where times are compared by <=>, as those of a subquery or LATERAL that"
                    + " looks at a time of the outer row are: a row without a time would wait for ever. Write a join with"
                    + " the bound in ON and group what it gives: SELECT a.k, a.ts, count(b.ts) FROM STREAM a LEFT"
                    + " JOIN STREAM b ON b.ts BETWEEN a.ts AND a.ts + INTERVAL '10' MINUTES GROUP BY a.k, a.ts;"
                    + " or use output mode update, complete or changelog.");
        }
    }

    private void checkJoin(PlanNode.StreamJoin join) {
        boolean isFinal = changes.of(join) == Changes.INSERT_ONLY
                || join.inputs().stream().anyMatch(input -> changes.of(input) == Changes.RETRACT);
        if (mode == OutputMode.APPEND && !isFinal) {
            throw new InvalidQuery("THW-3110", "A " + join.kind() + " join of two streams does not know when a row has"
                    + " found no match for good, so append mode would never emit it. Bound it by event time, with a"
                    + " watermark on both sides: an equal window, or b.ts BETWEEN a.ts AND a.ts + INTERVAL '10' MINUTES;"
                    + " or use output mode update, complete or changelog.");
        }
    }

    private void checkJoin(PlanNode.AsofJoin join) {
        boolean isFinal = changes.of(join) == Changes.INSERT_ONLY
                || join.inputs().stream().anyMatch(input -> changes.of(input) == Changes.RETRACT);
        if (mode == OutputMode.APPEND && !isFinal) {
            throw new InvalidQuery("THW-3294", "This ASOF JOIN does not know when "
                    + (JoinTime.of(join).isPresent()
                            ? "a row has met nothing for good, because a later one may still come, so append mode would"
                                    + " never emit it. Leave LEFT out, or look back: MATCH_CONDITION (l.ts >= r.ts);"
                            : "a row has met the nearest for good, so append mode would never emit it. Compare columns that"
                                    + " both sides declare a WATERMARK for;")
                    + " or use output mode update, complete or changelog.");
        }
    }

    /// Whether rows come may change what was said of earlier ones, until the watermark has passed their partition.
    private void checkFinal(PlanNode node, String what, List<Integer> partition) {
        if (mode != OutputMode.APPEND || changes.of(node) == Changes.INSERT_ONLY) {
            return;
        }
        Set<String> times = watermarked(node);
        String remedy = times.isEmpty()
                ? "Give the stream a watermark (WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) and partition by a window of it"
                : "Partition by " + String.join(" or ", times) + " or a window of it as well";
        if (node instanceof PlanNode.Over over) {
            remedy += byTime(over, times);
        }
        if (node instanceof PlanNode.TopN top && (top.withRank() || !partition.isEmpty())) {
            remedy += byTime(top, times);
        }
        throw new InvalidQuery("THW-3206", what + (partition.isEmpty()
                ? ""
                : " by " + partition.stream().map(c -> written(node.inputs().getFirst(), c)).toList())
                + (what.startsWith("The first rows") ? " never become final" : " never becomes final")
                + ", so append mode would never emit it. " + remedy
                + ", or use output mode update, complete or changelog.");
    }

    /// A column as the query has it: one that was made for an operator has no name of its own.
    private static String written(PlanNode node, int column) {
        return node instanceof PlanNode.Project project
                && !(project.expressions().get(column) instanceof Expression.Input)
                && project.schema().field(column).name().equals("key")
                        ? ExpressionText.of(project.expressions().get(column),
                                ColumnMarks.shown(project.input().schema()))
                        : ColumnMarks.shown(node.schema()).field(column).name();
    }

    /// What is missing for the first rows to be those of the order of time.
    private static String byTime(PlanNode.TopN top, Set<String> times) {
        PlanNode.SortKey first = top.order().getFirst();
        boolean isTime = InferEventTime.of(top.input()).columns().get(first.column()) == EventTime.Role.TIME;
        return isTime && !first.descending() && first.nullsFirst()
                ? ", or order by it NULLS LAST"
                : ", or ORDER BY " + (times.isEmpty() ? "it" : String.join(" or ", times))
                        + " first, ascending, for the first rows in time";
    }

    /// What is missing for rows to be final in the order of time.
    private static String byTime(PlanNode.Over over, Set<String> times) {
        if (!SettleOver.isByTime(over)) {
            return ", or ORDER BY " + (times.isEmpty() ? "it" : String.join(" or ", times)) + " first, ascending";
        }
        if (SettleOver.comesTooLate(over)) {
            return ", or order by it NULLS LAST: the outer join gives rows without it, when others have been written";
        }
        return ", or let functions look only at rows that are there when the watermark passes theirs: lag in place of lead,"
                + " no ntile, percent_rank or cume_dist, frames that end with the row or a RANGE of time behind it";
    }

    private static String neverFinal(Aggregate aggregate) {
        if (aggregate.input() instanceof PlanNode.Expand expand && groupsByTime(expand, aggregate.keys())) {
            return "One of the grouping sets of " + grouped(aggregate) + " leaves the event time out and never becomes"
                    + " final, so append mode would never emit it. Keep the window in every set (GROUP BY window(…),"
                    + " CUBE(…)), or use output mode update, complete or changelog.";
        }
        String groups = aggregate.keys().isEmpty()
                ? "The aggregate without GROUP BY"
                : "GROUP BY " + grouped(aggregate);
        Set<String> times = watermarked(aggregate);
        String remedy = times.isEmpty()
                ? "Give the stream a watermark (WATERMARK FOR ts AS ts - INTERVAL '10' SECOND) and group by a window of it"
                : "Group by a window of " + String.join(" or ", times) + " as well";
        return groups + " never becomes final, so append mode would never emit it. " + remedy
                + ", or use output mode update, complete or changelog.";
    }

    /// Whether some of the sets would become final.
    private static boolean groupsByTime(PlanNode.Expand expand, List<Integer> keys) {
        List<Integer> grouped = keys.stream()
                .flatMap(key -> expand.projections().stream().map(projection -> projection.get(key)))
                .filter(Expression.Input.class::isInstance).map(key -> ((Expression.Input) key).column()).distinct()
                .toList();
        return InferEventTime.of(expand.input()).deciding(grouped).isPresent();
    }

    /// The keys as the query names them: a window is one, and the number of the grouping set is none.
    private static String grouped(Aggregate aggregate) {
        List<String> names = new ArrayList<>();
        List<Integer> keys = aggregate.keys();
        for (int i = 0; i < keys.size(); i++) {
            int key = keys.get(i);
            if (i + 1 < keys.size() && InferKey.isWindow(aggregate.input(), key, keys.get(i + 1))) {
                names.add("window");
                i++;
            } else if (!(aggregate.input() instanceof PlanNode.Expand expand && isNumberOfSet(expand, key))) {
                names.add(aggregate.input().schema().field(key).name());
            }
        }
        return String.join(", ", names);
    }

    private static boolean isNumberOfSet(PlanNode.Expand expand, int column) {
        return expand.projections().stream().allMatch(
                projection -> projection.get(column) instanceof Expression.Literal literal && !literal.nullable());
    }

    /// The event times that some watermark below declares, read further up or not.
    private static Set<String> watermarked(PlanNode node) {
        Set<String> times = new TreeSet<>();
        if (node instanceof PlanNode.Watermark watermark) {
            times.add("'" + watermark.schema().field(watermark.column()).name() + "'");
        }
        node.inputs().forEach(input -> times.addAll(watermarked(input)));
        return times;
    }

    /// Append hands over rows that never change.
    void checkRoot(PlanNode root) {
        if (mode == OutputMode.APPEND && changes.of(root) == Changes.RETRACT) {
            throw new InvalidQuery("THW-3104",
                    "Rows of this query may change later, so it cannot run in append mode. Use"
                            + " output mode update, complete or changelog.");
        }
    }

}
