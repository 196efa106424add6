package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.calcite.rex.RexNode;

/// The condition of a join, cut into pairs of equal keys and the rest. Expressions are over the columns of both sides.
///
/// @param leftKeys of each pair what the left side says
/// @param rightKeys of each pair what the right side says
/// @param rest what else must hold
record SplitCondition(List<Expression> leftKeys, List<Expression> rightKeys, List<Expression> rest) {
    static SplitCondition of(Relation left, Relation right, RexNode condition, TranslateExpression template) {
        int split = left.fields().size();
        SplitCondition parts = new SplitCondition(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        Expression translated = overBoth(left, right, template).translate(condition);
        for (Expression part : Expressions.conjunctions(translated)) {
            if (!(part instanceof Expression.Literal(Object value, _) && Boolean.TRUE.equals(value))
                    && !parts.addKeys(part, split)) {
                parts.rest.add(part);
            }
        }
        return parts;
    }

    /// Translates over the columns of the left side and then those of the right.
    static TranslateExpression overBoth(Relation left, Relation right, TranslateExpression template) {
        List<Expression> placeholders = new ArrayList<>();
        for (Expression field : left.fields()) {
            placeholders.add(new Expression.Input(placeholders.size(), field.type(), field.nullable()));
        }
        for (Expression field : right.fields()) {
            placeholders.add(new Expression.Input(placeholders.size(), field.type(), field.nullable()));
        }
        return new TranslateExpression(template.rexBuilder(), placeholders, template.outer());
    }

    private boolean addKeys(Expression part, int split) {
        if (!(part instanceof Call(String function, List<Expression> sides, _, _)
                && (function.equals("=") || function.equals("<=>")))) {
            return false;
        }
        boolean nulls = function.equals("<=>") && (sides.get(0).nullable() || sides.get(1).nullable());
        Expression a = nulls ? orNull(sides.get(0)) : sides.get(0);
        Expression b = nulls ? orNull(sides.get(1)) : sides.get(1);
        if (isOf(a, 0, split) && isOf(b, split, Integer.MAX_VALUE)) {
            leftKeys.add(a);
            rightKeys.add(b);
            return true;
        }
        if (isOf(b, 0, split) && isOf(a, split, Integer.MAX_VALUE)) {
            leftKeys.add(b);
            rightKeys.add(a);
            return true;
        }
        return false;
    }

    /// A key that is never NULL, but holds what may be.
    private static Expression orNull(Expression side) {
        return Expressions.struct(List.of(side), RowType.of(new Field("value", side.type(), true)));
    }

    /// Whether an expression looks at columns from here to there, and at some.
    static boolean isOf(Expression expression, int from, int to) {
        BitSet columns = Expressions.inputsOf(expression);
        return !columns.isEmpty() && columns.nextSetBit(0) >= from && columns.length() <= to;
    }
}
