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
            case Over over -> !over.partition().isEmpty();
            case MatchRecognize match -> !match.partition().isEmpty();
            case TopN top -> !top.partition().isEmpty();
            case PlanNode.SessionAssign _,SessionAggregate _,Distinct _,DropDuplicates _,SetOperation _ -> true;
            default -> false; // a rule: other nodes keep rows by other orders too
        };
    }

    /// Whether a watermark that frees a node leaves something of each of its keys.
    static boolean outliveTime(PlanNode node) {
        return switch (node) {
            case Over over -> over.byTime() && OverReach.of(over).keepsPartitions();
            case MatchRecognize match -> MatchReach.keepsPartitions(match);
            default -> false; // a rule: what frees the others frees all of them
        };
    }
}
