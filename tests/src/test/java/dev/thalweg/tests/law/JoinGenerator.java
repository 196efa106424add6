package dev.thalweg.tests.law;

import dev.thalweg.tests.law.Rel.Band;
import dev.thalweg.tests.law.Rel.Explode;
import dev.thalweg.tests.law.Rel.Filter;
import dev.thalweg.tests.law.Rel.Join;
import dev.thalweg.tests.law.Rel.JoinKey;
import dev.thalweg.tests.law.Rel.JoinKind;
import dev.thalweg.tests.law.Rel.Lookup;
import dev.thalweg.tests.law.Rel.Static;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Draws joins with tables and with streams, and subqueries over them.
final class JoinGenerator {
    private static final long SECOND = 1_000_000;

    private final Dice dice;
    private final ExpressionGenerator expressions;
    private final AggregateGenerator.Names names;
    private final Set<Part> parts;

    JoinGenerator(Dice dice, ExpressionGenerator expressions, AggregateGenerator.Names names, Set<Part> parts) {
        this.dice = dice;
        this.expressions = expressions;
        this.names = names;
        this.parts = parts;
    }

    Rel withTable(Rel input) {
        Static right = table();
        Optional<JoinKey> key = key(input.columns(), right.columns());
        if (key.isEmpty()) {
            return new Filter(input, expressions.condition(input.columns(), 2));
        }
        List<String> shown = shown(right);
        JoinKind kind = dice.of(JoinKind.INNER, JoinKind.LEFT, JoinKind.SEMI, JoinKind.ANTI, JoinKind.NOT_IN);
        if (kind == JoinKind.NOT_IN) {
            return new Join(input, right, kind, plain(key.get()), Optional.empty(), shown);
        }
        return withResidual(new Join(input, right, kind, key.get(), Optional.empty(), shown));
    }

    /// Keeps the table's rows too.
    Rel keepingTable(Rel input) {
        Static right = table();
        JoinKind kind = dice.of(JoinKind.RIGHT, JoinKind.FULL);
        return key(input.columns(), right.columns())
                .map(key -> withResidual(new Join(input, right, kind, key, Optional.empty(), shown(right))))
                .orElseGet(() -> new Filter(input, expressions.condition(input.columns(), 2)));
    }

    private Rel withResidual(Join join) {
        return dice.chance(65)
                ? join
                : new Join(join.left(), join.right(), join.kind(), join.keys(), join.band(),
                        Optional.of(expressions.condition(join.both(), 1)), join.rightNames());
    }

    Static table() {
        Schema.Table table = Schema.STATICS.get(dice.below(2));
        return new Static(table.name(), table.columns());
    }

    private List<String> shown(Rel right) {
        return right.columns().stream()
                .map(column -> names.next(column.name().startsWith(ExpressionGenerator.INEXACT))).toList();
    }

    private static JoinKey plain(JoinKey key) {
        return new JoinKey(key.left(), key.right(), false);
    }

    /// A column of each side, or what is computed from one.
    private Optional<JoinKey> key(List<Rel.Col> left, List<Rel.Col> right) {
        Type type = right.stream().anyMatch(column -> column.type() == Type.INT) && dice.chance(60)
                ? Type.INT
                : Type.STRING;
        Optional<Expr> own = expressions.column(left, type);
        Optional<Expr> other = expressions.column(right, type);
        if (own.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        boolean isComputed = dice.chance(30);
        return Optional.of(new JoinKey(isComputed ? computed(own.get()) : own.get(),
                isComputed && dice.chance(50) ? computed(other.get()) : other.get(), dice.chance(30)));
    }

    private Expr computed(Expr key) {
        return key.type() == Type.INT
                ? Expr.call(Type.INT, dice.of(Op.COALESCE, Op.NULLIF, Op.GREATEST), key, expressions.literal(Type.INT))
                : Expr.call(Type.STRING, dice.of(Op.UPPER, Op.TRIM), key);
    }

    /// A scalar subquery: an aggregate over a finite table, over all of it or over what belongs to the row.
    Rel lookup(Rel input) {
        return lookup(input, table());
    }

    /// The same over `table`, which may be made of streams.
    Rel lookup(Rel input, Rel table) {
        boolean hasGenerator = QueryCase.nodes(input).stream().anyMatch(Explode.class::isInstance);
        Optional<JoinKey> correlation = !hasGenerator && dice.chance(75)
                ? key(input.columns(), table.columns())
                : Optional.empty();
        Rel.Function function = dice.of(Rel.Function.COUNT_ROWS, Rel.Function.COUNT, Rel.Function.MIN,
                Rel.Function.MAX);
        Expr argument = new Expr.Column(0, table.columns().getFirst().type());
        boolean isCount = function == Rel.Function.COUNT_ROWS || function == Rel.Function.COUNT;
        return new Lookup(input, table, new Rel.AggregateCall(function,
                function == Rel.Function.COUNT_ROWS ? Optional.empty() : Optional.of(argument), false,
                Optional.empty(), names.next(false), isCount ? Type.BIGINT : argument.type()),
                correlation.map(JoinGenerator::plain));
    }

    /// A join of streams: by keys, by time, by both, or by anything.
    Join withStream(Rel left, Rel right, boolean isForAppend) {
        JoinKind kind = dice.chance(20)
                ? JoinKind.INNER
                : dice.of(JoinKind.LEFT, JoinKind.RIGHT, JoinKind.FULL, JoinKind.SEMI, JoinKind.ANTI);
        List<JoinKey> keys = new ArrayList<>();
        int wanted = dice.of(0, 1, 1, 1, 1, 2);
        for (int i = 0; i < wanted; i++) {
            key(left.columns(), right.columns()).ifPresent(keys::add);
        }
        Optional<Integer> one = time(left);
        Optional<Integer> other = time(right);
        Optional<Band> band = Optional.empty();
        if (one.isPresent() && other.isPresent() && dice.chance(isForAppend ? 88 : 66)) {
            if (dice.chance(35)) {
                keys.add(dice.below(keys.size() + 1), new JoinKey(new Expr.Column(one.get(), Type.TIMESTAMP),
                        new Expr.Column(other.get(), Type.TIMESTAMP), false));
            } else {
                band = Optional.of(band(one.get(), other.get(), isForAppend));
            }
        }
        Join join = new Join(left, right, kind, keys, band, Optional.empty(), shown(right));
        while (join.isSubquery() && !has(Part.STREAM_SUBQUERY)) {
            join = new Join(left, right, kind, keys, band, Optional.empty(), shown(right)); // what it is called decides
        }
        boolean meetsByNothing = keys.isEmpty() && band.isEmpty();
        return dice.chance(meetsByNothing ? 90 : 25) ? withCondition(join) : join;
    }

    private Band band(int left, int right, boolean isForAppend) {
        long before = dice.of(-5L, 0L, 5L, 10L, 30L) * SECOND;
        if (dice.chance(42)) {
            return new Band(left, right, Optional.of(before), Optional.of(-before));
        }
        long after = Math.max(-before, dice.of(0L, 5L, 10L, 20L) * SECOND);
        int ends = isForAppend ? 9 : dice.below(10);
        return new Band(left, right, ends == 0 ? Optional.empty() : Optional.of(before),
                ends == 1 ? Optional.empty() : Optional.of(after));
    }

    /// What besides holds of a pair; never of its times, for that would be a bound that the law does not know of, and nothing that
    /// the planner may find to be false: it would leave out the join, which then refuses no late rows.
    private Join withCondition(Join join) {
        Expr condition = expressions.condition(join.both(), 1);
        return mentionsTime(condition) || mentionsTruth(condition)
                ? join
                : new Join(join.left(), join.right(), join.kind(), join.keys(), join.band(), Optional.of(condition),
                        join.rightNames());
    }

    static boolean mentionsTime(Expr expression) {
        return switch (expression) {
            case Expr.Column column -> column.type() == Type.TIMESTAMP;
            case Expr.Literal _ -> false;
            case Expr.Call call -> call.arguments().stream().anyMatch(JoinGenerator::mentionsTime);
        };
    }

    private static boolean mentionsTruth(Expr expression) {
        return switch (expression) {
            case Expr.Column _ -> false;
            case Expr.Literal literal -> literal.type() == Type.BOOLEAN;
            case Expr.Call call -> call.arguments().stream().anyMatch(JoinGenerator::mentionsTruth);
        };
    }

    /// The event time: the end of a window, else the first time there is.
    private Optional<Integer> time(Rel rel) {
        int closing = EventTimes.of(rel).deciding();
        return closing >= 0
                ? Optional.of(closing)
                : IntStream.range(0, rel.columns().size())
                        .filter(i -> rel.columns().get(i).type() == Type.TIMESTAMP).boxed().findFirst();
    }

    /// IN, NOT IN, EXISTS or NOT EXISTS over a stream.
    Rel subquery(Rel left, Rel right) {
        Optional<JoinKey> key = key(left.columns(), right.columns());
        if (key.isEmpty()) {
            return lookup(left, right);
        }
        JoinKind kind = dice.of(JoinKind.SEMI, JoinKind.ANTI, JoinKind.NOT_IN);
        JoinKey own = kind == JoinKind.NOT_IN || dice.chance(50) ? plain(key.get()) : key.get();
        Join join = new Join(left, right, kind, own, Optional.empty(), shown(right));
        while (!join.isSubquery()) {
            join = new Join(left, right, kind, own, Optional.empty(), shown(right)); // what it is called decides
        }
        return join;
    }

    boolean has(Part part) {
        return parts.contains(part);
    }
}
