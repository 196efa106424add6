package dev.thalweg.planner.logical;

import dev.thalweg.planner.incremental.HintedRelation;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;

/// Says how long the operators that its rows reach next keep what no row reaches. Filters pass it ([BelowLives]), nothing else.
public final class LogicalLives extends SingleRel {
    private final long micros;
    private final HintedRelation relation;

    private LogicalLives(RelOptCluster cluster, RelTraitSet traits, RelNode input, long micros,
            HintedRelation relation) {
        super(cluster, traits, input);
        this.micros = micros;
        this.relation = relation;
    }

    /// Says it of all rows of a rel.
    ///
    /// @param micros 0: for ever
    public static LogicalLives create(RelNode input, long micros, HintedRelation relation) {
        return new LogicalLives(input.getCluster(), input.getTraitSet(), input, micros, relation);
    }

    public HintedRelation relation() {
        return relation;
    }

    public long micros() {
        return micros;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new LogicalLives(getCluster(), traits, sole(inputs), micros, relation);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("micros", micros);
    }
}
