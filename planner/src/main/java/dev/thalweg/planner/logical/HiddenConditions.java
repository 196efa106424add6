package dev.thalweg.planner.logical;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.rex.RexVisitorImpl;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/// Lets rules of Calcite's that bring builders of their own move conditions, but not judge them.
///
/// Such a builder computes what is constant with Calcite's arithmetic, in which `CAST(false AS STRING)` is `FALSE`, and makes an
/// empty VALUES of a filter that is never true, as [PlainBuilder] does not: the stream below would be gone. So each condition
/// gives way to a call of which nothing is known but the columns it looks at, and comes back afterwards.
final class HiddenConditions {
    private HiddenConditions() {}

    static RelNode during(RelNode rel, UnaryOperator<RelNode> rules) {
        return rules.apply(rel.accept(new Hiding())).accept(new Showing());
    }

    /// A condition, over columns that are the arguments of its call, in this order.
    private static final class Hidden extends SqlFunction {
        private final RexNode condition;
        private final List<Integer> columns;

        /// @param number that no other has, so that none is taken for a copy of another
        Hidden(int number, RexNode condition, List<Integer> columns) {
            super("$hidden" + number, SqlKind.OTHER_FUNCTION, ReturnTypes.BOOLEAN_NULLABLE,
                    null, OperandTypes.VARIADIC, SqlFunctionCategory.USER_DEFINED_FUNCTION);
            this.condition = condition;
            this.columns = columns;
        }

        @Override
        public boolean isDeterministic() {
            return RexUtil.isDeterministic(condition);
        }

        RexNode over(List<RexNode> arguments) {
            return condition.accept(new RexShuttle() {
                @Override
                public RexNode visitInputRef(RexInputRef column) {
                    return arguments.get(columns.indexOf(column.getIndex()));
                }
            });
        }
    }

    private static final class Hiding extends RelHomogeneousShuttle {
        private int number;

        @Override
        public RelNode visit(RelNode other) {
            RelNode node = super.visit(other);
            return switch (node) {
                case Filter filter -> filter.copy(filter.getTraitSet(), filter.getInput(),
                        hidden(filter.getCondition(), filter, List.of()));
                case Join join -> join.copy(join.getTraitSet(),
                        hidden(join.getCondition(), join, ofBothSides(join)), join.getLeft(), join.getRight(),
                        join.getJoinType(), join.isSemiJoinDone());
                default -> node;
            };
        }

        /// Of a join that refuses late rows no condition may move into a side, so each is made to look at both.
        private static List<Integer> ofBothSides(Join join) {
            int left = join.getLeft().getRowType().getFieldCount();
            return PushDown.refusesNone(join) || left == 0 || join.getRight().getRowType().getFieldCount() == 0
                    ? List.of()
                    : List.of(0, left);
        }

        /// @param seen columns that every part looks at, whether it needs them or not
        private RexNode hidden(RexNode condition, RelNode node, List<Integer> seen) {
            RexBuilder rex = node.getCluster().getRexBuilder();
            Map<Integer, RexNode> always = new LinkedHashMap<>();
            List<RelDataType> types = node.getInputs().stream()
                    .flatMap(input -> RelOptUtil.getFieldTypeList(input.getRowType()).stream()).toList();
            seen.forEach(column -> always.put(column, rex.makeInputRef(types.get(column), column)));
            return RexUtil.composeConjunction(rex, RelOptUtil.conjunctions(condition).stream()
                    .map(part -> isCorrelated(part) ? part : hide(part, rex, always)).toList());
        }

        private RexNode hide(RexNode condition, RexBuilder rex, Map<Integer, RexNode> seen) {
            Map<Integer, RexNode> columns = new LinkedHashMap<>(seen);
            condition.accept(new RexVisitorImpl<Void>(true) {
                @Override
                public @Nullable Void visitInputRef(RexInputRef column) {
                    columns.putIfAbsent(column.getIndex(), column);
                    return null;
                }
            });
            return rex.makeCall(condition.getType(), new Hidden(number++, condition, List.copyOf(columns.keySet())),
                    List.copyOf(columns.values()));
        }

        /// What ties a subquery to its outer row is what the rules are to look at.
        private static boolean isCorrelated(RexNode part) {
            try {
                part.accept(new RexVisitorImpl<Void>(true) {
                    @Override
                    public Void visitCorrelVariable(RexCorrelVariable variable) {
                        throw Util.FoundOne.NULL;
                    }
                });
                return false;
            } catch (Util.FoundOne found) {
                return true;
            }
        }
    }

    private static final class Showing extends RelHomogeneousShuttle {
        @Override
        public RelNode visit(RelNode other) {
            RelNode node = super.visit(other);
            RexBuilder rex = node.getCluster().getRexBuilder();
            return node.accept(new RexShuttle() {
                @Override
                public RexNode visitCall(RexCall call) {
                    return call.getOperator() instanceof Hidden hidden
                            ? PlainBuilder.flat(hidden.over(visitList(call.getOperands())), rex)
                            : RexUtil.flatten(rex, super.visitCall(call)); // what was hidden may be an AND itself
                }
            });
        }
    }
}
