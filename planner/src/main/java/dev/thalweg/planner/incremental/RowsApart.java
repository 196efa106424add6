package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.PlanNode.Scan;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;

/// Guesses whether the rows of a node are hardly ever equal, so that it pays to keep each by itself: they are read from a table
/// and have a time of that table. Without one, a few keys may come again and again, and to keep each once is what bounds the state.
public final class RowsApart {
    private RowsApart() {}

    public static boolean likely(PlanNode node) {
        Peeled rows = Peeled.of(node);
        return rows.base() instanceof Scan
                && rows.columns().stream().anyMatch(column -> column instanceof Input input && isTime(input.type()));
    }

    private static boolean isTime(DataType type) {
        return type == Simple.TIMESTAMP || type == Simple.TIMESTAMP_NTZ;
    }
}
