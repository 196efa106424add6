package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.Distinct;
import dev.thalweg.planner.incremental.PlanNode.DropDuplicates;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.planner.incremental.PlanNode.SessionAggregate;
import dev.thalweg.planner.incremental.PlanNode.SetOperation;
import dev.thalweg.planner.incremental.PlanNode.TopN;

/// Says which nodes find all they keep of a row by one key, so that a key can be forgotten when no row has reached it for its time
/// to live.
public final class ForgettableKeys {
    private ForgettableKeys() {}

    /// Over rows that are only added: what is taken back later must not have been forgotten. What has no key but one, for all rows,
    /// would be forgotten all at once or never.
    public static boolean in(PlanNode node) {
        return switch (node) {
            case Aggregate aggregate -> !aggregate.keys().isEmpty();
            case Over over -> !over.byTime() && !over.partition().isEmpty();
            case TopN top -> !top.partition().isEmpty();
            case SessionAggregate _,Distinct _,DropDuplicates _ -> true;
            case SetOperation set -> set.inputs().stream().noneMatch(InferBounded::of); // a table comes only once
            default -> false; // a rule: other nodes keep rows by other orders too
        };
    }
}
