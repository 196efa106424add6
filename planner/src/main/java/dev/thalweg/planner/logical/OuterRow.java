package dev.thalweg.planner.logical;

import dev.thalweg.planner.function.FunctionRegistry;
import dev.thalweg.planner.function.QueryProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.IntFunction;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.util.ImmutableBitSet;

/// The row that a lateral query may look at: where its columns are read, and what takes their place.
final class OuterRow {
    private final RelNode rows;
    private final CorrelationId id;

    OuterRow(Correlate lateral) {
        this.rows = lateral.getLeft();
        this.id = lateral.getCorrelationId();
    }

    RexBuilder rex() {
        return rows.getCluster().getRexBuilder();
    }

    boolean isReadBy(RelNode query) {
        return !columnsIn(query).isEmpty();
    }

    boolean isReadBy(RexNode expression) {
        return !columnsIn(List.of(expression)).isEmpty();
    }

    Set<Integer> columnsIn(RelNode query) {
        Finder finder = new Finder();
        query.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                other.accept(finder);
                return super.visit(other);
            }
        });
        return finder.columns;
    }

    Set<Integer> columnsIn(List<? extends RexNode> expressions) {
        Finder finder = new Finder();
        expressions.forEach(expression -> expression.accept(finder));
        return finder.columns;
    }

    private final class Finder extends RexShuttle {
        private final Set<Integer> columns = new TreeSet<>();

        @Override
        public RexNode visitFieldAccess(RexFieldAccess access) {
            if (isColumn(access)) {
                columns.add(access.getField().getIndex());
            }
            return super.visitFieldAccess(access);
        }
    }

    private boolean isColumn(RexFieldAccess access) {
        return access.getReferenceExpr() instanceof RexCorrelVariable variable && variable.id.equals(id);
    }

    /// With something else in the place of the outer row's columns.
    RexShuttle replacing(IntFunction<RexNode> columns) {
        return new RexShuttle() {
            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                return isColumn(access) ? columns.apply(access.getField().getIndex()) : super.visitFieldAccess(access);
            }
        };
    }

    RexNode column(int index) {
        return rex().makeFieldAccess(rex().makeCorrel(rows.getRowType(), id), index);
    }

    /// The different values of some columns, among which a query finds those of each outer row again.
    ///
    /// No watermark speaks of them, where it does of the outer row: a value that is refused as late would be missing for an outer
    /// row that is not.
    RelNode values(List<Integer> columns) {
        if (!isDeterministic(rows)) {
            throw refused("looks at a random value of the outer row in such a way");
        }
        boolean hasWatermark = PushDown.hasWatermark(rows);
        List<RexNode> read = columns.stream().map(column -> (RexNode) rex().makeInputRef(rows, column))
                .map(column -> hasWatermark ? untimed(column) : column).toList();
        List<String> names = columns.stream().map(rows.getRowType().getFieldNames()::get).toList();
        RelNode values = LogicalProject.create(rows, List.of(), read, names, Set.of());
        return LogicalAggregate.create(values, List.of(), ImmutableBitSet.range(columns.size()), List.of(), List.of());
    }

    private RexNode untimed(RexNode column) {
        return TimeBounds.isTime(column.getType()) ? FunctionRegistry.computed(rex(), column) : column;
    }

    /// Equal, or both NULL: a value of the outer row and its place among [#values].
    RexNode isValue(int column, RexNode value) {
        return rex().makeCall(SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, column(column), value);
    }

    /// Whether a condition says of each outer row which value it goes with: one side reads only that row, the other none of it.
    boolean isKey(RexNode condition) {
        if (!(condition instanceof RexCall call)
                || (call.getKind() != SqlKind.EQUALS && call.getKind() != SqlKind.IS_NOT_DISTINCT_FROM)
                || !RexUtil.isDeterministic(call)) {
            return false;
        }
        RexNode left = call.getOperands().get(0);
        RexNode right = call.getOperands().get(1);
        return (isOnlyOuter(left) && !isReadBy(right)) || (isOnlyOuter(right) && !isReadBy(left));
    }

    private boolean isOnlyOuter(RexNode side) {
        return isReadBy(side) && RelOptUtil.InputFinder.bits(side).isEmpty();
    }

    /// The side of a key that the outer row has no part in.
    RexNode inner(RexCall key) {
        return key.getOperands().get(isReadBy(key.getOperands().get(0)) ? 1 : 0);
    }

    RexNode withInner(RexCall key, RexNode inner) {
        List<RexNode> sides = new ArrayList<>(key.getOperands());
        sides.set(isReadBy(sides.get(0)) ? 1 : 0, inner);
        return rex().makeCall(key.getType(), key.getOperator(), sides);
    }

    static QueryProblem refused(String what) {
        return new QueryProblem("THW-3127", "A subquery that " + what + " is not supported yet.", SqlParserPos.ZERO,
                "Write a join with a query that groups by the columns the two have in common.");
    }

    private static boolean isDeterministic(RelNode rel) {
        boolean[] chance = {false};
        rel.accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                other.accept(new RexShuttle() {
                    @Override
                    public RexNode visitCall(RexCall call) {
                        chance[0] |= !call.getOperator().isDeterministic();
                        return super.visitCall(call);
                    }
                });
                return super.visit(other);
            }
        });
        return !chance[0];
    }
}
