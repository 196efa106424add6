package dev.thalweg.tests.law;

import dev.thalweg.tests.law.Rel.Aggregate;
import dev.thalweg.tests.law.Rel.AggregateCall;
import dev.thalweg.tests.law.Rel.Asof;
import dev.thalweg.tests.law.Rel.JoinKey;
import dev.thalweg.tests.law.Rel.Project;
import dev.thalweg.tests.law.Rel.Static;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Draws as-of joins. A right side has nothing but its keys and its time, or it is grouped by them: so no two rows that differ
/// are at one time, and nobody need say which of them is taken.
final class AsofGenerator {
    private final Dice dice;
    private final ExpressionGenerator expressions;
    private final AggregateGenerator.Names names;

    AsofGenerator(Dice dice, ExpressionGenerator expressions, AggregateGenerator.Names names) {
        this.dice = dice;
        this.expressions = expressions;
        this.names = names;
    }

    /// @param source a stream
    Rel withStream(Rel left, Rel source, boolean isForAppend) {
        Type type = dice.chance(isForAppend ? 90 : 70) ? Type.TIMESTAMP : dice.of(Type.INT, Type.BIGINT, Type.DATE);
        Optional<Integer> own = time(left, type);
        Optional<Integer> other = time(source, type);
        if (own.isEmpty() || other.isEmpty()) {
            return left;
        }
        return join(left, source, own.get(), new Expr.Column(other.get(), type));
    }

    Rel withTable(Rel left) {
        Schema.Table table = Schema.table("t1");
        Type type = dice.of(Type.BIGINT, Type.DATE);
        Optional<Integer> own = time(left, type);
        Static right = new Static(table.name(), table.columns());
        return own.map(time -> join(left, right, time, new Expr.Column(time(right, type).orElseThrow(), type)))
                .orElse(left);
    }

    private Rel join(Rel left, Rel source, int leftTime, Expr rightTime) {
        List<JoinKey> keys = new ArrayList<>();
        List<Expr> columns = new ArrayList<>();
        int wanted = dice.of(0, 1, 1, 1, 1, 2);
        for (int i = 0; i < wanted; i++) {
            Type type = dice.chance(60) ? Type.STRING : Type.INT;
            Optional<Expr> own = expressions.column(left.columns(), type);
            Optional<Expr> other = expressions.column(source.columns(), type);
            if (own.isPresent() && other.isPresent()) {
                keys.add(new JoinKey(own.get(), new Expr.Column(columns.size(), type), false));
                columns.add(other.get());
            }
        }
        columns.add(rightTime);
        Rel right = !Rel.isFinite(source) && dice.chance(35)
                ? grouped(source, columns)
                : new Project(source, columns, named(columns));
        return new Asof(left, right, dice.chance(45), keys, leftTime, columns.size() - 1,
                dice.of(">=", ">", "<=", "<"), right.columns().stream().map(_ -> names.next(false)).toList());
    }

    private List<String> named(List<Expr> columns) {
        return columns.stream().map(_ -> names.next(false)).toList();
    }

    private Aggregate grouped(Rel source, List<Expr> keys) {
        List<AggregateCall> calls = List.of(new AggregateCall(Rel.Function.COUNT_ROWS, Optional.empty(), false,
                Optional.empty(), names.next(false), Type.BIGINT));
        return new Aggregate(source, Optional.empty(), keys, named(keys), Rel.Grouping.PLAIN,
                List.of(IntStream.range(0, keys.size()).boxed().toList()), calls, Optional.empty());
    }

    /// The event time, else some column of the type.
    private Optional<Integer> time(Rel rel, Type type) {
        int closing = type == Type.TIMESTAMP ? EventTimes.of(rel).deciding() : -1;
        if (closing >= 0) {
            return Optional.of(closing);
        }
        List<Integer> all = IntStream.range(0, rel.columns().size())
                .filter(i -> rel.columns().get(i).type() == type).boxed().toList();
        return all.isEmpty() ? Optional.empty() : Optional.of(dice.of(all));
    }
}
