package dev.thalweg.planner.logical;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/// Puts nodes of ours where the preparation of the syntax left marks: filters and conditions that Calcite takes for its own.
/// Comes before every rule, so that none meets a mark, moves it or merges it.
final class Marks extends RelHomogeneousShuttle {
    /// A subquery is an expression of the node around it.
    private final RexShuttle subqueries = new RexShuttle() {
        @Override
        public RexNode visitSubQuery(RexSubQuery subquery) {
            RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subquery);
            return visited.clone(replacedIn(visited.rel));
        }
    };

    private Marks() {}

    static RelNode replacedIn(RelNode rel) {
        return rel.accept(new Marks());
    }

    @Override
    public RelNode visit(RelNode other) {
        RelNode node = super.visit(other).accept(subqueries);
        return MarkMatches.of(MarkAsof.of(MarkLives.of(MarkWatermarks.of(node))));
    }
}
