package dev.thalweg.planner.logical;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.BiRel;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;

/// An as-of join: beside each row of the left side the nearest of the right side. No join to Calcite, whose rules would move
/// filters into it: a right row that is filtered out before gives its place to another.
public final class LogicalAsof extends BiRel {
    private final Conditions conditions;
    private final RelDataType columns;

    /// When rows meet, over the columns of both sides.
    ///
    /// @param equal of all that a left row could meet
    /// @param match which of them is the nearest: one comparison
    /// @param outer a left row that meets none comes out with NULLs
    public record Conditions(RexNode equal, RexNode match, boolean outer) {}

    private LogicalAsof(RelOptCluster cluster, RelTraitSet traits, Conditions conditions, List<RelNode> sides,
            RelDataType columns) {
        super(cluster, traits, sides.get(0), sides.get(1));
        this.conditions = conditions;
        this.columns = columns;
    }

    /// In place of a join that has the same columns.
    static LogicalAsof of(Join join, Conditions conditions) {
        return new LogicalAsof(join.getCluster(), join.getTraitSet(), conditions, join.getInputs(), join.getRowType());
    }

    public Conditions conditions() {
        return conditions;
    }

    @Override
    protected RelDataType deriveRowType() {
        return columns;
    }

    @Override
    public RelNode accept(RexShuttle shuttle) {
        RexNode equal = shuttle.apply(conditions.equal());
        RexNode match = shuttle.apply(conditions.match());
        return equal.equals(conditions.equal()) && match.equals(conditions.match())
                ? this
                : new LogicalAsof(getCluster(), getTraitSet(), new Conditions(equal, match, conditions.outer()),
                        getInputs(), columns);
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new LogicalAsof(getCluster(), traits, conditions, inputs, columns);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("equal", conditions.equal()).item("match", conditions.match())
                .item("outer", conditions.outer());
    }
}
