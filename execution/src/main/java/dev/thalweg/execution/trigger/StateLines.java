package dev.thalweg.execution.trigger;

import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import java.util.ArrayList;
import java.util.List;

/// What a checkpoint remembers of its query's plan: a line for each source and each node that keeps state.
final class StateLines {
    private StateLines() {}

    static List<String> of(StreamPlan plan) {
        List<String> lines = new ArrayList<>();
        for (PlanNode node : plan.nodes()) {
            switch (node) {
                case PlanNode.Scan scan ->
                        lines.add("source " + scan.table().name() + " (" + scan.table().format() + ")");
                case PlanNode.Aggregate aggregate -> lines.add("aggregate to " + aggregate.schema().sql());
                case PlanNode.Distinct distinct -> lines.add("distinct " + distinct.schema().sql());
                case PlanNode.DropDuplicates duplicates -> lines.add("drop duplicates by "
                        + duplicates.schema().select(duplicates.keys()).sql());
                default -> {
                } // a rule: other nodes keep nothing
            }
        }
        return lines;
    }
}
