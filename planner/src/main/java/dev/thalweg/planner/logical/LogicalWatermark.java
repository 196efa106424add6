package dev.thalweg.planner.logical;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;

/// Declares a column of its input the event time. No rule moves a filter below it: rows that are filtered out still move time.
public final class LogicalWatermark extends SingleRel {
    private final int column;
    private final long delayMicros;

    private LogicalWatermark(RelOptCluster cluster, RelTraitSet traits, RelNode input, int column, long delayMicros) {
        super(cluster, traits, input);
        this.column = column;
        this.delayMicros = delayMicros;
    }

    public static LogicalWatermark create(RelNode input, int column, long delayMicros) {
        return new LogicalWatermark(input.getCluster(), input.getTraitSet(), input, column, delayMicros);
    }

    public int column() {
        return column;
    }

    public long delayMicros() {
        return delayMicros;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new LogicalWatermark(getCluster(), traits, sole(inputs), column, delayMicros);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("column", getRowType().getFieldNames().get(column)).item("delayMicros",
                delayMicros);
    }
}
