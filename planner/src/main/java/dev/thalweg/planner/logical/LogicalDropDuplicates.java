package dev.thalweg.planner.logical;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;

/// Keeps the first row, by arrival, of each different value of some columns.
public final class LogicalDropDuplicates extends SingleRel {
    private final List<Integer> columns;

    private LogicalDropDuplicates(RelOptCluster cluster, RelTraitSet traits, RelNode input, List<Integer> columns) {
        super(cluster, traits, input);
        this.columns = List.copyOf(columns);
    }

    public static LogicalDropDuplicates create(RelNode input, List<Integer> columns) {
        return new LogicalDropDuplicates(input.getCluster(), input.getTraitSet(), input, columns);
    }

    public List<Integer> columns() {
        return columns;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new LogicalDropDuplicates(getCluster(), traits, sole(inputs), columns);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("columns", columns);
    }
}
