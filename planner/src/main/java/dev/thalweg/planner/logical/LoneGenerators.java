package dev.thalweg.planner.logical;

import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.util.ImmutableBitSet;

/// Gives a generator that stands alone, as in `SELECT explode(array(1, 2))`, one row to stand beside: after this every generator is
/// on the right of a lateral join.
final class LoneGenerators extends RelHomogeneousShuttle {
    static RelNode in(RelNode rel) {
        return rel.accept(new LoneGenerators());
    }

    @Override
    public RelNode visit(RelNode other) {
        if (other instanceof Correlate correlate && Unnest.isGenerator(correlate)) {
            RelNode left = correlate.getLeft().accept(this);
            return correlate.copy(correlate.getTraitSet(), List.of(left, correlate.getRight()));
        }
        return other instanceof TableFunctionScan alone ? besideOneRow(alone) : super.visit(other);
    }

    private static RelNode besideOneRow(TableFunctionScan generator) {
        RelOptCluster cluster = generator.getCluster();
        RexBuilder rex = cluster.getRexBuilder();
        RelNode joined = LogicalCorrelate.create(LogicalValues.createOneRow(cluster), generator, List.of(),
                cluster.createCorrel(), ImmutableBitSet.of(), JoinRelType.INNER);
        List<? extends RexNode> columns = rex.identityProjects(joined.getRowType());
        return LogicalProject.create(joined, List.of(), columns.subList(1, columns.size()),
                generator.getRowType().getFieldNames(), Set.of());
    }
}
