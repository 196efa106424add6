package dev.thalweg.tests.law;

import dev.thalweg.tests.law.Rel.Aggregate;
import dev.thalweg.tests.law.Rel.AggregateCall;
import dev.thalweg.tests.law.Rel.Function;
import dev.thalweg.tests.law.Rel.Join;
import dev.thalweg.tests.law.Rel.JoinKey;
import dev.thalweg.tests.law.Rel.JoinKind;
import dev.thalweg.tests.law.Rel.Project;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Draws joins of rows with the greatest or least value of their own group, and some that are nearly that.
final class ExtremeGenerator {
    private final Dice dice;
    private final ExpressionGenerator expressions;
    private final AggregateGenerator.Names names;

    ExtremeGenerator(Dice dice, ExpressionGenerator expressions, AggregateGenerator.Names names) {
        this.dice = dice;
        this.expressions = expressions;
        this.names = names;
    }

    /// Never by event times, for a row that the group refuses as late the join would refuse again.
    ///
    /// @param input that can be read twice
    Rel draw(Rel input) {
        List<Expr> columns = new ArrayList<>();
        int groups = dice.of(0, 1, 1, 1, 2);
        for (int i = 0; i < groups; i++) {
            columns.add(drawn(input, dice.of(Type.STRING, Type.INT, Type.BOOLEAN, Type.DATE)));
        }
        Type type = dice.of(Type.INT, Type.INT, Type.BIGINT, Type.DECIMAL, Type.STRING, Type.DATE, Type.DOUBLE);
        columns.add(drawn(input, type));
        columns.add(drawn(input, dice.of(Type.STRING, Type.INT, Type.BIGINT)));
        Project rows = new Project(input, columns, columns.stream().map(_ -> names.next(false)).toList());
        boolean isGreatest = dice.chance(60);
        Aggregate extremes = extremes(rows, groups, type, isGreatest);
        List<JoinKey> keys = new ArrayList<>();
        for (int i = 0; i < groups; i++) {
            keys.add(new JoinKey(column(rows, i), column(extremes, i), dice.chance(10)));
        }
        Optional<Expr> compared = Optional.empty();
        if (dice.chance(60)) {
            keys.add(dice.below(keys.size() + 1), new JoinKey(column(rows, groups), column(extremes, groups), false));
        } else {
            compared = Optional.of(Expr.call(Type.BOOLEAN, comparison(isGreatest), column(rows, groups),
                    new Expr.Column(rows.columns().size() + groups, type)));
        }
        JoinKind kind = dice.of(JoinKind.INNER, JoinKind.INNER, JoinKind.SEMI);
        return new Join(rows, extremes, kind, keys, Optional.empty(), compared,
                extremes.columns().stream().map(_ -> names.next(false)).toList());
    }

    /// One in ten is the wrong one: a join as others.
    private Op comparison(boolean isGreatest) {
        return isGreatest == dice.chance(90) ? Op.GE : Op.LE;
    }

    private Aggregate extremes(Rel rows, int groups, Type type, boolean isGreatest) {
        List<Expr> keys = IntStream.range(0, groups).mapToObj(i -> (Expr) column(rows, i)).toList();
        AggregateCall call = new AggregateCall(isGreatest ? Function.MAX : Function.MIN,
                Optional.of(column(rows, groups)), false, Optional.empty(), names.next(false), type);
        return new Aggregate(rows, Optional.empty(), keys, keys.stream().map(_ -> names.next(false)).toList(),
                Rel.Grouping.PLAIN, List.of(IntStream.range(0, groups).boxed().toList()), List.of(call),
                Optional.empty());
    }

    private static Expr.Column column(Rel rel, int column) {
        return new Expr.Column(column, rel.columns().get(column).type());
    }

    private Expr drawn(Rel input, Type type) {
        return expressions.column(input.columns(), type)
                .orElseGet(() -> expressions.draw(input.columns(), type, 1));
    }
}
