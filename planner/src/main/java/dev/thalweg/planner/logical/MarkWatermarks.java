package dev.thalweg.planner.logical;

import java.math.BigDecimal;
import java.util.Objects;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;

/// Puts a [LogicalWatermark] where [PrepareRelations] left the mark `WHERE $watermark(column, delay)`. In a batch query a
/// watermark means nothing and goes away. Comes before every rule, so that no filter meets the mark.
final class MarkWatermarks extends RelHomogeneousShuttle {
    /// A subquery is an expression of the node around it.
    private final RexShuttle subqueries = new RexShuttle() {
        @Override
        public RexNode visitSubQuery(RexSubQuery subquery) {
            RexSubQuery visited = (RexSubQuery) super.visitSubQuery(subquery);
            return visited.clone(in(visited.rel));
        }
    };

    static RelNode in(RelNode rel) {
        return rel.accept(new MarkWatermarks());
    }

    @Override
    public RelNode visit(RelNode other) {
        RelNode node = super.visit(other).accept(subqueries);
        if (!(node instanceof Filter filter) || !(filter.getCondition() instanceof RexCall call)
                || !call.getOperator().getName().equals("$watermark")) {
            return node;
        }
        if (!LogicalPlan.isStreaming(filter.getInput())) {
            return filter.getInput();
        }
        if (!(call.getOperands().getFirst() instanceof RexInputRef column)) {
            return filter.getInput(); // a wrong name, which is reported
        }
        RexLiteral delay = literal(call);
        BigDecimal micros = Objects.requireNonNull(delay.getValueAs(BigDecimal.class));
        return LogicalWatermark.create(filter.getInput(), column.getIndex(), micros.longValueExact());
    }

    /// The delay, below the cast to BIGINT of a short number.
    private static RexLiteral literal(RexCall call) {
        return call.getOperands().get(1) instanceof RexCall cast
                ? (RexLiteral) cast.getOperands().getFirst()
                : (RexLiteral) call.getOperands().get(1);
    }
}
