package dev.thalweg.planner.logical;

import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.RowType;
import java.util.BitSet;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;

/// Knows the conditions that bound a join of streams by time, and so decide which rows are late.
///
/// `FROM a, b WHERE b.ts BETWEEN a.ts AND …` bounds the join as ON would: what stands right above an inner join becomes part of
/// it, whether or not filters are moved. No other condition becomes a bound, or the rows that are late would depend on the
/// rules.
final class TimeBounds extends RelHomogeneousShuttle {
    private TimeBounds() {}

    /// Gives each inner join of streams the filter right above it that bounds it.
    static RelNode intoJoins(RelNode rel) {
        return rel.accept(new TimeBounds());
    }

    @Override
    public RelNode visit(RelNode other) {
        RelNode node = super.visit(other);
        if (!(node instanceof Filter filter && filter.getInput() instanceof Join join)
                || join.getJoinType() != JoinRelType.INNER || !RexUtil.isDeterministic(filter.getCondition())
                || !bounds(filter.getCondition(), join)) {
            return node;
        }
        RexNode both = RexUtil.composeConjunction(join.getCluster().getRexBuilder(),
                java.util.List.of(join.getCondition(), filter.getCondition()));
        return join.copy(join.getTraitSet(), both, join.getLeft(), join.getRight(), join.getJoinType(),
                join.isSemiJoinDone());
    }

    /// Whether rows may be late at a join because of a condition.
    static boolean bounds(RexNode condition, Join join) {
        return in(condition) && PushDown.hasWatermark(join.getLeft()) && PushDown.hasWatermark(join.getRight());
    }

    /// Whether one part of a condition holds two times against each other.
    static boolean in(RexNode condition) {
        return RelOptUtil.conjunctions(condition).stream().anyMatch(part -> times(part).cardinality() > 1);
    }

    private static BitSet times(RexNode part) {
        BitSet times = new BitSet();
        part.accept(new RexVisitorImpl<Void>(true) {
            @Override
            @SuppressWarnings("NullAway") // a visitor of nothing gives null
            public Void visitInputRef(RexInputRef column) {
                if (isTime(column.getType())) {
                    times.set(column.getIndex());
                }
                return null;
            }
        });
        return times;
    }

    static boolean isTime(RelDataType type) {
        return isTime(TypeMapping.dataType(type));
    }

    private static boolean isTime(DataType type) {
        return type == Simple.TIMESTAMP || type == Simple.TIMESTAMP_NTZ
                || (type instanceof DataType.Struct(RowType row)
                        && row.fields().stream().anyMatch(field -> isTime(field.type())));
    }
}
