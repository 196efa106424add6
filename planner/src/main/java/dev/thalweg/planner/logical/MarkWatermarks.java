package dev.thalweg.planner.logical;

import java.math.BigDecimal;
import java.util.Objects;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;

/// Puts a [LogicalWatermark] where [PrepareRelations] left the mark `WHERE $watermark(column, delay)`. In a batch query a
/// watermark means nothing and goes away.
final class MarkWatermarks {
    private MarkWatermarks() {}

    static RelNode of(RelNode node) {
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
