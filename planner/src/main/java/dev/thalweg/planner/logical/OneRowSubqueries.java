package dev.thalweg.planner.logical;

import dev.thalweg.planner.function.EngineFunction;
import dev.thalweg.planner.function.FunctionRegistry;
import dev.thalweg.planner.function.QueryProblem;
import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.data.DataType.Simple;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Readies a correlated aggregate without GROUP BY for decorrelation, which makes of it a join with one row a key, and none for a
/// key without rows. But such an aggregate always gives a row: so the join keeps the outer row, a count that found none is 0, and
/// what is computed from the aggregate is computed after the join. (Calcite mends only its own COUNT, and only in part.)
final class OneRowSubqueries extends RelHomogeneousShuttle {
    private final FunctionRegistry functions;

    private OneRowSubqueries(FunctionRegistry functions) {
        this.functions = functions;
    }

    static RelNode in(RelNode rel, FunctionRegistry functions) {
        return rel.accept(new OneRowSubqueries(functions));
    }

    @Override
    public RelNode visit(RelNode other) {
        RelNode node = super.visit(other);
        if (!(node instanceof Correlate correlate)) {
            return node;
        }
        RelNode right = correlate.getRight();
        List<RexNode> outputs = List
                .copyOf(correlate.getCluster().getRexBuilder().identityProjects(right.getRowType()));
        while (right instanceof Project project) {
            outputs = RelOptUtil.pushPastProject(outputs, project);
            right = project.getInput();
        }
        if (right instanceof Aggregate aggregate && isOneRow(aggregate)) {
            refuseBelow(aggregate.getInput(), correlate.getCorrelationId());
            return kept(correlate, aggregate, outputs);
        }
        refuseBelow(right, correlate.getCorrelationId());
        return node;
    }

    private static boolean isOneRow(Aggregate aggregate) {
        return aggregate.getGroupSets().size() == 1 && aggregate.getGroupSet().isEmpty();
    }

    private RelNode kept(Correlate correlate, Aggregate wanted, List<RexNode> outputs) {
        RexBuilder rex = correlate.getCluster().getRexBuilder();
        Aggregate aggregate = counted(wanted);
        RelNode joined = LogicalCorrelate.create(correlate.getLeft(), aggregate, List.of(),
                correlate.getCorrelationId(),
                correlate.getRequiredColumns(), JoinRelType.LEFT);
        int left = correlate.getLeft().getRowType().getFieldCount();
        List<RexNode> values = new ArrayList<>();
        for (int i = 0; i < wanted.getAggCallList().size(); i++) {
            RexNode value = rex.makeInputRef(joined, left + i);
            AggregateCall call = wanted.getAggCallList().get(i);
            values.add(isSingleValue(call)
                    ? atMostOne(rex, value, rex.makeInputRef(joined, left + wanted.getAggCallList().size()))
                    : orEmpty(rex, value, call));
        }
        List<RexNode> columns = new ArrayList<>(rex.identityProjects(joined.getRowType()).subList(0, left));
        for (RexNode output : outputs) {
            columns.add(output.accept(new AfterJoin(values, correlate.getCorrelationId())));
        }
        for (int i = 0; i < columns.size(); i++) {
            var type = correlate.getRowType().getFieldList().get(i).getType();
            columns.set(i, columns.get(i).getType().equals(type)
                    ? columns.get(i)
                    : rex.makeAbstractCast(type, columns.get(i), false));
        }
        return LogicalProject.create(joined, List.of(), columns, correlate.getRowType().getFieldNames(), Set.of());
    }

    private static boolean isSingleValue(AggregateCall call) {
        return call.getAggregation().getKind() == SqlKind.SINGLE_VALUE;
    }

    /// Where one value is asked for, some value and the number of them: whether they are too many matters only for keys that
    /// some outer row has, which is known after the join.
    private Aggregate counted(Aggregate aggregate) {
        if (aggregate.getAggCallList().stream().noneMatch(OneRowSubqueries::isSingleValue)) {
            return aggregate;
        }
        List<AggregateCall> calls = new ArrayList<>();
        for (AggregateCall call : aggregate.getAggCallList()) {
            boolean ordered = TypeRules.hasOrder(TypeMapping.dataType(call.getType()));
            calls.add(isSingleValue(call)
                    ? call(ordered ? "max" : "first", call.getArgList(), call.getType())
                    : call);
        }
        calls.add(call("count", List.of(),
                TypeMapping.rel(aggregate.getCluster().getTypeFactory(), Simple.BIGINT, false)));
        return LogicalAggregate.create(aggregate.getInput(), List.of(), aggregate.getGroupSet(),
                aggregate.getGroupSets(), calls);
    }

    private AggregateCall call(String function, List<Integer> arguments, RelDataType type) {
        return AggregateCall.create((SqlAggFunction) functions.operator(function), false, false, false, List.of(),
                arguments, -1, null, RelCollations.EMPTY, type, null);
    }

    private static RexNode atMostOne(RexBuilder rex, RexNode value, RexNode count) {
        RexNode many = rex.makeCall(SqlStdOperatorTable.GREATER_THAN, count,
                rex.makeExactLiteral(java.math.BigDecimal.ONE, count.getType()));
        return rex.makeCall(value.getType(), SqlStdOperatorTable.CASE,
                List.of(many, FunctionRegistry.moreThanOneRow(rex, value.getType()), value));
    }

    /// What the aggregate gives for no rows.
    private RexNode orEmpty(RexBuilder rex, RexNode value, AggregateCall call) {
        return switch (call.getAggregation().getName().toLowerCase(java.util.Locale.ROOT)) {
            case "count", "regr_count", "approx_count_distinct" ->
                    ((EngineFunction) functions.operator("coalesce")).toRex(rex,
                            List.of(value, rex.makeExactLiteral(java.math.BigDecimal.ZERO)), null);
            case "collect_list", "collect_set", "hll_sketch_agg", "hll_union_agg", "theta_sketch_agg",
                    "theta_union_agg" ->
                    throw refused(call.getAggregation().getName());
            default -> value;
        };
    }

    private static void refuseBelow(RelNode rel, CorrelationId outer) {
        if (rel instanceof Aggregate aggregate && isOneRow(aggregate)
                && RelOptUtil.getVariablesUsed(rel).contains(outer)) {
            throw refused("an aggregate without GROUP BY");
        }
        rel.getInputs().forEach(input -> refuseBelow(input, outer));
    }

    private static QueryProblem refused(String what) {
        return new QueryProblem("THW-1107",
                "A subquery that looks at the outer row cannot hold " + what + " there yet.",
                SqlParserPos.ZERO, "Write a LEFT JOIN with a query that groups by the column the two have in common.");
    }

    /// An expression over the aggregate as one over the joined row.
    private static final class AfterJoin extends RexShuttle {
        private final List<RexNode> values;
        private final CorrelationId outer;

        AfterJoin(List<RexNode> values, CorrelationId outer) {
            this.values = values;
            this.outer = outer;
        }

        @Override
        public RexNode visitInputRef(RexInputRef ref) {
            return values.get(ref.getIndex());
        }

        @Override
        public RexNode visitFieldAccess(RexFieldAccess access) {
            boolean ofOuter = access.getReferenceExpr() instanceof RexCorrelVariable variable
                    && variable.id.equals(outer);
            return ofOuter
                    ? new RexInputRef(access.getField().getIndex(), access.getType())
                    : super.visitFieldAccess(access);
        }
    }
}
