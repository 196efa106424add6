package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.PlanNode.AggregateCall;
import dev.thalweg.spi.data.RowType;
import java.util.List;
import java.util.OptionalInt;

/// What an aggregate does.
///
/// @param name stable in the query, such as `3-aggregate`: its tables are named after it
/// @param input the rows it reads; `keys` and the calls' arguments are columns of it
/// @param output the key columns, then one for each call
/// @param changes of the input
/// @param freedBy the key column by whose time groups are freed; empty: never
/// @param emitsOnClose hands a group over once, when the watermark has passed it, and nothing before
/// @param emitsForNoInput whether a group without keys, which is there even when no row is, belongs to this task
public record AggregateDeclaration(String name, RowType input, List<Integer> keys, List<AggregateCall> calls,
        RowType output,
        Changes changes, OptionalInt freedBy, boolean emitsOnClose, boolean emitsForNoInput) {
    public AggregateDeclaration {
        keys = List.copyOf(keys);
        calls = List.copyOf(calls);
    }

    boolean isGlobal() {
        return keys.isEmpty();
    }
}
