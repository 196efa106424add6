package dev.thalweg.planner.logical;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.type.SqlTypeUtil;

/// Knows conditions that hold of no row because of constants in them: FALSE, NULL, `1 = 2`, and what AND, OR and NOT make of them.
///
/// Only exact numbers and texts are held against each other here, as the query would; casts and other functions are left to it.
public final class NeverTrue {
    private NeverTrue() {}

    public static boolean is(RexNode condition) {
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
        if (SqlTypeUtil.isExactNumeric(left.getType()) && SqlTypeUtil.isExactNumeric(right.getType())) {
            BigDecimal one = left.getValueAs(BigDecimal.class);
            BigDecimal other = right.getValueAs(BigDecimal.class);
            return one == null || other == null ? Optional.empty() : Optional.of(one.compareTo(other));
        }
        return left.getValue2() instanceof String one && right.getValue2() instanceof String other
                ? Optional.of(Arrays.compareUnsigned(one.getBytes(UTF_8), other.getBytes(UTF_8)))
                : Optional.empty(); // what is rare
    }
}
