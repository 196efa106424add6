package dev.thalweg.execution.trigger;

import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.execution.trigger.EngineSettings.WatermarkPolicy;
import dev.thalweg.planner.incremental.JoinTime;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/// The watermark of every edge: W, by which rows of a trigger are judged, and W', which it leaves behind.
///
/// What is kept is one number a watermark declaration and one a node at which several streams meet; every other edge follows
/// from these. Where streams meet, time is as far as the least (or by policy the greatest) of them; one that is idle has no
/// say, unless all are: then none waits for another. A static input has no say. A watermark never goes back, also when an
/// idle input that was left out speaks again.
///
/// **Thread** the query's trigger thread.
final class EdgeWatermarks {
    private final StreamPlan plan;
    private final WatermarkPolicy policy;
    private final List<PlanNode.Watermark> declarations;
    private final List<PlanNode> meetings;
    private final IdentityHashMap<PlanNode, Watermark> before = new IdentityHashMap<>();
    /// Of declarations only: what they have moved to in this trigger.
    private final IdentityHashMap<PlanNode, Watermark> after = new IdentityHashMap<>();
    private List<PlanNode> idle = List.of();
    private boolean isEnd;

    EdgeWatermarks(StreamPlan plan, WatermarkPolicy policy) {
        this.plan = plan;
        this.policy = policy;
        this.declarations = plan.nodes().stream().filter(PlanNode.Watermark.class::isInstance)
                .map(PlanNode.Watermark.class::cast).toList();
        this.meetings = plan.nodes().stream().filter(node -> streams(node).size() > 1).toList();
        restore(Map.of());
    }

    /// The inputs whose watermarks a node has to combine.
    private List<PlanNode> streams(PlanNode node) {
        return node instanceof PlanNode.Union || node instanceof PlanNode.Keyed
                ? node.inputs().stream().filter(input -> !plan.traits(input).boundedInput()).toList()
                : List.of();
    }

    /// Whether a stream meets others anywhere above.
    boolean meetsOthers(PlanNode.Scan scan) {
        return meetings.stream().anyMatch(meeting -> holds(meeting, scan));
    }

    private static boolean holds(PlanNode node, PlanNode wanted) {
        return node.isSame(wanted) || node.inputs().stream().anyMatch(input -> holds(input, wanted));
    }

    /// Whether time would move on where these scans are left out, and nothing is read.
    boolean moveWithout(List<PlanNode> scans) {
        List<PlanNode> now = idle;
        idle = scans;
        try {
            return meetings.stream().anyMatch(node -> !into(node, true).equals(into(node, false)));
        } finally {
            idle = now;
        }
    }

    /// In the trigger that begins nobody waits for these scans.
    void leaveOut(List<PlanNode> scans) {
        idle = List.copyOf(scans);
    }

    private boolean isIdle(PlanNode node) {
        return node instanceof PlanNode.Scan scan
                ? idle.stream().anyMatch(scan::isSame)
                : node.inputs().stream().filter(input -> !plan.traits(input).boundedInput())
                        .allMatch(this::isIdle);
    }

    /// How inputs are combined; pinned, or a watermark could go back from one run to the next.
    WatermarkPolicy policy() {
        return policy;
    }

    /// W of the edge above `node`.
    Watermark before(PlanNode node) {
        return of(node, false);
    }

    /// W' of the edge above `node`: right once every declaration below it has been moved in this trigger.
    Watermark after(PlanNode node) {
        return isEnd ? Watermark.END : of(node, true);
    }

    private Watermark of(PlanNode node, boolean isAfter) {
        return switch (node) {
            case PlanNode.Watermark declaration ->
                    (isAfter ? after : before).getOrDefault(declaration, Watermark.NONE);
            case PlanNode.Scan _,PlanNode.Values _,PlanNode.RecursiveRows _,PlanNode.Recursion _ -> Watermark.NONE;
            case PlanNode.Union _,PlanNode.Keyed _ -> into(node, isAfter);
            case PlanNode.StaticJoin join -> of(join.stream(), isAfter);
            case PlanNode.Filter _,PlanNode.Lives _,PlanNode.Project _,PlanNode.WindowAssign _,PlanNode.Generate _,PlanNode.Expand _,PlanNode.Aggregate _,PlanNode.Distinct _,PlanNode.DropDuplicates _,PlanNode.Exchange _,PlanNode.Sort _,PlanNode.Limit _ ->
                    of(node.inputs().getFirst(), isAfter);
        };
    }

    /// Of all edges into a node together.
    private Watermark into(PlanNode node, boolean isAfter) {
        List<PlanNode> streams = streams(node);
        if (streams.size() < 2) {
            return node.inputs().stream().filter(input -> !plan.traits(input).boundedInput()).findFirst()
                    .map(input -> of(input, isAfter)).orElse(Watermark.NONE);
        }
        Watermark kept = before.getOrDefault(node, Watermark.NONE);
        return isAfter ? kept.max(met(streams)) : kept;
    }

    private Watermark met(List<PlanNode> streams) {
        List<PlanNode> heard = streams.stream().filter(input -> !isIdle(input)).toList();
        return heard.isEmpty()
                ? streams.stream().map(input -> of(input, true)).reduce(Watermark.NONE, Watermark::max)
                : heard.stream().map(input -> of(input, true)).reduce(this::combine).orElse(Watermark.NONE);
    }

    /// W by which a node judges its rows: that of its inputs, less what the time it goes by may lag behind.
    Watermark judging(PlanNode node) {
        return into(node, false).behind(lag(node));
    }

    /// W' by which a node's state is final: right once every declaration below it has been moved in this trigger.
    Watermark closing(PlanNode node) {
        return isEnd ? Watermark.END : into(node, true).behind(lag(node));
    }

    private long lag(PlanNode node) {
        return switch (node) {
            case PlanNode.StreamJoin join -> JoinTime.of(join).map(JoinTime::lag).orElse(0L);
            case PlanNode.AsofJoin join -> JoinTime.of(join).map(JoinTime::lag).orElse(0L);
            case PlanNode.SetOperation set -> lag(set, set); // of both inputs
            default -> lag(node, node.inputs().getFirst()); // a rule: other nodes have one input that streams
        };
    }

    private long lag(PlanNode node, PlanNode edge) {
        return plan.traits(node).freedBy().map(column -> plan.traits(edge).eventTime().lag(column)).orElse(0L);
    }

    private Watermark combine(Watermark left, Watermark right) {
        return switch (policy) {
            case MIN -> left.min(right);
            case MAX -> left.max(right);
        };
    }

    /// Moves a declaration's W' by what its rows showed.
    ///
    /// @param maxSeenMicros the greatest event time of this trigger, `Long.MIN_VALUE` when there was none
    void move(PlanNode.Watermark declaration, long maxSeenMicros) {
        if (maxSeenMicros != Long.MIN_VALUE) {
            Watermark reached = new Watermark(Math.subtractExact(maxSeenMicros, declaration.delayMicros()));
            after.put(declaration, reached.max(before.getOrDefault(declaration, Watermark.NONE)));
        }
    }

    /// Whether W' differs from W anywhere so far.
    boolean hasMoved() {
        return isEnd || declarations.stream().anyMatch(node -> !of(node, true).equals(of(node, false)))
                || meetings.stream().anyMatch(node -> !into(node, true).equals(into(node, false)));
    }

    /// This trigger brings the end of the input: W' of every edge is the end of time.
    void end() {
        isEnd = true;
    }

    /// The trigger is durable: its W' is the next one's W.
    void commit() {
        restore(recordAfter());
        isEnd = false;
    }

    /// W of each declaration by its place among them, as the log keeps it, and behind them that of the nodes where streams
    /// meet.
    Map<Integer, Long> recordBefore() {
        return record(false);
    }

    Map<Integer, Long> recordAfter() {
        return record(true);
    }

    private Map<Integer, Long> record(boolean isAfter) {
        Map<Integer, Long> micros = new HashMap<>();
        for (int i = 0; i < declarations.size() + meetings.size(); i++) {
            PlanNode node = kept(i);
            micros.put(i, (isAfter ? after(node) : before(node)).micros());
        }
        return micros;
    }

    private PlanNode kept(int id) {
        return id < declarations.size() ? declarations.get(id) : meetings.get(id - declarations.size());
    }

    /// @param micros as of [#recordAfter]; a log of before they were kept has none of the nodes where streams meet
    void restore(Map<Integer, Long> micros) {
        before.clear();
        after.clear();
        for (int i = 0; i < declarations.size(); i++) {
            Watermark watermark = new Watermark(micros.getOrDefault(i, Long.MIN_VALUE));
            before.put(declarations.get(i), watermark);
            after.put(declarations.get(i), watermark);
        }
        for (int i = declarations.size(); i < declarations.size() + meetings.size(); i++) {
            PlanNode meeting = kept(i);
            Long known = micros.get(i);
            before.put(meeting, known == null ? into(meeting, true) : new Watermark(known));
        }
    }

    List<PlanNode.Watermark> declarations() {
        return declarations;
    }
}
