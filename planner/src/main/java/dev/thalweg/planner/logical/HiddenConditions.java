package dev.thalweg.planner.logical;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
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
/// gives way to a call of which nothing is known but the columns it looks at, and comes back afterwards. Where rows may be late
/// because of a condition it is one call, no part of which moves below the join.
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
                case Filter filter when filter.getInput() instanceof Join join
                        && TimeBounds.bounds(filter.getCondition(), join) ->
                    filter.copy(filter.getTraitSet(), join,
                            hiddenWhole(filter.getCondition(), filter.getCluster().getRexBuilder()));
                case Filter filter -> filter.copy(filter.getTraitSet(), filter.getInput(),
                        hidden(filter.getCondition(), filter.getCluster().getRexBuilder()));
                case Join join -> join.copy(join.getTraitSet(), TimeBounds.bounds(join.getCondition(), join)
                        ? hiddenWhole(join.getCondition(), join.getCluster().getRexBuilder())
                        : hidden(join.getCondition(), join.getCluster().getRexBuilder()), join.getLeft(),
                        join.getRight(), join.getJoinType(), join.isSemiJoinDone());
                default -> node;
            };
        }

        private RexNode hidden(RexNode condition, RexBuilder rex) {
            return RexUtil.composeConjunction(rex, RelOptUtil.conjunctions(condition).stream()
                    .map(part -> isCorrelated(part) ? part : hide(part, rex)).toList());
        }

        private RexNode hiddenWhole(RexNode condition, RexBuilder rex) {
            Map<Boolean, List<RexNode>> parts = RelOptUtil.conjunctions(condition).stream()
                    .collect(Collectors.partitioningBy(Hiding::isCorrelated));
            List<RexNode> all = new ArrayList<>(parts.getOrDefault(true, List.of()));
            all.add(hide(RexUtil.composeConjunction(rex, parts.getOrDefault(false, List.of())), rex));
            return RexUtil.composeConjunction(rex, all);
        }

        private RexNode hide(RexNode condition, RexBuilder rex) {
            Map<Integer, RexNode> columns = new LinkedHashMap<>();
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
