package dev.thalweg.execution.expression;

import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Cast;
import java.util.List;

/// The conditions that a filter tests one by one, in the order in which it does: a row leaves at the first that is not true.
public final class Conjuncts {
    private Conjuncts() {}

    public static List<Expression> of(Expression condition) {
        return condition instanceof Call call && call.function().equals("and")
                ? Shape.flattened(call)
                : List.of(condition);
    }

    /// Whether evaluating it can fail, or draw at random, as far as one can see.
    public static boolean mayFail(Expression condition) {
        return Shape.mayFail(condition);
    }

    /// Whether a cast keeps every value, and their order.
    public static boolean keepsValues(Cast cast) {
        return Shape.isWider(cast.input().type(), cast.type());
    }
}
