package dev.thalweg.planner.logical;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;

/// Keeps the first row, by arrival, of each different value of some columns. Within the watermark: until it has passed that row.
public final class LogicalDropDuplicates extends SingleRel {
    private final List<Integer> columns;
    private final boolean withinWatermark;

    private LogicalDropDuplicates(RelOptCluster cluster, RelTraitSet traits, RelNode input, List<Integer> columns,
            boolean withinWatermark) {
        super(cluster, traits, input);
        this.columns = List.copyOf(columns);
        this.withinWatermark = withinWatermark;
    }

    public static LogicalDropDuplicates create(RelNode input, List<Integer> columns) {
        return new LogicalDropDuplicates(input.getCluster(), input.getTraitSet(), input, columns, false);
    }

    public static LogicalDropDuplicates withinWatermark(RelNode input, List<Integer> columns) {
        return new LogicalDropDuplicates(input.getCluster(), input.getTraitSet(), input, columns, true);
    }

    public boolean isWithinWatermark() {
        return withinWatermark;
    }

    public List<Integer> columns() {
        return columns;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new LogicalDropDuplicates(getCluster(), traits, sole(inputs), columns, withinWatermark);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("columns", columns).itemIf("within", "watermark", withinWatermark);
    }
}
