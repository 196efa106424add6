package dev.thalweg.planner.logical;

import java.math.BigDecimal;
import java.util.Objects;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/// Puts a [LogicalLives] where [PrepareRelations] left the mark `WHERE $lives(micros)`. In a batch query nothing is kept, and it
/// goes away.
final class MarkLives {
    private MarkLives() {}

    static RelNode of(RelNode node) {
        if (!(node instanceof Filter filter) || !(filter.getCondition() instanceof RexCall call)
                || !call.getOperator().getName().equals("$lives")) {
            return node;
        }
        if (!LogicalPlan.isStreaming(filter.getInput())) {
            return filter.getInput();
        }
        RexNode written = call.getOperands().getFirst();
        RexLiteral micros = (RexLiteral) (written instanceof RexCall cast ? cast.getOperands().getFirst() : written);
        return LogicalLives.create(filter.getInput(),
                Objects.requireNonNull(micros.getValueAs(BigDecimal.class)).longValueExact());
    }
}
