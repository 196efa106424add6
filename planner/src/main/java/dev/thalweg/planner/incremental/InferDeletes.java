package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.AsofJoin;
import dev.thalweg.planner.incremental.PlanNode.Exchange;
import dev.thalweg.planner.incremental.PlanNode.Filter;
import dev.thalweg.planner.incremental.PlanNode.JoinKind;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.TopN;
import java.util.Optional;

/// Says whether a key of a node's output can vanish, or only change. Without a known key a change is a delete too.
final class InferDeletes {
    private final InferChanges changes;

    InferDeletes(InferChanges changes) {
        this.changes = changes;
    }

    boolean of(PlanNode root) {
        return changes.of(root) == Changes.RETRACT && (new InferKey(changes).of(root).isEmpty() || vanishes(root));
    }

    /// The node that first makes a key vanish, for the message of a refusal.
    Optional<PlanNode> cause(PlanNode node) {
        Optional<PlanNode> below = node.inputs().stream().flatMap(input -> cause(input).stream()).findFirst();
        return below.isPresent() ? below : vanishes(node) ? Optional.of(node) : Optional.empty();
    }

    private boolean vanishes(PlanNode node) {
        if (changes.of(node) == Changes.INSERT_ONLY) {
            return false;
        }
        return switch (node) {
            case Aggregate aggregate -> !aggregate.keys().isEmpty()
                    && (changes.of(aggregate.input()) == Changes.RETRACT || changes.forgets(aggregate));
            case Project project -> vanishes(project.input());
            case PlanNode.Lives lives -> vanishes(lives.input());
            case Over over -> vanishes(over.input()) || changes.forgets(over);
            case AsofJoin join -> vanishes(join.left())
                    || (join.kind() == JoinKind.INNER && changes.of(join.right()) == Changes.RETRACT); // it meets another row
            case TopN top when top.rank() == TopN.Rank.ROW_NUMBER && top.count() == 1 ->
                    changes.of(top.input()) == Changes.RETRACT || changes.forgets(top); // else another row takes the place
            case Exchange exchange -> vanishes(exchange.input());
            case Filter _ -> true; // a changed row may no longer pass
            default -> true; // a rule: what is not known to keep its keys may lose them
        };
    }
}
