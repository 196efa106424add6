package dev.thalweg.planner.logical;

import java.util.function.UnaryOperator;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
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

/// Lets rules of Calcite's that bring builders of their own move filters, but not judge them.
///
/// Such a builder makes an empty VALUES of a filter that is never true, as [PlainBuilder] does not: the stream below would be
/// gone. So each condition is put into a call that nobody can look through, and taken out again afterwards.
final class HiddenConditions {
    private static final SqlFunction HIDDEN = new SqlFunction("$hidden", SqlKind.OTHER_FUNCTION,
            ReturnTypes.BOOLEAN_NULLABLE, null, OperandTypes.BOOLEAN, SqlFunctionCategory.USER_DEFINED_FUNCTION);

    private HiddenConditions() {}

    static RelNode during(RelNode rel, UnaryOperator<RelNode> rules) {
        return rules.apply(rel.accept(new Hiding())).accept(new Showing());
    }

    private static final class Hiding extends RelHomogeneousShuttle {
        @Override
        public RelNode visit(RelNode other) {
            RelNode node = super.visit(other);
            return switch (node) {
                case Filter filter -> filter.copy(filter.getTraitSet(), filter.getInput(),
                        hidden(filter.getCondition(), filter.getCluster().getRexBuilder()));
                case Join join -> join.copy(join.getTraitSet(),
                        hidden(join.getCondition(), join.getCluster().getRexBuilder()), join.getLeft(),
                        join.getRight(), join.getJoinType(), join.isSemiJoinDone());
                default -> node;
            };
        }

        private static RexNode hidden(RexNode condition, RexBuilder rex) {
            return RexUtil.composeConjunction(rex, RelOptUtil.conjunctions(condition).stream()
                    .map(part -> isCorrelated(part) ? part : rex.makeCall(HIDDEN, part)).toList());
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
                    return call.getOperator().equals(HIDDEN)
                            ? call.getOperands().getFirst().accept(this)
                            : RexUtil.flatten(rex, super.visitCall(call)); // what was hidden may be an AND itself
                }
            });
        }
    }
}
