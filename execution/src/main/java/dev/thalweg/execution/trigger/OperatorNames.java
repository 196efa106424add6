package dev.thalweg.execution.trigger;

import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import java.util.Locale;

/// How a node is called in errors, progress and the late table: its kind and its place in the plan.
final class OperatorNames {
    private OperatorNames() {}

    /// Such as `Aggregate 3`.
    static String of(StreamPlan plan, PlanNode node) {
        return node.getClass().getSimpleName() + " " + id(plan, node);
    }

    /// Such as `dropDuplicates`, as progress names operators.
    static String kind(PlanNode node) {
        String name = node.getClass().getSimpleName();
        return name.substring(0, 1).toLowerCase(Locale.ROOT) + name.substring(1);
    }

    /// The node's place in the plan; found by identity, because equal nodes may be there twice.
    static int id(StreamPlan plan, PlanNode node) {
        for (int i = 0; i < plan.nodes().size(); i++) {
            if (plan.nodes().get(i).isSame(node)) {
                return i;
            }
        }
        return -1;
    }
}
