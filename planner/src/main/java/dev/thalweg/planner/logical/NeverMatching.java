package dev.thalweg.planner.logical;

import dev.thalweg.planner.function.FunctionRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;

/// Makes a union of a join of streams whose condition is never true: the rows of a side that the join preserves, with NULLs for
/// the other side, and of any other side none. So nothing is kept, and no row is late.
///
/// Before filters move, which take such a condition apart. Both sides stay there: what is above goes by the time of both. A FULL join
/// of a stream with a table knows no time, for the table's rows have none, and what becomes of it knows none either.
final class NeverMatching extends RelHomogeneousShuttle {
    static RelNode in(RelNode rel) {
        return rel.accept(new NeverMatching());
    }

    @Override
    public RelNode visit(RelNode other) {
        RelNode node = super.visit(other);
        if (node instanceof Join join && keepsBothSides(join) && (isNeverTrue(join) || asksForNone(join))) {
            return union(join);
        }
        return node instanceof Filter filter && filter.getInput() instanceof Join join && isFromList(join)
                && NeverTrue.is(filter.getCondition()) ? union(join) : node;
    }

    /// Where times are held against each other besides, they bound the join, and say which of its rows are late.
    private static boolean isNeverTrue(Join join) {
        return NeverTrue.is(join.getCondition()) && !TimeBounds.bounds(join.getCondition(), join);
    }

    /// `FROM a, b`, where WHERE says what is matched.
    private static boolean isFromList(Join join) {
        return join.getJoinType() == JoinRelType.INNER && join.getCondition().isAlwaysTrue() && keepsBothSides(join);
    }

    /// `LEFT ANTI JOIN b ON FALSE`, of which a subquery is made that finds nothing.
    private static boolean asksForNone(Join join) {
        return !join.getJoinType().projectsRight() && join.getCondition().isAlwaysTrue()
                && join.getRight() instanceof Filter filter && NeverTrue.is(filter.getCondition());
    }

    /// Rows of a stream that are looked up in a table are not kept.
    private static boolean keepsBothSides(Join join) {
        boolean left = LogicalPlan.isStreaming(join.getLeft());
        boolean right = LogicalPlan.isStreaming(join.getRight());
        return switch (join.getJoinType()) {
            case INNER -> left && right;
            case LEFT, SEMI, ANTI -> right;
            case RIGHT -> left;
            case FULL -> left || right;
            default -> false; // others are refused
        };
    }

    private static RelNode union(Join join) {
        JoinRelType type = join.getJoinType();
        RelNode left = rows(join, join.getLeft(), 0, type.generatesNullsOnRight() || type == JoinRelType.ANTI);
        RelNode right = rows(join, join.getRight(), join.getLeft().getRowType().getFieldCount(),
                type.generatesNullsOnLeft());
        RelNode union = LogicalUnion.create(List.of(left, right), true);
        List<RexNode> columns = new ArrayList<>();
        for (RelDataTypeField field : join.getRowType().getFieldList()) {
            columns.add(as(rex(join), field.getType(), rex(join).makeInputRef(union, field.getIndex())));
        }
        return columns.stream().allMatch(RexInputRef.class::isInstance)
                ? union
                : LogicalProject.create(union, List.of(), columns, join.getRowType().getFieldNames(), Set.of());
    }

    /// The rows of one side, or none of them, in the columns of the join.
    private static RelNode rows(Join join, RelNode side, int first, boolean preserved) {
        RexBuilder rex = rex(join);
        RelNode rows = preserved ? side : LogicalFilter.create(side, rex.makeLiteral(false));
        int end = first + side.getRowType().getFieldCount();
        boolean timed = !besideTable(join) || !PushDown.hasWatermark(side);
        List<RexNode> columns = IntStream.range(0, join.getRowType().getFieldCount()).mapToObj(i -> {
            RelDataType type = rex.getTypeFactory()
                    .createTypeWithNullability(join.getRowType().getFieldList().get(i).getType(), true);
            if (i < first || i >= end) {
                return rex.makeNullLiteral(type);
            }
            RexNode column = as(rex, type, rex.makeInputRef(side, i - first));
            return timed || !TimeBounds.isTime(type) ? column : FunctionRegistry.computed(rex, column);
        }).toList();
        return LogicalProject.create(rows, List.of(), columns, join.getRowType().getFieldNames(), Set.of());
    }

    private static boolean besideTable(Join join) {
        return join.getJoinType() == JoinRelType.FULL
                && !(LogicalPlan.isStreaming(join.getLeft()) && LogicalPlan.isStreaming(join.getRight()));
    }

    private static RexNode as(RexBuilder rex, RelDataType type, RexNode column) {
        return column.getType().equals(type) ? column : rex.makeAbstractCast(type, column, false);
    }

    private static RexBuilder rex(Join join) {
        return join.getCluster().getRexBuilder();
    }
}
