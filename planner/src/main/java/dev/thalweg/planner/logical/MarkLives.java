package dev.thalweg.planner.logical;

import dev.thalweg.planner.incremental.HintedRelation;
import java.math.BigDecimal;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/// Puts a [LogicalLives] where [PrepareRelations] left the mark `WHERE $lives(micros, alias)`. Over a table it means
/// nothing, which [#overTables] tells.
final class MarkLives {
    private MarkLives() {}

    static RelNode of(RelNode node) {
        if (!(node instanceof Filter filter) || !(filter.getCondition() instanceof RexCall call)
                || !call.getOperator().getName().equals("$lives")) {
            return node;
        }
        BigDecimal micros = Objects.requireNonNull(literal(call, 0).getValueAs(BigDecimal.class));
        String alias = "'" + literal(call, 1).getValueAs(String.class) + "'";
        return LogicalLives.create(filter.getInput(), micros.longValueExact(), new HintedRelation(alias));
    }

    /// Below the cast of what is shorter than its type.
    private static RexLiteral literal(RexCall mark, int operand) {
        RexNode written = mark.getOperands().get(operand);
        return (RexLiteral) (written instanceof RexCall cast ? cast.getOperands().getFirst() : written);
    }

    /// Which hints are of tables: their rows come once, so none is forgotten.
    static List<Hints.Note> overTables(RelNode query) {
        Set<Hints.Note> found = new LinkedHashSet<>();
        query.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                if (other instanceof LogicalLives lives && !LogicalPlan.isStreaming(lives.getInput())) {
                    found.add(new Hints.Note("STATE_TTL of " + lives.relation().name()
                            + ": ignored, as the rows of a table come once and stay."
                            + " Read it as a stream if they are to go: FROM STREAM …", false));
                }
                return super.visit(other);
            }
        });
        return List.copyOf(found);
    }
}
