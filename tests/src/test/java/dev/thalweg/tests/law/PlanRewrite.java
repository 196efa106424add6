package dev.thalweg.tests.law;

import dev.thalweg.planner.incremental.NodeOver;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.planner.incremental.StreamPlan.Traits;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/// Changes single nodes or traits of an incremental plan and leaves everything else as it was, so that a bug of the engine
/// can be planted without touching the engine.
final class PlanRewrite {
    private final StreamPlan plan;
    private final UnaryOperator<PlanNode> change;
    private final BiFunction<PlanNode, Traits, Traits> changeTraits;
    private final IdentityHashMap<PlanNode, PlanNode> done = new IdentityHashMap<>();
    private final List<PlanNode> nodes = new ArrayList<>();
    private final IdentityHashMap<PlanNode, Traits> traits = new IdentityHashMap<>();

    private PlanRewrite(StreamPlan plan, UnaryOperator<PlanNode> change,
            BiFunction<PlanNode, Traits, Traits> changeTraits) {
        this.plan = plan;
        this.change = change;
        this.changeTraits = changeTraits;
    }

    static StreamPlan nodes(StreamPlan plan, UnaryOperator<PlanNode> change) {
        return new PlanRewrite(plan, change, (node, traits) -> traits).rewritten();
    }

    static StreamPlan traits(StreamPlan plan, BiFunction<PlanNode, Traits, Traits> change) {
        return new PlanRewrite(plan, node -> node, change).rewritten();
    }

    /// Changes nodes, and then the traits of what came of them.
    static StreamPlan of(StreamPlan plan, UnaryOperator<PlanNode> change, BiFunction<PlanNode, Traits, Traits> traits) {
        return new PlanRewrite(plan, change, traits).rewritten();
    }

    private StreamPlan rewritten() {
        PlanNode root = rewrite(plan.root());
        return new StreamPlan(root, nodes, traits, plan.mode(), plan.key(), plan.mayDelete());
    }

    private PlanNode rewrite(PlanNode node) {
        PlanNode known = done.get(node);
        if (known != null) {
            return known;
        }
        List<PlanNode> inputs = node.inputs().stream().map(this::rewrite).toList();
        PlanNode copy = NodeOver.of(node, inputs);
        PlanNode changed = change.apply(copy);
        done.put(node, changed);
        if (changed.inputs().stream().anyMatch(copy::isSame)) {
            add(copy, plan.traits(node)); // the change stands above the node
        }
        add(changed, plan.traits(node));
        return changed;
    }

    /// What a change puts between a node and its input has the traits of that input.
    private void add(PlanNode node, Traits like) {
        for (PlanNode input : node.inputs()) {
            if (!traits.containsKey(input)) {
                add(input, plan.traits(originOf(input.inputs().getFirst())));
            }
        }
        nodes.add(node);
        traits.put(node, changeTraits.apply(node, like));
    }

    private PlanNode originOf(PlanNode rewritten) {
        return done.entrySet().stream().filter(entry -> entry.getValue().isSame(rewritten)).map(Map.Entry::getKey)
                .findFirst().orElseThrow();
    }
}
