package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.Distinct;
import dev.thalweg.planner.incremental.PlanNode.DropDuplicates;
import dev.thalweg.planner.incremental.PlanNode.Scan;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import java.util.List;
import java.util.stream.IntStream;

/// Guesses whether the rows of a node that only adds some are hardly ever equal, so that it pays to keep each by itself: they are read from
/// a table and have a time of that table, or they are groups with all of their keys, none of which is forgotten and comes again. Of
/// other rows a few may come time and again, and to keep each once is what bounds the state.
public final class RowsApart {
    private RowsApart() {}

    public static boolean likely(PlanNode node, StreamPlan plan) {
        Peeled rows = Peeled.of(node);
        PlanNode base = rows.base();
        if (!(base instanceof Scan) && plan.traits(base).forgets()) {
            return false;
        }
        return switch (base) {
            case Scan _ ->
                    rows.columns().stream().anyMatch(column -> column instanceof Input input && isTime(input.type()));
            case Distinct distinct -> hasAll(rows, IntStream.range(0, distinct.schema().size()).boxed().toList());
            case DropDuplicates duplicates -> hasAll(rows, duplicates.keys());
            case Aggregate groups -> hasAll(rows, IntStream.range(0, groups.keys().size()).boxed().toList());
            default -> false;
        };
    }

    private static boolean hasAll(Peeled rows, List<Integer> keys) {
        return keys.stream().allMatch(key -> rows.columns().stream()
                .anyMatch(column -> column instanceof Input input && input.column() == key));
    }

    private static boolean isTime(DataType type) {
        return type == Simple.TIMESTAMP || type == Simple.TIMESTAMP_NTZ;
    }
}
