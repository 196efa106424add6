package dev.thalweg.planner.logical;

import java.util.List;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/// Puts a [LogicalMatch] where [PrepareMatch] left its mark, a filter over a projection. Comes before every rule, so that
/// nothing moves or merges the two.
final class MarkMatches extends RelHomogeneousShuttle {
    /// A subquery is an expression of the node around it.
    private final RexShuttle subqueries = new RexShuttle() {
        @Override
        public RexNode visitSubQuery(RexSubQuery subquery) {
            RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subquery);
            return visited.clone(in(visited.rel));
        }
    };

    static RelNode in(RelNode rel) {
        return rel.accept(new MarkMatches());
    }

    @Override
    public RelNode visit(RelNode other) {
        RelNode node = super.visit(other).accept(subqueries);
        if (!(node instanceof Filter filter) || !(filter.getCondition() instanceof RexCall call)
                || !(call.getOperator() instanceof MatchMark mark)) {
            return node;
        }
        List<Integer> keys = call.getOperands().stream().map(key -> ((RexInputRef) key).getIndex()).toList();
        RelNode below = filter.getInput();
        boolean projects = below instanceof Project;
        List<RexNode> expressions = below instanceof Project project
                ? project.getProjects()
                : List.copyOf(below.getCluster().getRexBuilder().identityProjects(below.getRowType()));
        return LogicalMatch.create(projects ? below.getInput(0) : below,
                new LogicalMatch.Projection(expressions, below.getRowType()), mark.clauses(), keys);
    }
}
