package dev.thalweg.tests.law;

import dev.thalweg.tests.law.Rel.AggregateCall;
import dev.thalweg.tests.law.Rel.Clocked;
import dev.thalweg.tests.law.Rel.JoinKey;
import dev.thalweg.tests.law.Rel.Lateral;
import dev.thalweg.tests.law.Rel.Order;
import dev.thalweg.tests.law.Rel.Pivot;
import dev.thalweg.tests.law.Rel.Project;
import dev.thalweg.tests.law.Rel.Reach;
import dev.thalweg.tests.spec.RandomPattern;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;

/// Draws lateral queries, recursion, PIVOT, conditions on `clock()`, and windows of windows.
final class MoreGenerator {
    private static final long SECOND = 1_000_000;

    private final Dice dice;
    private final ExpressionGenerator expressions;
    private final AggregateGenerator.Names names;

    MoreGenerator(Dice dice, ExpressionGenerator expressions, AggregateGenerator.Names names) {
        this.dice = dice;
        this.expressions = expressions;
        this.names = names;
    }

    /// By a time of the rows, if they have one; below no watermark, which says nothing of what the clock lets in, and not of
    /// rows of a table, which are read once, nor of groups that go by the order of arrival: a condition on their key goes below them,
    /// and rows that enter by the clock come in no order.
    Rel clocked(Rel rel) {
        boolean readsOnce = QueryCase.nodes(rel).stream().anyMatch(node -> (node instanceof Rel.Union
                || node instanceof Rel.SetOperation) && Rel.isFinite(node.inputs().getLast()));
        List<Integer> times = IntStream.range(0, rel.columns().size())
                .filter(i -> rel.columns().get(i).type() == Type.TIMESTAMP).boxed().toList();
        boolean goesByOrder = QueryCase.nodes(rel).stream()
                .anyMatch(node -> node instanceof Rel.Aggregate aggregate && DuckSql.isOrdered(aggregate));
        return times.isEmpty() || readsOnce || goesByOrder
                ? rel
                : new Clocked(rel, dice.of(times), dice.of(-60L, -20L, -5L, 0L, 5L, 30L, 60L) * SECOND,
                        dice.of(">=", ">", "<", "<="));
    }

    /// The right side has nothing but its keys and what it is ordered by.
    Rel lateral(Rel left, Rel source) {
        List<JoinKey> keys = new ArrayList<>();
        List<Expr> columns = new ArrayList<>();
        boolean isAbove = isNotRandom(left) && dice.chance(75);
        int wanted = isAbove ? 1 : dice.of(0, 1, 1, 1, 2);
        for (int i = 0; i < wanted; i++) {
            Type type = isAbove
                    ? dice.of(Type.INT, Type.BIGINT, Type.TIMESTAMP)
                    : dice.chance(50) ? dice.of(Type.INT, Type.BIGINT) : Type.STRING;
            Optional<Expr> own = expressions.column(left.columns(), type);
            Optional<Expr> other = expressions.column(source.columns(), type);
            if (own.isPresent() && other.isPresent()) {
                keys.add(new JoinKey(own.get(), new Expr.Column(columns.size(), type), false));
                columns.add(other.get());
            }
        }
        int more = dice.between(1, 2);
        for (int i = 0; i < more; i++) {
            Type type = dice.of(Type.STRING, Type.INT, Type.BIGINT, Type.DATE, Type.DECIMAL);
            columns.add(expressions.column(source.columns(), type)
                    .orElseGet(() -> expressions.draw(source.columns(), type, 1)));
        }
        Project right = new Project(source, columns, columns.stream().map(_ -> names.next(false)).toList());
        List<Order> order = IntStream.range(0, columns.size())
                .mapToObj(i -> new Order(columns.size() - 1 - i, dice.chance(40), dice.chance(50))).toList();
        return new Lateral(left, right, dice.chance(50), keys, isAbove && !keys.isEmpty(), order, dice.between(1, 3),
                columns.stream().map(_ -> names.next(false)).toList());
    }

    /// What is asked for the different values of a row reads it twice, so it must not be random.
    private static boolean isNotRandom(Rel rel) {
        return QueryCase.nodes(rel).stream()
                .noneMatch(node -> node instanceof Rel.Filter filter && isRandom(filter.condition()));
    }

    /// A join with the extremes of the same rows, written out twice, would count the late rows of what is below twice.
    static boolean mayBeReadTwice(Rel rel) {
        return isNotRandom(rel) && QueryCase.nodes(rel).stream().noneMatch(QueryCase::remembers);
    }

    private static boolean isRandom(Expr expression) {
        return expression instanceof Expr.Call call
                && (call.op() == Op.CHANCE || call.arguments().stream().anyMatch(MoreGenerator::isRandom));
    }

    Rel reach(Rel from, Rel over) {
        Project start = numbers(from, 1);
        Project edges = numbers(over, 2);
        int length = dice.chance(45) ? 0 : dice.between(1, 2);
        return new Reach(start, edges, length, names.next(false), names.next(false));
    }

    private Project numbers(Rel input, int count) {
        List<Expr> columns = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            columns.add(dice.chance(80)
                    ? expressions.column(input.columns(), Type.INT)
                            .orElseGet(() -> expressions.draw(input.columns(), Type.INT, 1))
                    : expressions.draw(input.columns(), Type.INT, 1));
        }
        return new Project(input, columns, columns.stream().map(_ -> names.next(false)).toList());
    }

    Rel pivot(Rel input) {
        List<Expr> columns = new ArrayList<>();
        int groups = dice.between(0, 2);
        for (int i = 0; i < groups; i++) {
            columns.add(drawn(input, dice.of(Type.INT, Type.STRING, Type.BOOLEAN, Type.DATE)));
        }
        columns.add(drawn(input, Type.STRING));
        List<AggregateCall> calls = new ArrayList<>();
        int count = dice.between(1, 2);
        for (int i = 0; i < count; i++) {
            Type type = dice.of(Type.INT, Type.BIGINT, Type.DECIMAL, Type.STRING);
            columns.add(drawn(input, type));
            calls.add(call(columns.size() - 1, type));
        }
        List<String> values = dice.of(List.of("a", "b"), List.of("c", "", "a b"), List.of("A"), List.of("a", "x y"));
        return new Pivot(new Project(input, columns, columns.stream().map(_ -> names.next(false)).toList()), groups,
                values, values.stream().map(_ -> names.next(false)).toList(), calls);
    }

    private AggregateCall call(int column, Type type) {
        Rel.Function function = type == Type.STRING
                ? dice.of(Rel.Function.MIN, Rel.Function.MAX, Rel.Function.COUNT)
                : dice.of(Rel.Function.MIN, Rel.Function.MAX, Rel.Function.COUNT, Rel.Function.SUM, Rel.Function.SUM);
        Type result = switch (function) {
            case COUNT -> Type.BIGINT;
            case SUM -> type == Type.INT ? Type.BIGINT : type;
            default -> type; // the least and the greatest are as the column
        };
        return new AggregateCall(function, Optional.of(new Expr.Column(column, type)), false, Optional.empty(),
                names.next(false), result);
    }

    private Expr drawn(Rel input, Type type) {
        return expressions.column(input.columns(), type)
                .orElseGet(() -> expressions.draw(input.columns(), type, 1));
    }

    /// Of rows that only arrive and have an event time that no join has held back; what it is where there is none.
    Rel match(Rel input) {
        EventTimes times = EventTimes.of(input);
        int time = times.deciding();
        if (time < 0 || !times.isTime(time) || times.lag(time) > 0 || !QueryCase.isInsertOnly(input)) {
            return input;
        }
        Expr number = expressions.column(input.columns(), Type.INT)
                .orElseGet(() -> expressions.draw(input.columns(), Type.INT, 1));
        List<Expr> columns = List.of(drawn(input, Type.STRING), new Expr.Column(time, Type.TIMESTAMP),
                Expr.call(Type.INT, Op.COALESCE, number, new Expr.Literal(1, Type.INT)));
        RandomPattern pattern = RandomPattern.of(new Random(dice.below(1 << 30)), 2);
        return new Rel.Match(new Project(input, columns, columns.stream().map(_ -> names.next(false)).toList()),
                pattern, IntStream.range(0, 5 + pattern.conditions().size()).mapToObj(_ -> names.next(false)).toList());
    }

    /// Groups with the last moment of their windows in front, as they are where they have none.
    Rel withWindowTime(Rel.Aggregate groups) {
        if (groups.window().isEmpty()) {
            return groups;
        }
        Rel timed = new Rel.WindowTime(groups, names.next(false));
        int last = timed.columns().size() - 1;
        List<Expr> columns = new ArrayList<>(List.of(new Expr.Column(last, Type.TIMESTAMP)));
        List<String> shown = new ArrayList<>(List.of(names.next(false)));
        for (int i = 2; i < last; i++) {
            columns.add(new Expr.Column(i, timed.columns().get(i).type()));
            shown.add(timed.columns().get(i).name());
        }
        return new Project(timed, columns, shown);
    }
}
