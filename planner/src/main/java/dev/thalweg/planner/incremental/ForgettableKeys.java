package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.Distinct;
import dev.thalweg.planner.incremental.PlanNode.DropDuplicates;
import dev.thalweg.planner.incremental.PlanNode.SetOperation;

/// Says which nodes find all they keep of a row by one key, so that a key can be forgotten when no row has reached it for its time
/// to live.
public final class ForgettableKeys {
    private ForgettableKeys() {}

    /// Over rows that are only added: what is taken back later must not have been forgotten.
    public static boolean in(PlanNode node) {
        return switch (node) {
            case Aggregate aggregate -> !aggregate.keys().isEmpty()
                    && aggregate.calls().stream().noneMatch(ForgettableKeys::keepsValuesApart);
            case Distinct _,DropDuplicates _ -> true;
            case SetOperation set -> set.inputs().stream().noneMatch(InferBounded::of); // a table comes only once
            default -> false; // a rule: other nodes keep rows by other orders too
        };
    }

    /// Whether a call over rows that are only added keeps the values of its groups in a table of their own.
    private static boolean keepsValuesApart(AggregateCall call) {
        return switch (call.function()) {
            case "min", "max", "bool_and", "bool_or", "every", "any", "some", "first", "last", "any_value", "bit_and",
                    "bit_or" ->
                    false;
            case "max_by", "min_by" -> !call.constants().isEmpty();
            case "collect_set", "percentile", "percentile_approx", "percentile_cont", "percentile_disc", "median", "mode",
                    "histogram_numeric", "approx_top_k", "approx_top_k_accumulate" ->
                    true;
            default -> call.distinct(); // a rule: other calls fold their rows
        };
    }
}
