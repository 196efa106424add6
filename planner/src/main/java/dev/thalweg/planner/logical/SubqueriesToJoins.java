package dev.thalweg.planner.logical;

import dev.thalweg.planner.function.EngineFunction;
import dev.thalweg.planner.function.FunctionRegistry;
import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.data.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/// Makes `WHERE [NOT] EXISTS` and `WHERE x [NOT] IN (SELECT …)` semi and anti joins, also where the subquery's own WHERE looks at
/// the outer row. Calcite's rules would join with a distinct aggregate instead, which needs state.
///
/// What is not of that shape stays a subquery, for Calcite's rules to remove.
final class SubqueriesToJoins extends RelHomogeneousShuttle {
    private final FunctionRegistry functions;

    private SubqueriesToJoins(FunctionRegistry functions) {
        this.functions = functions;
    }

    static RelNode in(RelNode rel, FunctionRegistry functions) {
        return rel.accept(new SubqueriesToJoins(functions));
    }

    @Override
    public RelNode visit(RelNode other) {
        RelNode node = super.visit(other).accept(new Inside());
        if (node instanceof Filter filter && RexUtil.SubQueryFinder.find(filter.getCondition()) != null) {
            return filter(filter);
        }
        return node;
    }

    /// The subqueries within expressions get the same treatment. One that gives a value may find no row, so its column may be
    /// NULL; saying so here keeps Calcite's rules from stumbling over the difference.
    private final class Inside extends RexShuttle {
        @Override
        public RexNode visitSubQuery(RexSubQuery query) {
            RelNode rel = query.rel.accept(SubqueriesToJoins.this);
            if (query.getKind() == SqlKind.SCALAR_QUERY) {
                rel = nullable(rel);
            }
            RexSubQuery inner = (RexSubQuery) super.visitSubQuery(query.clone(rel));
            return query.getKind() == SqlKind.IN ? alike(inner) : inner;
        }

        /// What stands before IN and the columns of its query, cast to the types that both have in common.
        private static RexNode alike(RexSubQuery in) {
            RexBuilder rex = in.rel.getCluster().getRexBuilder();
            List<RexNode> left = new ArrayList<>();
            List<RexNode> right = new ArrayList<>();
            for (int i = 0; i < in.getOperands().size(); i++) {
                RexNode operand = in.getOperands().get(i);
                RexNode column = rex.makeInputRef(in.rel, i);
                Optional<DataType> common = TypeRules.leastCommon(TypeMapping.dataType(operand.getType()),
                        TypeMapping.dataType(column.getType()));
                left.add(common.map(type -> EngineFunction.cast(rex, operand, type)).orElse(operand));
                right.add(common.map(type -> EngineFunction.cast(rex, column, type)).orElse(column));
            }
            boolean same = right.stream().allMatch(RexInputRef.class::isInstance);
            RelNode rel = same
                    ? in.rel
                    : LogicalProject.create(in.rel, List.of(), right, in.rel.getRowType().getFieldNames(), Set.of());
            return in.clone(in.getType(), left).clone(rel);
        }

        private static RelNode nullable(RelNode rel) {
            RexBuilder rex = rel.getCluster().getRexBuilder();
            RexNode column = rex.makeInputRef(rel, 0);
            if (column.getType().isNullable()) {
                return rel;
            }
            RelDataType type = rex.getTypeFactory().createTypeWithNullability(column.getType(), true);
            return LogicalProject.create(rel, List.of(), List.of(rex.makeAbstractCast(type, column, false)),
                    rel.getRowType().getFieldNames(), Set.of());
        }
    }

    private RelNode filter(Filter filter) {
        List<RexNode> plain = new ArrayList<>();
        List<RexNode> rest = new ArrayList<>();
        List<RexNode> candidates = new ArrayList<>();
        for (RexNode condition : RelOptUtil.conjunctions(filter.getCondition())) {
            if (RexUtil.SubQueryFinder.find(condition) == null) {
                // what looks at a query further out stays on top, where the join with that query is made of it
                (RexUtil.containsCorrelation(condition) ? rest : plain).add(condition);
            } else {
                candidates.add(condition);
            }
        }
        RelNode left = filtered(filter.getInput(), plain, Set.of());
        for (RexNode condition : candidates) {
            Optional<RelNode> joined = join(left, condition, filter.getVariablesSet());
            if (joined.isPresent()) {
                left = joined.get();
            } else {
                rest.add(condition);
            }
        }
        return filtered(left, rest, filter.getVariablesSet());
    }

    private static RelNode filtered(RelNode input, List<RexNode> conditions, Set<CorrelationId> variables) {
        if (conditions.isEmpty()) {
            return input;
        }
        RexBuilder rex = input.getCluster().getRexBuilder();
        return LogicalFilter.create(input, RexUtil.composeConjunction(rex, conditions),
                com.google.common.collect.ImmutableSet.copyOf(variables));
    }

    private Optional<RelNode> join(RelNode left, RexNode condition, Set<CorrelationId> outer) {
        boolean negated = condition.getKind() == SqlKind.NOT;
        RexNode bare = negated ? ((RexCall) condition).getOperands().getFirst() : condition;
        if (!(bare instanceof RexSubQuery query)
                || (query.getKind() != SqlKind.EXISTS && query.getKind() != SqlKind.IN)) {
            return Optional.empty();
        }
        return Optional.ofNullable(new Shape(left, query.rel, query, outer, negated).join());
    }

    /// One subquery while it is taken apart: what it reads, and what must hold between a row of that and the outer row.
    private final class Shape {
        private final RelNode left;
        private final RexSubQuery query;
        private final Set<CorrelationId> outer;
        private final boolean negated;
        private final List<RexNode> conditions = new ArrayList<>();
        private RelNode body;

        Shape(RelNode left, RelNode right, RexSubQuery query, Set<CorrelationId> outer, boolean negated) {
            this.left = left;
            this.body = right;
            this.query = query;
            this.outer = outer;
            this.negated = negated;
        }

        @org.jspecify.annotations.Nullable
        RelNode join() {
            List<RexNode> outputs = peel();
            if (body instanceof Filter filter && isCorrelated(body)) {
                RelOptUtil.conjunctions(filter.getCondition()).forEach(c -> conditions.add(overJoin(c)));
                body = filter.getInput();
            }
            if (isCorrelated(body)) {
                return null;
            }
            if (query.getKind() == SqlKind.IN && negated && query.getOperands().size() == 1) {
                RexNode value = query.getOperands().getFirst();
                NotIn notIn = new NotIn(left, body, value, outputs.getFirst(), List.copyOf(conditions));
                if (notIn.serves()) {
                    return notIn.joins(plainlyEqual(value, overJoin(outputs.getFirst())));
                }
            }
            if (query.getKind() == SqlKind.IN) {
                for (int i = 0; i < query.getOperands().size(); i++) {
                    conditions.add(equal(query.getOperands().get(i), overJoin(outputs.get(i))));
                }
            }
            RexBuilder rex = left.getCluster().getRexBuilder();
            return LogicalJoin.create(left, body, List.of(), RexUtil.composeConjunction(rex, conditions), Set.of(),
                    negated ? JoinRelType.ANTI : JoinRelType.SEMI);
        }

        /// Takes off what does not change which rows there are; gives the output columns over what is left.
        private List<RexNode> peel() {
            RexBuilder rex = left.getCluster().getRexBuilder();
            boolean exists = query.getKind() == SqlKind.EXISTS;
            while (exists && (body instanceof Project
                    || (body instanceof Sort sort && sort.fetch == null && sort.offset == null))) {
                body = body.getInput(0);
            }
            if (body instanceof Project project && isCorrelated(body)) {
                body = project.getInput();
                return project.getProjects();
            }
            List<RexNode> outputs = new ArrayList<>();
            for (int i = 0; i < body.getRowType().getFieldCount(); i++) {
                outputs.add(rex.makeInputRef(body, i));
            }
            return outputs;
        }

        private boolean isCorrelated(RelNode rel) {
            return RelOptUtil.getVariablesUsed(rel).stream().anyMatch(outer::contains);
        }

        /// Equal; for NOT IN also when either is NULL, for then nobody knows that they differ.
        private RexNode equal(RexNode a, RexNode b) {
            RexBuilder rex = left.getCluster().getRexBuilder();
            List<RexNode> either = new ArrayList<>(List.of(plainlyEqual(a, b)));
            for (RexNode side : List.of(a, b)) {
                if (negated && side.getType().isNullable()) {
                    either.add(rex.makeCall(SqlStdOperatorTable.IS_NULL, side));
                }
            }
            return RexUtil.composeDisjunction(rex, either);
        }

        private RexNode plainlyEqual(RexNode a, RexNode b) {
            return ((EngineFunction) functions.operator("=")).toRex(left.getCluster().getRexBuilder(), List.of(a, b),
                    null);
        }

        /// An expression of the subquery as one over the joined row: its columns move to the right, the outer row's are inputs.
        private RexNode overJoin(RexNode expression) {
            int shift = left.getRowType().getFieldCount();
            return expression.accept(new RexShuttle() {
                @Override
                public RexNode visitInputRef(RexInputRef ref) {
                    return new RexInputRef(ref.getIndex() + shift, ref.getType());
                }

                @Override
                public RexNode visitFieldAccess(RexFieldAccess access) {
                    boolean ofOuter = access.getReferenceExpr() instanceof RexCorrelVariable variable
                            && outer.contains(variable.id);
                    return ofOuter
                            ? new RexInputRef(access.getField().getIndex(), access.getType())
                            : super.visitFieldAccess(access);
                }
            });
        }
    }
}
