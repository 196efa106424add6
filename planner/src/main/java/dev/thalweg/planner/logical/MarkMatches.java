package dev.thalweg.planner.logical;

import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/// Puts a [LogicalMatch] where [PrepareMatch] left its mark, a filter over a projection.
final class MarkMatches {
    private MarkMatches() {}

    static RelNode of(RelNode node) {
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
