package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.Expression.Branch;
import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Case;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.PlanNode.AsofJoin;
import dev.thalweg.planner.incremental.PlanNode.JoinKind;
import dev.thalweg.planner.logical.LogicalAsof;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes an [AsofJoin]: both sides get their keys and times as columns.
final class TranslateAsof {
    private TranslateAsof() {}

    static Relation join(Relation left, Relation right, LogicalAsof join, TranslateExpression template) {
        SplitCondition equal = SplitCondition.of(left, right, join.conditions().equal(), template);
        addConditions(equal, left.fields().size());
        Expression match = SplitCondition.overBoth(left, right, template).translate(join.conditions().match());
        Comparison comparison = Comparison.of(match, left.fields().size());
        TranslateJoin.Side leftSide = side(left, equal.leftKeys(), comparison.left(), 0);
        TranslateJoin.Side rightSide = side(right, equal.rightKeys(), comparison.right(), left.fields().size());
        JoinKind kind = join.conditions().outer() ? JoinKind.LEFT : JoinKind.INNER;
        AsofJoin node = new AsofJoin(leftSide.node(), rightSide.node(), kind, keys(leftSide), keys(rightSide),
                new AsofJoin.Match(leftSide.keys().getLast(), rightSide.keys().getLast(), comparison.backward(),
                        comparison.exclusive()),
                TranslateJoin.schema(leftSide.node().schema(), rightSide.node().schema(), kind));
        List<Expression> fields = new ArrayList<>();
        for (int i = 0; i < left.fields().size(); i++) {
            fields.add(Expressions.input(node.schema(), i));
        }
        for (int i = 0; i < right.fields().size(); i++) {
            fields.add(Expressions.input(node.schema(), leftSide.node().schema().size() + i));
        }
        return new Relation(node, fields, join.getRowType().getFieldNames());
    }

    /// What ON asks of one side alone says which of its rows may meet any: a further key, TRUE on both sides where all of it
    /// holds, else NULL, which meets nothing.
    private static void addConditions(SplitCondition on, int split) {
        List<Expression> ofLeft = new ArrayList<>();
        List<Expression> ofRight = new ArrayList<>();
        for (Expression condition : on.rest()) {
            if (SplitCondition.isOf(condition, split, Integer.MAX_VALUE)) {
                ofRight.add(condition);
            } else if (Expressions.inputsOf(condition).length() <= split) {
                ofLeft.add(condition);
            } else {
                throw new InvalidQuery("THW-3293", "ON of an ASOF JOIN compares columns of both sides by more than"
                        + " equality. Which rows it chooses from would then differ from row to row of the left side, so"
                        + " that none could be forgotten. Put it into WHERE, which looks at the row that was chosen.");
            }
        }
        if (!on.rest().isEmpty()) {
            on.leftKeys().add(trueOrNull(ofLeft));
            on.rightKeys().add(trueOrNull(ofRight));
        }
    }

    private static Expression trueOrNull(List<Expression> conditions) {
        Expression holds = new Literal(true, Simple.BOOLEAN);
        return conditions.isEmpty()
                ? holds
                : new Case(List.of(new Branch(Expressions.and(conditions), holds)), Optional.empty(), Simple.BOOLEAN,
                        true);
    }

    /// With its time as the last of its keys.
    private static TranslateJoin.Side side(Relation relation, List<Expression> keys, Expression time, int offset) {
        List<Expression> columns = new ArrayList<>(keys);
        columns.add(time);
        return TranslateJoin.Side.of(relation, columns, offset);
    }

    private static List<Integer> keys(TranslateJoin.Side side) {
        return side.keys().subList(0, side.keys().size() - 1);
    }

    /// @param backward the nearest is the last one before the left row's time
    /// @param exclusive not the one at that time
    private record Comparison(Expression left, Expression right, boolean backward, boolean exclusive) {
        static Comparison of(Expression match, int split) {
            if (match instanceof Call(String function, List<Expression> sides, _, _)
                    && List.of(">=", ">", "<=", "<").contains(function)) {
                boolean leftFirst = SplitCondition.isOf(sides.get(0), 0, split)
                        && SplitCondition.isOf(sides.get(1), split, Integer.MAX_VALUE);
                boolean rightFirst = SplitCondition.isOf(sides.get(1), 0, split)
                        && SplitCondition.isOf(sides.get(0), split, Integer.MAX_VALUE);
                if (leftFirst || rightFirst) {
                    return new Comparison(counted(sides.get(leftFirst ? 0 : 1)), counted(sides.get(leftFirst ? 1 : 0)),
                            function.startsWith(">") == leftFirst, function.length() == 1);
                }
            }
            throw new InvalidQuery("THW-3290", "MATCH_CONDITION of an ASOF JOIN is not one comparison of the left side"
                    + " with the right one. Write MATCH_CONDITION (l.ts >= r.ts), or with >, <= or <.");
        }

        /// As a whole number of 64 bits, by which rows are ordered.
        private static Expression counted(Expression time) {
            DataType type = time.type();
            if (type == Simple.TIMESTAMP || type == Simple.TIMESTAMP_NTZ || type == Simple.BIGINT) {
                return time;
            }
            if (type == Simple.DATE) {
                return new Expression.Cast(time, Simple.TIMESTAMP_NTZ, false, time.nullable());
            }
            if (type == Simple.INT || type == Simple.SMALLINT || type == Simple.TINYINT) {
                return new Expression.Cast(time, Simple.BIGINT, false, time.nullable());
            }
            throw new InvalidQuery("THW-3290", "MATCH_CONDITION of an ASOF JOIN compares " + type.sql()
                    + ", but only a TIMESTAMP, a DATE or a whole number says which row is the nearest."
                    + " Cast it to one of these.");
        }
    }
}
