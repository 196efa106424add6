package dev.thalweg.planner.logical;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/// Puts a [LogicalAsof] where [PrepareRelations] left a join with the mark `$asof(comparison)` in its condition.
final class MarkAsof {
    private MarkAsof() {}

    static RelNode of(RelNode node) {
        if (!(node instanceof Join join)) {
            return node;
        }
        List<RexNode> equal = new ArrayList<>(RelOptUtil.conjunctions(join.getCondition()));
        List<RexNode> marks = equal.stream().filter(MarkAsof::isMark).toList();
        if (marks.isEmpty()) {
            return node;
        }
        equal.removeAll(marks);
        return LogicalAsof.of(join, new LogicalAsof.Conditions(
                RexUtil.composeConjunction(join.getCluster().getRexBuilder(), equal),
                ((RexCall) marks.getFirst()).getOperands().getFirst(), join.getJoinType() == JoinRelType.LEFT));
    }

    private static boolean isMark(RexNode part) {
        return part instanceof RexCall call && call.getOperator().getName().equals("$asof");
    }
}
