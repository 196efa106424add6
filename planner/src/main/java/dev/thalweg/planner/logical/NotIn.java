package dev.thalweg.planner.logical;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.util.ImmutableBitSet;

/// `x NOT IN (SELECT y …)` where NULLs may be about, as two anti joins.
///
/// One join has to ask of each pair whether `x = y OR x IS NULL OR y IS NULL`, and so looks at all pairs. Here the first one asks
/// `x = y`, which finds its pairs by a key; what it leaves meets only which groups of the subquery there are (without
/// correlation one) and whether a NULL is among their rows.
final class NotIn {
    private final RelNode left;
    private final RelNode body;
    private final RexNode value;
    private final RexNode inner;
    private final List<RexNode> conditions;
    private final RexBuilder rex;

    /// @param body what the subquery reads
    /// @param value what stands before NOT IN
    /// @param inner what the subquery gives, over `body`
    /// @param conditions what else must hold of a pair, over the joined row
    NotIn(RelNode left, RelNode body, RexNode value, RexNode inner, List<RexNode> conditions) {
        this.left = left;
        this.body = body;
        this.value = value;
        this.inner = inner;
        this.conditions = conditions;
        this.rex = left.getCluster().getRexBuilder();
    }

    /// Whether the two joins are sure to give the same, and make the same rows late: nothing in them is an event time, and what
    /// is now read twice has no state of its own.
    boolean serves() {
        boolean mayBeNull = value.getType().isNullable() || inner.getType().isNullable();
        List<RexNode> all = new ArrayList<>(conditions);
        all.add(value);
        all.add(inner);
        return mayBeNull && isPlain(body) && all.stream()
                .allMatch(each -> !RexUtil.containsCorrelation(each) && isSure(each) && !NotIn.looksAtTime(each));
    }

    private static boolean isPlain(RelNode rel) {
        boolean plain = switch (rel) {
            case Project project -> project.getProjects().stream().allMatch(NotIn::isSure);
            case Filter filter -> isSure(filter.getCondition());
            default -> rel instanceof TableScan || rel instanceof Values || rel instanceof LogicalWatermark
                    || rel instanceof LogicalLives;
        };
        return plain && rel.getInputs().stream().allMatch(NotIn::isPlain);
    }

    private static boolean isSure(RexNode node) {
        return RexUtil.isDeterministic(node) && RexUtil.SubQueryFinder.find(node) == null;
    }

    private static boolean looksAtTime(RexNode node) {
        boolean[] found = {false};
        node.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                found[0] |= ref.getType().getSqlTypeName().getFamily() == SqlTypeFamily.TIMESTAMP;
                return ref;
            }
        });
        return found[0];
    }

    /// @param equal `value = inner`, over the joined row
    RelNode joins(RexNode equal) {
        List<RexNode> found = new ArrayList<>(conditions);
        found.add(equal);
        RelNode without = anti(left, body, found);
        List<Integer> groups = new ArrayList<>(groupColumns());
        List<RexNode> columns = new ArrayList<>();
        groups.forEach(column -> columns.add(rex.makeInputRef(body, column)));
        boolean eitherSide = value.getType().isNullable();
        columns.add(eitherSide ? isNull(inner) : rex.makeLiteral(true));
        RelNode asked = eitherSide ? body : LogicalFilter.create(body, isNull(inner));
        RelNode different = LogicalAggregate.create(
                LogicalProject.create(asked, List.of(), columns, (List<String>) null, Set.of()), List.of(),
                ImmutableBitSet.range(columns.size()), null, List.of());
        int width = left.getRowType().getFieldCount();
        List<RexNode> unknown = new ArrayList<>();
        conditions.forEach(condition -> unknown.add(moved(condition, width, groups)));
        if (eitherSide) {
            RexNode among = rex.makeInputRef(different.getRowType().getFieldList().getLast().getType(),
                    width + groups.size());
            unknown.add(rex.makeCall(SqlStdOperatorTable.OR, isNull(value), among));
        }
        return anti(without, different, unknown);
    }

    private RexNode isNull(RexNode node) {
        return rex.makeCall(SqlStdOperatorTable.IS_NULL, node);
    }

    private RelNode anti(RelNode from, RelNode rows, List<RexNode> on) {
        return LogicalJoin.create(from, rows, List.of(), RexUtil.composeConjunction(rex, on), Set.of(),
                JoinRelType.ANTI);
    }

    /// The columns of the subquery's rows at which the conditions look.
    private List<Integer> groupColumns() {
        int width = left.getRowType().getFieldCount();
        return RelOptUtil.InputFinder.bits(conditions, null).asList().stream().filter(column -> column >= width)
                .map(column -> column - width).toList();
    }

    private RexNode moved(RexNode condition, int width, List<Integer> groups) {
        return condition.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef ref) {
                return ref.getIndex() < width
                        ? ref
                        : new RexInputRef(width + groups.indexOf(ref.getIndex() - width), ref.getType());
            }
        });
    }
}
