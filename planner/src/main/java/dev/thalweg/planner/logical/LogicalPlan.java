package dev.thalweg.planner.logical;

import dev.thalweg.planner.incremental.PlanNode.TableSource;
import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.spi.data.RowType;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;

/// What a query means, as relational algebra: validated, typed, not yet incremental.
public record LogicalPlan(RelNode rel) {
    public RowType schema() {
        return TypeMapping.rowType(rel.getRowType());
    }

    /// Whether some table below is read as a stream.
    public boolean isStreaming() {
        return isStreaming(rel);
    }

    static boolean isStreaming(RelNode rel) {
        RelOptTable table = rel.getTable();
        if (table != null && rel.getInputs().isEmpty()) {
            TableSource source = table.unwrap(TableSource.class);
            return source != null && source.streaming();
        }
        return rel.getInputs().stream().anyMatch(LogicalPlan::isStreaming);
    }

    /// The tree as Calcite prints it, for EXPLAIN and tests.
    public String text() {
        return RelOptUtil.toString(rel);
    }
}
