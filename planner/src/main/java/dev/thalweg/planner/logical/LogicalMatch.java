package dev.thalweg.planner.logical;

import dev.thalweg.planner.incremental.MatchPattern;
import dev.thalweg.planner.incremental.PlanNode.Direction;
import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;

/// Finds matches of a row pattern. Its columns are those of a projection of the input: the input's own, of which only those of
/// PARTITION BY mean anything where one row comes out of a match; the conditions of DEFINE, which nobody reads; and last the
/// measures. No rule moves a filter below it.
public final class LogicalMatch extends SingleRel {
    private final Projection projection;
    private final MatchMark.Clauses clauses;
    private final List<Integer> keys;

    /// What the columns are over the input: calls of `MatchFunction` say of which rows.
    record Projection(List<RexNode> expressions, RelDataType row) {}

    private LogicalMatch(RelNode input, RelTraitSet traits, Projection projection, MatchMark.Clauses clauses,
            List<Integer> keys) {
        super(input.getCluster(), traits, input);
        this.projection = projection;
        this.clauses = clauses;
        this.keys = List.copyOf(keys);
        this.rowType = projection.row();
    }

    /// @param keys the columns of PARTITION BY and behind them those of ORDER BY
    static LogicalMatch create(RelNode input, Projection projection, MatchMark.Clauses clauses, List<Integer> keys) {
        return new LogicalMatch(input, input.getTraitSet(), projection, clauses, keys);
    }

    /// What the columns are over the input.
    public List<RexNode> expressions() {
        return projection.expressions();
    }

    /// Without the conditions of its variables.
    public MatchPattern pattern() {
        return clauses.pattern();
    }

    /// Columns of PARTITION BY.
    public List<Integer> partition() {
        return keys.subList(0, clauses.partitions());
    }

    /// Columns of ORDER BY.
    public List<Integer> order() {
        return keys.subList(clauses.partitions(), keys.size());
    }

    public List<Direction> directions() {
        return clauses.order();
    }

    /// The variable of each condition.
    public List<Integer> defined() {
        return clauses.defined();
    }

    /// Where the conditions begin among the columns; they are followed by the measures.
    public int firstCondition() {
        return projection.expressions().size() - clauses.measures() - clauses.defined().size();
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new LogicalMatch(sole(inputs), traits, projection, clauses, keys);
    }

    @Override
    protected RelDataType deriveRowType() {
        return projection.row();
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("pattern", clauses.pattern().text()).item("clauses", clauses)
                .item("keys", keys).item("columns", projection.expressions());
    }

}
