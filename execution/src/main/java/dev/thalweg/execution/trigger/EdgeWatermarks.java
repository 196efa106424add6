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
/// What is kept is one number a watermark declaration; every other edge follows from these. A union takes the least (or by
/// policy the greatest) of its streaming inputs; a static input has no say. A watermark never goes back.
///
/// **Thread** the query's trigger thread.
final class EdgeWatermarks {
    private final StreamPlan plan;
    private final WatermarkPolicy policy;
    private final List<PlanNode.Watermark> declarations;
    private final IdentityHashMap<PlanNode, Watermark> before = new IdentityHashMap<>();
    private final IdentityHashMap<PlanNode, Watermark> after = new IdentityHashMap<>();
    private boolean isEnd;

    EdgeWatermarks(StreamPlan plan, WatermarkPolicy policy) {
        this.plan = plan;
        this.policy = policy;
        this.declarations = plan.nodes().stream().filter(PlanNode.Watermark.class::isInstance)
                .map(PlanNode.Watermark.class::cast).toList();
        declarations.forEach(node -> before.put(node, Watermark.NONE));
        after.putAll(before);
    }

    /// How inputs are combined; pinned, or a watermark could go back from one run to the next.
    WatermarkPolicy policy() {
        return policy;
    }

    /// W of the edge above `node`.
    Watermark before(PlanNode node) {
        return of(node, before);
    }

    /// W' of the edge above `node`: right once every declaration below it has been moved in this trigger.
    Watermark after(PlanNode node) {
        return isEnd ? Watermark.END : of(node, after);
    }

    private Watermark of(PlanNode node, Map<PlanNode, Watermark> declared) {
        return switch (node) {
            case PlanNode.Watermark declaration -> declared.getOrDefault(declaration, Watermark.NONE);
            case PlanNode.Scan _,PlanNode.Values _,PlanNode.Recursion _ -> Watermark.NONE;
            case PlanNode.Union _,PlanNode.Keyed _ -> into(node, declared);
            case PlanNode.StaticJoin join -> of(join.stream(), declared);
            case PlanNode.Filter _,PlanNode.Project _,PlanNode.WindowAssign _,PlanNode.Generate _,PlanNode.Expand _,PlanNode.Aggregate _,PlanNode.Distinct _,PlanNode.DropDuplicates _,PlanNode.Exchange _,PlanNode.Sort _,PlanNode.Limit _ ->
                    of(node.inputs().getFirst(), declared);
        };
    }

    /// Of all edges into a node together.
    private Watermark into(PlanNode node, Map<PlanNode, Watermark> declared) {
        return node.inputs().stream().filter(input -> !plan.traits(input).boundedInput())
                .map(input -> of(input, declared)).reduce(this::combine).orElse(Watermark.NONE);
    }

    /// W by which a node judges its rows: that of its inputs, less what the time it goes by may lag behind.
    Watermark judging(PlanNode node) {
        return into(node, before).behind(lag(node));
    }

    /// W' by which a node's state is final: right once every declaration below it has been moved in this trigger.
    Watermark closing(PlanNode node) {
        return isEnd ? Watermark.END : into(node, after).behind(lag(node));
    }

    private long lag(PlanNode node) {
        return switch (node) {
            case PlanNode.StreamJoin join -> JoinTime.of(join).map(JoinTime::lag).orElse(0L);
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
        return isEnd || !after.equals(before);
    }

    /// This trigger brings the end of the input: W' of every edge is the end of time.
    void end() {
        isEnd = true;
    }

    /// The trigger is durable: its W' is the next one's W.
    void commit() {
        declarations
                .forEach(node -> before.put(node, isEnd ? Watermark.END : after.getOrDefault(node, Watermark.NONE)));
        after.putAll(before);
        isEnd = false;
    }

    /// W of each declaration by its place among them, as the log keeps it.
    Map<Integer, Long> recordBefore() {
        Map<Integer, Long> micros = new HashMap<>();
        declarations.forEach(node -> micros.put(id(node), before(node).micros()));
        return micros;
    }

    Map<Integer, Long> recordAfter() {
        Map<Integer, Long> micros = new HashMap<>();
        declarations.forEach(node -> micros.put(id(node), after(node).micros()));
        return micros;
    }

    void restore(Map<Integer, Long> micros) {
        declarations.forEach(node -> before.put(node, new Watermark(micros.getOrDefault(id(node), Long.MIN_VALUE))));
        after.clear();
        after.putAll(before);
    }

    private int id(PlanNode.Watermark declaration) {
        for (int i = 0; i < declarations.size(); i++) {
            if (declarations.get(i).isSame(declaration)) {
                return i;
            }
        }
        throw new IllegalArgumentException("not a declaration of this plan: " + declaration);
    }

    List<PlanNode.Watermark> declarations() {
        return declarations;
    }
}
