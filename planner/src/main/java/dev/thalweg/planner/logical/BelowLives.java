package dev.thalweg.planner.logical;

import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.logical.LogicalFilter;

/// Moves filters below what says how long rows live: fewer rows live as long. There they may meet a rank, of which they ask for the
/// first rows only, or a table.
final class BelowLives extends RelHomogeneousShuttle {
    private BelowLives() {}

    static RelNode in(RelNode rel) {
        return rel.accept(new BelowLives());
    }

    @Override
    public RelNode visit(RelNode other) {
        RelNode node = super.visit(other);
        return node instanceof Filter filter && filter.getInput().stripped() instanceof LogicalLives lives
                && PushDown.isOfRows(filter.getCondition())
                        ? LogicalLives.create(visit(LogicalFilter.create(lives.getInput(), filter.getCondition())),
                                lives.micros(), lives.relation())
                        : node;
    }
}
