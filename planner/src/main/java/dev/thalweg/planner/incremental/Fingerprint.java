package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.Distinct;
import dev.thalweg.planner.incremental.PlanNode.DropDuplicates;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.planner.incremental.PlanNode.Scan;
import dev.thalweg.planner.incremental.PlanNode.SessionAssign;
import dev.thalweg.planner.incremental.PlanNode.SetOperation;
import dev.thalweg.planner.incremental.PlanNode.StaticJoin;
import dev.thalweg.planner.incremental.PlanNode.StreamJoin;
import dev.thalweg.planner.incremental.PlanNode.TopN;
import dev.thalweg.planner.incremental.PlanNode.Values;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// What a checkpoint remembers of its query's plan, to refuse a restart with another one: a line for each source and for
/// each node that keeps state, saying what its keys and values are made of, and one for each table whose rows flow into
/// the result once, with the first trigger: rows of a table that comes later would never be read.
///
/// Filters, watermark delays, projections above the last stateful node and options such as rate limits are not part of
/// it: they may change from one run to the next (DESIGN §5). Where a node serves several parts of the query because they are
/// equal (`ShareNodes`), the line says which: a filter that makes them unlike would part what is kept.
///
/// @param nodes in the order of the plan, inputs first
public record Fingerprint(List<String> nodes) {
    /// What a line of a node says that forgets by the clock.
    public static final String LIVES = ", with a time to live";

    public Fingerprint {
        nodes = List.copyOf(nodes);
    }

    public static Fingerprint of(StreamPlan plan) {
        return of(plan, List.of(plan.root()));
    }

    /// That of a query with several results.
    ///
    /// @param roots where the results of the plan come out
    public static Fingerprint of(StreamPlan plan, List<PlanNode> roots) {
        List<String> lines = new ArrayList<>();
        roots.forEach(root -> readOnce(root, lines));
        Mentions mentions = new Mentions(roots);
        for (PlanNode node : plan.nodes()) {
            if (!plan.traits(node).boundedInput()) {
                String forgotten = forgotten(node, plan.traits(node));
                String shared = mentions.of(node);
                line(node, plan.traits(node).emitsOnClose()).lines().map(line -> line + forgotten + shared)
                        .forEach(lines::add);
                if (node instanceof PlanNode.Watermark watermark && !shared.isEmpty()) {
                    lines.add("watermark of " + Origin.of(watermark, watermark.column()) + shared);
                }
            }
        }
        return new Fingerprint(lines);
    }

    private static String forgotten(PlanNode node, StreamPlan.Traits traits) {
        if (!traits.forgets()) {
            return "";
        }
        boolean isOfOneSide = node instanceof StreamJoin
                && traits.timeToLive(0).isPresent() != traits.timeToLive(1).isPresent();
        return LIVES
                + (isOfOneSide ? traits.timeToLive(0).isPresent() ? " on the left" : " on the right" : "");
    }

    private static void readOnce(PlanNode node, List<String> lines) {
        switch (node) {
            case Scan scan when !scan.table().streaming() ->
                    lines.add("once: table " + scan.table().name() + " (" + scan.table().format() + ")");
            case Values values -> lines.add("once: " + values.rows().size() + " rows of VALUES");
            case StaticJoin join -> readOnce(join.stream(), lines); // what joins new rows may change for them
            default -> node.inputs().forEach(input -> readOnce(input, lines)); // a rule: other nodes read their inputs
        }
    }

    /// That of a query which keeps its whole result besides: the rows are state like any other.
    public Fingerprint withResult() {
        List<String> lines = new ArrayList<>(nodes);
        lines.add("keeps the whole result (output mode complete, a memory table or a materialized view)");
        return new Fingerprint(lines);
    }

    /// That of a query whose results are of several output modes: what is kept for each depends on its own. Where all are of one
    /// mode the nodes say enough.
    public Fingerprint withModes(List<OutputMode> modes) {
        List<String> lines = new ArrayList<>(nodes);
        if (modes.stream().distinct().count() > 1) {
            IntStream.range(0, modes.size()).forEach(i -> lines.add(
                    "result " + (i + 1) + " in output mode " + modes.get(i).name().toLowerCase(Locale.ROOT)));
        }
        return new Fingerprint(lines);
    }

    private static String line(PlanNode node, boolean emitsOnClose) {
        return switch (node) {
            case Scan scan -> "source " + scan.table().name() + " (" + scan.table().format() + ")";
            case Aggregate aggregate -> "aggregate by " + origins(aggregate.input(), aggregate.keys()) + " of "
                    + aggregate.calls().stream().map(call -> Origin.of(aggregate, call)).toList()
                    + (emitsOnClose ? ", emitted on close" : "");
            case Distinct distinct -> (distinct.inJoin() ? "in the join distinct " : "distinct ")
                    + origins(distinct.input(), IntStream.range(0, distinct.schema().size()).boxed().toList());
            case DropDuplicates duplicates -> "drop duplicates by " + origins(duplicates.input(), duplicates.keys());
            case DropWithinWatermark within -> "drop duplicates within the watermark of "
                    + origins(within.input(), List.of(within.time())) + " by "
                    + origins(within.input(), within.keys());
            case StreamJoin join -> "join " + join.kind() + " of " + origins(join.left(), join.leftKeys()) + " with "
                    + origins(join.right(), join.rightKeys()) + ", rows " + all(join.left()) + " and "
                    + all(join.right()) + (emitsOnClose ? ", emitted on close" : "");
            case RecursiveUnion union -> "recursion" + (union.all() ? " ALL " : " ") + all(union.anchor());
            case PlanNode.AsofJoin join -> "as-of join " + join.kind() + " of " + origins(join.left(), join.leftKeys())
                    + " with " + origins(join.right(), join.rightKeys()) + " by " + join.match() + ", rows "
                    + all(join.left()) + " and " + all(join.right()) + (emitsOnClose ? ", emitted on close" : "");
            case SetOperation set -> (set.all() ? set.kind() + " ALL " : set.kind() + " ") + all(set);
            case Over over -> "over " + origins(over.input(), over.partition()) + " by " + over.order() + ", rows "
                    + all(over.input()) + (over.byTime() ? ", once each, of " + calls(over) : "");
            case MatchRecognize match -> "match " + MatchText.pattern(match) + " of "
                    + origins(match.input(), match.partition()) + " by " + match.order() + ", rows "
                    + all(match.input());
            case TopN top -> "top " + top.rank() + " " + top.offset() + " " + top.count() + " of "
                    + origins(top.input(), top.partition()) + " by " + top.order() + ", rows " + all(top.input());
            case PlanNode.ClockFilter filter -> "rows while "
                    + filter.bounds().stream().map(bound -> "clock() " + bound.side().operator() + " "
                            + Origin.of(filter.input(), bound.column()) + " + " + bound.shiftMicros()).toList()
                    + ", rows " + all(filter);
            case PlanNode.SessionAggregate session -> sessions(session.sessions()) + ": "
                    + line(session.groups(), emitsOnClose);
            case SessionAssign session -> sessions(session) + ", rows " + all(session.input())
                    + (emitsOnClose ? ", emitted on close" : "");
            default -> ""; // a rule: other nodes keep nothing
        };
    }

    /// What is kept of rows that are gone depends on what is said of them.
    private static List<String> calls(Over over) {
        return over.calls().stream()
                .map(call -> call.function() + origins(over.input(), call.arguments()) + " " + call.number() + " "
                        + call.constants() + " " + call.frame() + (call.ignoreNulls() ? " IGNORE NULLS" : ""))
                .toList();
    }

    private static String sessions(SessionAssign session) {
        String gap = session.gap() instanceof Expression.Input(int column, _, _)
                ? Origin.of(session.input(), column)
                : ExpressionText.of(session.gap(), session.schema());
        return "sessions of " + origins(session.input(), session.keys()) + " by "
                + Origin.of(session.input(), session.time()) + " with gap " + gap;
    }

    private static String all(PlanNode node) {
        return origins(node, IntStream.range(0, node.schema().size()).boxed().toList());
    }

    private static String origins(PlanNode node, List<Integer> columns) {
        return columns.stream().map(column -> Origin.of(node, column) + " " + node.schema().type(column).sql())
                .collect(Collectors.joining(", ", "[", "]"));
    }

    /// Which mentions of the query as it was written a node serves: places among the nodes of its tree that read or keep anything.
    private static final class Mentions {
        private final IdentityHashMap<PlanNode, List<Integer>> places = new IdentityHashMap<>();
        private int place;

        Mentions(List<PlanNode> roots) {
            roots.forEach(this::count);
        }

        private void count(PlanNode node) {
            node.inputs().forEach(this::count);
            if (ShareNodes.isShareable(node)) { // stages come and go with filters
                places.computeIfAbsent(node, _ -> new ArrayList<>()).add(place++);
            }
        }

        /// Nothing for a node that is mentioned once.
        String of(PlanNode node) {
            List<Integer> known = places.getOrDefault(node, List.of());
            return known.size() < 2 ? "" : ", shared by mentions " + known;
        }
    }
}
