package dev.thalweg.planner.logical;

import dev.thalweg.planner.incremental.PlanNode.TableSource;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.type.RelDataType;

/// The rows of a query of WITH RECURSIVE: those of the anchor, and again and again what the step makes of the newest of them.
public final class LogicalRecursion extends BiRel {
    private final Reading reading;

    /// How the step is repeated.
    ///
    /// @param rows what the step reads, in which it finds the rows that the level before made
    /// @param all with duplicates; else a row that was there is not new
    /// @param levelsMax how often the step may run
    public record Reading(TableSource rows, boolean all, int levelsMax) {}

    private LogicalRecursion(RelOptCluster cluster, RelTraitSet traits, RelNode anchor, RelNode step, Reading reading) {
        super(cluster, traits, anchor, step);
        this.reading = reading;
    }

    /// Makes the node.
    ///
    /// @param step has the columns of the anchor
    public static LogicalRecursion create(RelNode anchor, RelNode step, Reading reading) {
        return new LogicalRecursion(anchor.getCluster(), anchor.getTraitSet(), anchor, step, reading);
    }

    public Reading reading() {
        return reading;
    }

    @Override
    protected RelDataType deriveRowType() {
        return getLeft().getRowType();
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new LogicalRecursion(getCluster(), traits, inputs.get(0), inputs.get(1), reading);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("rows", reading.rows().name()).item("all", reading.all())
                .item("levelsMax", reading.levelsMax());
    }
}
