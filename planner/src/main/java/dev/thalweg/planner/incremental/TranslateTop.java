package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Cast;
import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.PlanNode.Filter;
import dev.thalweg.planner.incremental.PlanNode.Limit;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.planner.incremental.PlanNode.Sort;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.planner.incremental.PlanNode.TopN;
import dev.thalweg.planner.incremental.PlanNode.TopN.Rank;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Recognises where only the first rows are asked for, so that no others need be kept: filters on a rank, and LIMIT over what
/// changes.
final class TranslateTop {
    private TranslateTop() {}

    /// A filter such as `rank <= 3`; what else it asks stays a filter above.
    static PlanNode filter(PlanNode input, Expression condition) {
        if (!(input instanceof Over over) || over.calls().size() != 1) {
            return new Filter(input, condition);
        }
        Optional<Rank> rank = rank(over.calls().getFirst());
        if (rank.isEmpty()) {
            return new Filter(input, condition);
        }
        int column = over.schema().size() - 1;
        long most = Long.MAX_VALUE;
        List<Expression> rest = new ArrayList<>();
        for (Expression test : Expressions.conjunctions(condition)) {
            OptionalLong bound = bound(test, column);
            most = Math.min(most, bound.orElse(Long.MAX_VALUE));
            if (bound.isEmpty() || isEquality(test)) {
                rest.add(test);
            }
        }
        if (most == Long.MAX_VALUE || most < 1) {
            return new Filter(input, condition);
        }
        PlanNode top = new TopN(over.input(), partition(over), over.order(), rank.get(), 0, most, true,
                over.schema());
        if (most == 1) {
            rest.removeIf(test -> bound(test, column).equals(OptionalLong.of(1))); // rank = 1 is rank <= 1
        }
        return rest.isEmpty() ? top : new Filter(top, Expressions.and(rest));
    }

    /// Without a constant, which tells no rows apart: the first rows of all are few, and need no key to be forgotten by.
    private static List<Integer> partition(Over over) {
        return over.partition().stream().filter(key -> !isConstant(over.input(), key)).toList();
    }

    private static boolean isConstant(PlanNode node, int column) {
        return switch (node) {
            case Over over when column < over.input().schema().size() -> isConstant(over.input(), column);
            case PlanNode.Project project -> project.expressions().get(column) instanceof Literal;
            default -> false; // a rule: other nodes are not looked through
        };
    }

    private static Optional<Rank> rank(OverCall call) {
        return switch (call.function()) {
            case "row_number" -> Optional.of(Rank.ROW_NUMBER);
            case "rank" -> Optional.of(Rank.RANK);
            case "dense_rank" -> Optional.of(Rank.DENSE_RANK);
            default -> Optional.empty(); // a rule: other functions do not tell which rows come first
        };
    }

    private static boolean isEquality(Expression test) {
        return test instanceof Call call && call.function().equals("=");
    }

    /// The greatest rank that passes a test of the rank against a constant.
    private static OptionalLong bound(Expression test, int column) {
        if (!(test instanceof Call(String function, List<Expression> sides, _, _)) || sides.size() != 2) {
            return OptionalLong.empty();
        }
        boolean isLeft = isRank(sides.get(0), column);
        boolean isRight = isRank(sides.get(1), column);
        OptionalLong number = isLeft == isRight ? OptionalLong.empty() : whole(sides.get(isLeft ? 1 : 0));
        if (number.isEmpty()) {
            return OptionalLong.empty();
        }
        return switch (function) {
            case "=" -> number;
            case "<=" -> isLeft ? number : OptionalLong.empty();
            case "<" -> isLeft ? OptionalLong.of(number.getAsLong() - 1) : OptionalLong.empty();
            case ">=" -> isRight ? number : OptionalLong.empty();
            case ">" -> isRight ? OptionalLong.of(number.getAsLong() - 1) : OptionalLong.empty();
            default -> OptionalLong.empty(); // a rule: no other test bounds it
        };
    }

    private static boolean isRank(Expression side, int column) {
        Expression bare = side instanceof Cast cast && cast.type().isInteger() && !cast.orNull() ? cast.input() : side;
        return bare instanceof Input(int read, _, _) && read == column;
    }

    private static OptionalLong whole(Expression side) {
        Expression bare = side instanceof Cast cast && cast.type().isInteger() ? cast.input() : side;
        return bare instanceof Literal(Object value, var type) && value instanceof Number number && type.isInteger()
                && number.longValue() > Long.MIN_VALUE
                        ? OptionalLong.of(number.longValue())
                        : OptionalLong.empty();
    }

    /// ORDER BY, LIMIT and OFFSET. Over what changes, the first rows are kept as they change; the order of the whole stays
    /// above, for `SettleOrder` to say who keeps it.
    static PlanNode sort(PlanNode input, List<SortKey> keys, long offset, long count) {
        boolean limited = offset > 0 || count < Long.MAX_VALUE;
        if (limited && !InferBounded.of(input)) {
            List<SortKey> order = keys.isEmpty() && input instanceof Sort sort ? sort.keys() : keys;
            PlanNode rows = keys.isEmpty() && input instanceof Sort sort ? sort.input() : input;
            PlanNode top = new TopN(rows, List.of(), order, Rank.ROW_NUMBER, offset, count, false, rows.schema());
            return order.isEmpty() ? top : new Sort(top, order);
        }
        PlanNode sorted = keys.isEmpty() ? input : new Sort(input, keys);
        return limited ? new Limit(sorted, offset, count) : sorted;
    }
}
