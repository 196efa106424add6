package dev.thalweg.planner.logical;

import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/// Knows conditions that hold of no row because of constants in them: FALSE, NULL, `1 = 2`, and what AND, OR and NOT make of them.
///
/// Only what any dialect computes alike is computed here; casts and other functions are left to the query.
final class NeverTrue {
    private NeverTrue() {}

    static boolean is(RexNode condition) {
        return switch (condition.getKind()) {
            case AND -> ((RexCall) condition).getOperands().stream().anyMatch(NeverTrue::is);
            case OR -> ((RexCall) condition).getOperands().stream().allMatch(NeverTrue::is);
            case NOT -> isAlways(((RexCall) condition).getOperands().getFirst()) || isNull(condition);
            default -> isNull(condition) || known(condition).filter(value -> !value).isPresent();
        };
    }

    private static boolean isAlways(RexNode condition) {
        return switch (condition.getKind()) {
            case AND -> ((RexCall) condition).getOperands().stream().allMatch(NeverTrue::isAlways);
            case OR -> ((RexCall) condition).getOperands().stream().anyMatch(NeverTrue::isAlways);
            default -> known(condition).orElse(false);
        };
    }

    /// NULL, also where an operator makes it of NULL.
    private static boolean isNull(RexNode expression) {
        boolean strict = expression.isA(SqlKind.BINARY_COMPARISON) && !expression.isA(SqlKind.IS_NOT_DISTINCT_FROM)
                && !expression.isA(SqlKind.IS_DISTINCT_FROM);
        return RexUtil.isNullLiteral(expression, true)
                || (((strict && ((RexCall) expression).getOperands().size() == 2) || expression.isA(SqlKind.NOT))
                        && ((RexCall) expression).getOperands().stream().anyMatch(NeverTrue::isNull));
    }

    /// What a literal says, or a comparison of two; empty where that is not known.
    private static Optional<Boolean> known(RexNode condition) {
        if (condition.isAlwaysTrue() || condition.isAlwaysFalse()) {
            return Optional.of(condition.isAlwaysTrue());
        }
        if (!(condition instanceof RexCall call) || call.getOperands().size() != 2
                || !(call.getOperands().get(0) instanceof RexLiteral left)
                || !(call.getOperands().get(1) instanceof RexLiteral right)) {
            return Optional.empty();
        }
        return compared(left, right).flatMap(order -> switch (call.getKind()) {
            case EQUALS -> Optional.of(order == 0);
            case NOT_EQUALS -> Optional.of(order != 0);
            case LESS_THAN -> Optional.of(order < 0);
            case LESS_THAN_OR_EQUAL -> Optional.of(order <= 0);
            case GREATER_THAN -> Optional.of(order > 0);
            case GREATER_THAN_OR_EQUAL -> Optional.of(order >= 0);
            default -> Optional.empty(); // another operator
        });
    }

    private static Optional<Integer> compared(RexLiteral left, RexLiteral right) {
        return switch (left.getValue2()) {
            case Long one when right.getValue2() instanceof Long other
                    && left.getType().getSqlTypeName() == right.getType().getSqlTypeName() ->
                    Optional.of(one.compareTo(other));
            case String one when right.getValue2() instanceof String other -> Optional.of(one.compareTo(other));
            case null, default -> Optional.empty(); // numbers of unlike types, and what is rare
        };
    }
}
