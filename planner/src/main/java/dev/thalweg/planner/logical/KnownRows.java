package dev.thalweg.planner.logical;

import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.metadata.RelMetadataQuery;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlExplainLevel;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// Answers what Calcite's rules ask of a rel by a look at it: how many rows it has at least and at most.
///
/// Calcite's own answers are classes that it writes and compiles when it is first asked, which every process would wait for; and
/// some of them try predicates out by running them, which cannot be done with a subquery.
final class KnownRows extends RelMetadataQuery {
    private static final double MANY = Double.POSITIVE_INFINITY;

    @Override
    public Double getMaxRowCount(RelNode rel) {
        RelNode bare = rel.stripped();
        return switch (bare) {
            case Values values -> (double) values.getTuples().size();
            case Aggregate aggregate when hasOneGroup(aggregate) -> 1.0;
            case Project project when !PushDown.makesRows(project) -> getMaxRowCount(project.getInput());
            case Filter filter -> getMaxRowCount(filter.getInput());
            case Join join when !join.getJoinType().projectsRight() -> getMaxRowCount(join.getLeft());
            case Join join when !join.getJoinType().generatesNullsOnLeft() && getMaxRowCount(join.getLeft()) <= 1
                    && getMaxRowCount(join.getRight()) <= 1 ->
                    1.0;
            case Sort sort -> Math.min(getMaxRowCount(sort.getInput()),
                    sort.fetch instanceof RexLiteral rows ? RexLiteral.intValue(rows) : MANY);
            default -> MANY; // the others may have any number
        };
    }

    @Override
    public Double getMinRowCount(RelNode rel) {
        RelNode bare = rel.stripped();
        return switch (bare) {
            case Values values -> (double) values.getTuples().size();
            case Aggregate aggregate when aggregate.getGroupCount() == 0 -> 1.0; // also of no rows
            case Project project when !PushDown.makesRows(project) -> getMinRowCount(project.getInput());
            default -> 0.0; // the others may have none
        };
    }

    @Override
    public @Nullable Boolean isEmpty(RelNode rel) {
        return getMaxRowCount(rel) <= 0 ? Boolean.TRUE : getMinRowCount(rel) >= 1 ? Boolean.FALSE : null;
    }

    @Override
    public @Nullable Boolean areColumnsUnique(RelNode rel, ImmutableBitSet columns) {
        return areColumnsUnique(rel, columns, false);
    }

    @Override
    public @Nullable Boolean areColumnsUnique(RelNode rel, ImmutableBitSet columns, boolean ignoreNulls) {
        return getMaxRowCount(rel) <= 1 ? Boolean.TRUE : null;
    }

    @Override
    public RelOptPredicateList getPulledUpPredicates(RelNode rel) {
        return RelOptPredicateList.EMPTY;
    }

    @Override
    public Boolean isVisibleInExplain(RelNode rel, SqlExplainLevel level) {
        return true;
    }

    private static boolean hasOneGroup(Aggregate aggregate) {
        return aggregate.getGroupType() == Aggregate.Group.SIMPLE
                && aggregate.getGroupSet().asList().stream().allMatch(key -> isFixed(aggregate.getInput(), key));
    }

    /// Whether a column is the same in all rows, because a filter says so.
    private static boolean isFixed(RelNode rel, int column) {
        RelNode bare = rel.stripped();
        return switch (bare) {
            case Filter filter -> isFixed(filter.getInput(), column)
                    || RelOptUtil.conjunctions(filter.getCondition()).stream().anyMatch(each -> fixes(each, column));
            case Project project when project.getProjects().get(column) instanceof RexInputRef below ->
                    isFixed(project.getInput(), below.getIndex());
            case Project project -> isConstant(project.getProjects().get(column));
            default -> false; // the others are not looked through
        };
    }

    private static boolean fixes(RexNode condition, int column) {
        if (!condition.isA(SqlKind.EQUALS)) {
            return false;
        }
        RexNode one = ((RexCall) condition).getOperands().get(0);
        RexNode other = ((RexCall) condition).getOperands().get(1);
        return (isColumn(one, column) && isConstant(other)) || (isColumn(other, column) && isConstant(one));
    }

    private static boolean isColumn(RexNode node, int column) {
        return node instanceof RexInputRef reference && reference.getIndex() == column;
    }

    /// What a row of the query outside gives is one value for all rows in here.
    private static boolean isConstant(RexNode node) {
        return node instanceof RexLiteral
                || (node instanceof RexFieldAccess access && access.getReferenceExpr().isA(SqlKind.CORREL_VARIABLE));
    }
}
