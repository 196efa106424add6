package dev.thalweg.planner.explain;

import dev.thalweg.planner.explain.StateReport.Growth;
import dev.thalweg.planner.explain.StateReport.Kept;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.ClockBound;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.ClockFilter;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.planner.logical.ColumnMarks;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// What [StateReport] says where the clock lets rows come and go: what it takes away frees the operators above as well.
final class ClockReport {
    /// Of an operator that forgets what no row is left of.
    static final String EMPTIED = ", freed by the clock, as it takes their rows away";

    private ClockReport() {}

    static Kept of(ClockFilter filter) {
        List<String> parts = new ArrayList<>();
        if (filter.bounds().stream().anyMatch(bound -> !bound.leaves())) {
            parts.add("rows until they enter, freed by the clock when it reaches " + times(filter, false));
        }
        if (filter.leaves()) {
            parts.add("rows until they leave, freed by the clock when it "
                    + (isThrough(filter) ? "passes " : "reaches ") + times(filter, true));
        }
        return new Kept(filter, Growth.FREED, String.join("; ", parts), "", "");
    }

    private static boolean isThrough(ClockFilter filter) {
        return filter.bounds().stream().filter(ClockBound::leaves)
                .allMatch(bound -> bound.side() == ClockBound.Side.THROUGH);
    }

    private static String times(ClockFilter filter, boolean leaving) {
        List<String> names = ColumnMarks.shown(filter.schema().names());
        return filter.bounds().stream().filter(bound -> bound.leaves() == leaving)
                .map(bound -> StateReport.moved(names.get(bound.column()), bound.shiftMicros())).distinct()
                .collect(Collectors.joining(leaving ? " or " : " and "));
    }

    /// Whether every row of all these inputs is taken back in the end, because the clock takes one that it is made of.
    static boolean empties(StreamPlan plan, List<PlanNode> inputs) {
        return inputs.stream().allMatch(input -> empties(plan, input));
    }

    private static boolean empties(StreamPlan plan, PlanNode node) {
        return switch (node) {
            case ClockFilter filter when filter.leaves() -> true;
            case PlanNode.StreamJoin join -> empties(plan, join);
            case PlanNode forgetting when isForgotten(plan, forgetting) -> true;
            case PlanNode.StaticJoin join -> empties(plan, join.stream());
            case PlanNode.SetOperation set -> empties(plan, set.left());
            default -> !node.inputs().isEmpty() && empties(plan, node.inputs()); // a rule: nothing is made of no row
        };
    }

    private static boolean empties(StreamPlan plan, PlanNode.StreamJoin join) {
        boolean takesBack = plan.traits(join).changes() == Changes.RETRACT;
        boolean left = (takesBack && plan.traits(join).timeToLive(0).isPresent()) || empties(plan, join.left());
        boolean right = (takesBack && plan.traits(join).timeToLive(1).isPresent()) || empties(plan, join.right());
        return switch (join.kind()) {
            case INNER -> left || right;
            case LEFT, SEMI, ANTI -> left;
            case RIGHT -> right;
            case FULL -> left && right;
        };
    }

    /// Whether what a node gives is taken back at the latest when its time to live is over.
    private static boolean isForgotten(StreamPlan plan, PlanNode node) {
        StreamPlan.Traits traits = plan.traits(node);
        return traits.forgets() && traits.changes() == Changes.RETRACT;
    }
}
