package dev.thalweg.planner.logical;

import dev.thalweg.planner.function.FunctionRegistry;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableFunctionScan;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/// Makes a join of each lateral query, whatever is in it. One with nothing but a generator stays as it is.
///
/// What the query says of the outer row is carried upwards until it can stand in the condition of the join. Where that is not
/// possible, because rows were grouped, counted or joined on the way, the query is computed for all values of the outer rows at
/// once, and each row finds its own.
///
/// **Source** Neumann, Kemper: Unnesting Arbitrary Queries, BTW 2015.
final class Unnest extends RelHomogeneousShuttle {
    private final FunctionRegistry functions;

    private Unnest(FunctionRegistry functions) {
        this.functions = functions;
    }

    static RelNode in(RelNode rel, FunctionRegistry functions) {
        return rel.accept(new Unnest(functions));
    }

    @Override
    public RelNode visit(RelNode other) {
        if (other instanceof Correlate lateral && isGenerator(lateral)) {
            return lateral.copy(lateral.getTraitSet(), List.of(lateral.getLeft().accept(this), lateral.getRight()));
        }
        RelNode node = super.visit(other);
        return node instanceof Correlate lateral ? join(lateral) : node;
    }

    static boolean isGenerator(Correlate lateral) {
        RelNode right = lateral.getRight();
        while (right instanceof Project || (right instanceof Filter && lateral.getJoinType() == JoinRelType.INNER)) {
            right = right.getInput(0);
        }
        return right instanceof TableFunctionScan;
    }

    private RelNode join(Correlate lateral) {
        OuterRow outer = new OuterRow(lateral);
        Unnested query = new UnnestQuery(outer, functions).of(lateral.getRight());
        boolean keepsAll = lateral.getJoinType() == JoinRelType.LEFT;
        boolean oneRow = query.rel() instanceof Values values && values.getTuples().size() == 1
                && !query.always() && !readsInput(query.conditions()) && !readsInput(query.outputs());
        return oneRow ? beside(lateral, outer, query, keepsAll) : joined(lateral, outer, query, keepsAll);
    }

    private static boolean readsInput(List<RexNode> expressions) {
        return expressions.stream().anyMatch(expression -> !RelOptUtil.InputFinder.bits(expression).isEmpty());
    }

    /// A query without FROM, which needs no join.
    private static RelNode beside(Correlate lateral, OuterRow outer, Unnested query, boolean keepsAll) {
        RelNode left = lateral.getLeft();
        RexBuilder rex = outer.rex();
        RexShuttle here = outer.replacing(column -> rex.makeInputRef(left, column));
        RexNode condition = Unnested.all(rex, here.apply(query.conditions()));
        List<RexNode> columns = new ArrayList<>(Unnested.columns(left));
        boolean filters = !query.conditions().isEmpty();
        for (RexNode output : query.outputs()) {
            columns.add(filters && keepsAll ? onlyIf(rex, condition, output.accept(here)) : output.accept(here));
        }
        RelNode rows = filters && !keepsAll ? LogicalFilter.create(left, condition) : left;
        return shaped(lateral, rows, columns);
    }

    private static RelNode joined(Correlate lateral, OuterRow outer, Unnested query, boolean keepsAll) {
        RelNode left = lateral.getLeft();
        RexBuilder rex = outer.rex();
        boolean marks = keepsAll && !query.always()
                && !query.outputs().stream().allMatch(RexInputRef.class::isInstance);
        Unnested marked = marks ? marked(query) : query;
        boolean isLeft = keepsAll || query.always();
        Unnested.Joined both = Unnested.Joined.of(left, marked, isLeft ? JoinRelType.LEFT : JoinRelType.INNER,
                outer.replacing(column -> rex.makeInputRef(left, column)));
        RexShuttle here = outer.replacing(column -> rex.makeInputRef(both.rel(), column));
        List<RexNode> columns = new ArrayList<>(
                Unnested.columns(both.rel()).subList(0, left.getRowType().getFieldCount()));
        RexNode found = rex.makeCall(SqlStdOperatorTable.IS_NOT_NULL,
                rex.makeInputRef(both.rel(), both.rel().getRowType().getFieldCount() - 1));
        for (RexNode output : both.outputs()) {
            columns.add(marks ? onlyIf(rex, found, output.accept(here)) : output.accept(here));
        }
        return shaped(lateral, both.rel(), columns);
    }

    /// With a last column that is NULL where nothing was found.
    private static Unnested marked(Unnested query) {
        List<RexNode> columns = new ArrayList<>(Unnested.columns(query.rel()));
        columns.add(query.rex().makeLiteral(true));
        return query.moved(Unnested.rows(query.rel(), columns), 0);
    }

    private static RexNode onlyIf(RexBuilder rex, RexNode condition, RexNode value) {
        var type = rex.getTypeFactory().createTypeWithNullability(value.getType(), true);
        return rex.makeCall(type, SqlStdOperatorTable.CASE, List.of(condition, value, rex.makeNullLiteral(type)));
    }

    private static RelNode shaped(Correlate lateral, RelNode rows, List<RexNode> columns) {
        RexBuilder rex = lateral.getCluster().getRexBuilder();
        List<RexNode> typed = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            var type = lateral.getRowType().getFieldList().get(i).getType();
            RexNode column = columns.get(i);
            typed.add(column.getType().equals(type) ? column : rex.makeAbstractCast(type, column, false));
        }
        if (RexUtil.isIdentity(typed, rows.getRowType())) {
            return rows;
        }
        return LogicalProject.create(rows, List.of(), typed, lateral.getRowType().getFieldNames(), Set.of());
    }
}
