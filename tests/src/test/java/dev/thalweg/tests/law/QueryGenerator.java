package dev.thalweg.tests.law;

import dev.thalweg.tests.law.QueryCase.Mode;
import dev.thalweg.tests.law.Rel.Aggregate;
import dev.thalweg.tests.law.Rel.Distinct;
import dev.thalweg.tests.law.Rel.DropDuplicates;
import dev.thalweg.tests.law.Rel.Explode;
import dev.thalweg.tests.law.Rel.Filter;
import dev.thalweg.tests.law.Rel.Join;
import dev.thalweg.tests.law.Rel.JoinKey;
import dev.thalweg.tests.law.Rel.JoinKind;
import dev.thalweg.tests.law.Rel.Lookup;
import dev.thalweg.tests.law.Rel.Project;
import dev.thalweg.tests.law.Rel.Static;
import dev.thalweg.tests.law.Rel.Stream;
import dev.thalweg.tests.law.Rel.Union;
import dev.thalweg.tests.law.Rel.Watermark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Draws queries: one or two streams, some stateless work, one or two operators with a memory, an output mode that fits.
final class QueryGenerator {
    private static final long SECOND = 1_000_000;

    private final Dice dice;
    private final ExpressionGenerator expressions;
    private final AggregateGenerator aggregates;
    private final Map<String, Optional<Long>> declared = new LinkedHashMap<>();
    /// Drawn so that append mode has an answer.
    private final boolean isForAppend;
    private int names;

    private QueryGenerator(Dice dice) {
        this.dice = dice;
        this.expressions = new ExpressionGenerator(dice);
        this.isForAppend = dice.chance(40);
        this.aggregates = new AggregateGenerator(dice, expressions, this::name, isForAppend);
        Schema.STREAMS.forEach(stream -> declared.put(stream.name(),
                dice.chance(isForAppend ? 85 : 60)
                        ? Optional.of(dice.of(0L, 5L, 10L, 30L) * SECOND)
                        : Optional.empty()));
    }

    record Plan(Rel query, Mode mode) {
        List<String> streams() {
            return QueryCase.nodes(query).stream().filter(Stream.class::isInstance).map(node -> ((Stream) node).name())
                    .distinct().toList();
        }
    }

    static Plan draw(long seed) {
        return new QueryGenerator(new Dice(seed)).plan();
    }

    private Plan plan() {
        Rel query = query();
        boolean canAppend = QueryCase.nodes(query).stream()
                .allMatch(node -> !(node instanceof Aggregate aggregate) || LatenessModel.isFinalByKey(aggregate));
        boolean hasGroups = QueryCase.nodes(query).stream().anyMatch(Aggregate.class::isInstance);
        Mode mode = canAppend && dice.chance(isForAppend ? 90 : 30)
                ? Mode.APPEND
                : hasGroups
                        ? dice.of(Mode.UPDATE, Mode.UPDATE, Mode.COMPLETE, Mode.CHANGELOG)
                        : dice.of(Mode.UPDATE, Mode.CHANGELOG);
        return new Plan(query, mode);
    }

    /// A name of its own, which begins later ones: c, c0, c1, c00, c01 …
    private String name(boolean isInexact) {
        return (isInexact ? ExpressionGenerator.INEXACT : "c") + Integer.toBinaryString(++names).substring(1);
    }

    private Rel query() {
        Rel input = stateless(dice.chance(25) ? union() : source(), dice.of(0, 1, 1, 2, 2, 3));
        return switch (dice.below(18)) {
            case 0, 1 -> stateless(input, 1);
            case 2, 3 -> new Distinct(narrow(input));
            case 4 -> distinctUnion(input);
            case 5, 6 -> dropDuplicates();
            default -> afterGroups(aggregates.draw(input));
        };
    }

    private Rel distinctUnion(Rel input) {
        Rel other = dice.chance(50) ? input : new Filter(input, condition(input));
        return isComparable(input) ? new Distinct(new Union(input, other)) : stateless(input, 1);
    }

    /// What may come above an aggregate.
    private Rel afterGroups(Rel groups) {
        return switch (dice.below(10)) {
            case 0 -> new Filter(groups, condition(groups));
            case 1 -> project(groups);
            case 2, 3 -> aggregates.drawAbove(groups);
            case 4 -> new Distinct(narrow(groups));
            case 5 -> join(groups);
            case 6 -> lookup(groups);
            default -> groups;
        };
    }

    private Rel stateless(Rel input, int steps) {
        Rel rel = input;
        for (int i = 0; i < steps; i++) {
            rel = switch (dice.below(15)) {
                case 0, 1, 2 -> new Filter(rel, drawn(condition(rel)));
                case 3, 4, 5 -> project(rel);
                case 6, 7, 8, 9, 10 -> join(rel);
                case 11, 12 -> lookup(rel);
                default -> explode(rel);
            };
        }
        return rel;
    }

    /// Below every aggregate a row is judged once, so that what it is judged by may be random.
    private Expr drawn(Expr condition) {
        return dice.chance(40) ? Expr.call(Type.BOOLEAN, Op.CHANCE, condition) : condition;
    }

    private Expr condition(Rel rel) {
        return expressions.condition(rel.columns(), 2);
    }

    /// A stream, with its watermark in the declaration, in the query, or nowhere.
    private Rel source() {
        Schema.Table table = Schema.STREAMS.get(dice.skewed(2));
        Stream stream = new Stream(table.name(), table.columns());
        int time = SqlWriter.names(table.columns()).indexOf(Schema.EVENT_TIME);
        Optional<Long> delay = declared.getOrDefault(table.name(), Optional.empty());
        if (delay.isPresent()) {
            return new Watermark(stream, time, delay.get(), true);
        }
        if (isForAppend || dice.chance(30)) {
            Rel below = dice.chance(50) ? stream : new Filter(stream, condition(stream));
            return new Watermark(below, time, dice.of(0L, 10L, 20L) * SECOND, false);
        }
        return stream;
    }

    private Rel union() {
        Rel left = source();
        Rel right = source();
        if (dice.chance(40)) {
            return new Union(filtered(left), filtered(right));
        }
        List<Type> types = new ArrayList<>(List.of(Type.STRING, Type.BIGINT));
        if (dice.chance(60)) {
            types.add(dice.of(Type.INT, Type.DOUBLE, Type.BOOLEAN, Type.STRING, Type.FLOAT, Type.STRUCT));
        }
        List<String> shared = new ArrayList<>(List.of(name(false)));
        types.forEach(_ -> shared.add(name(false)));
        return new Union(branch(left, types, shared), branch(right, types, shared));
    }

    private Rel filtered(Rel rel) {
        return dice.chance(60) ? new Filter(rel, condition(rel)) : rel;
    }

    private Rel branch(Rel input, List<Type> types, List<String> shared) {
        List<Expr> items = new ArrayList<>();
        items.add(new Expr.Column(input.columns().size() - 1, Type.TIMESTAMP));
        types.forEach(type -> items.add(expressions.draw(input.columns(), type, 2)));
        return new Project(input, items, shared);
    }

    private Rel project(Rel input) {
        List<Expr> items = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        for (int i = 0; i < input.columns().size(); i++) {
            Rel.Col column = input.columns().get(i);
            if (column.type() == Type.TIMESTAMP || dice.chance(50)) {
                items.add(new Expr.Column(i, column.type()));
                shown.add(dice.chance(50)
                        ? column.name()
                        : name(column.name().startsWith(ExpressionGenerator.INEXACT)));
            }
        }
        int computed = dice.between(1, 3);
        for (int i = 0; i < computed; i++) {
            boolean isInexact = dice.chance(15);
            items.add(isInexact
                    ? expressions.inexactDouble(input.columns())
                    : expressions.draw(input.columns(),
                            dice.of(Type.BOOLEAN, Type.INT, Type.BIGINT, Type.DOUBLE, Type.DECIMAL, Type.FLOAT,
                                    Type.SMALLINT, Type.STRING, Type.STRING, Type.DATE, Type.TIMESTAMP, Type.STRINGS,
                                    Type.STRUCT, Type.MAP),
                            2));
            shown.add(name(isInexact));
        }
        return new Project(input, items, shown);
    }

    private Rel join(Rel input) {
        Schema.Table table = Schema.STATICS.get(dice.below(2));
        Optional<JoinKey> key = key(input.columns(), table.columns());
        if (key.isEmpty()) {
            return new Filter(input, condition(input));
        }
        List<String> shown = table.columns().stream().map(_ -> name(false)).toList();
        Static right = new Static(table.name(), table.columns());
        JoinKind kind = dice.of(JoinKind.values());
        if (kind == JoinKind.NOT_IN) {
            JoinKey plain = new JoinKey(key.get().left(), key.get().right(), false);
            return new Join(input, right, kind, plain, Optional.empty(), shown);
        }
        Join join = new Join(input, right, kind, key.get(), Optional.empty(), shown);
        return dice.chance(65)
                ? join
                : new Join(input, join.right(), join.kind(), join.key(),
                        Optional.of(expressions.condition(join.both(), 1)), shown);
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
    private Rel lookup(Rel input) {
        Schema.Table table = Schema.STATICS.get(dice.below(2));
        boolean hasGenerator = QueryCase.nodes(input).stream().anyMatch(Explode.class::isInstance);
        Optional<JoinKey> correlation = !hasGenerator && dice.chance(75)
                ? key(input.columns(), table.columns())
                : Optional.empty();
        Rel.Function function = dice.of(Rel.Function.COUNT_ROWS, Rel.Function.COUNT, Rel.Function.MIN,
                Rel.Function.MAX);
        Expr argument = new Expr.Column(0, table.columns().getFirst().type());
        boolean isCount = function == Rel.Function.COUNT_ROWS || function == Rel.Function.COUNT;
        return new Lookup(input, new Static(table.name(), table.columns()), new Rel.AggregateCall(function,
                function == Rel.Function.COUNT_ROWS ? Optional.empty() : Optional.of(argument), false,
                Optional.empty(), name(false), isCount ? Type.BIGINT : argument.type()),
                correlation.map(key -> new JoinKey(key.left(), key.right(), false)));
    }

    /// Never with a correlated subquery: THW-3127.
    private Rel explode(Rel input) {
        if (QueryCase.nodes(input).stream()
                .anyMatch(node -> node instanceof Lookup lookup && lookup.correlation().isPresent())) {
            return new Filter(input, condition(input));
        }
        return expressions.column(input.columns(), Type.STRING)
                .<Rel>map(text -> new Explode(input, Expr.call(Type.STRINGS, Op.SPLIT, text), name(false)))
                .orElseGet(() -> new Filter(input, condition(input)));
    }

    private static boolean isComparable(Rel rel) {
        return rel.columns().stream().noneMatch(c -> c.name().startsWith(ExpressionGenerator.INEXACT));
    }

    /// Some of the columns, so that rows are equal now and then; none that is inexact.
    private Rel narrow(Rel input) {
        List<Expr> items = new ArrayList<>();
        List<String> shown = new ArrayList<>();
        int wanted = dice.between(1, 3);
        for (int i = 0; i < input.columns().size(); i++) {
            Rel.Col column = input.columns().get(i);
            boolean isWanted = column.type() == Type.TIMESTAMP
                    ? dice.chance(50)
                    : dice.chance(100 * wanted / input.columns().size());
            if (isWanted && !column.name().startsWith(ExpressionGenerator.INEXACT)) {
                items.add(new Expr.Column(i, column.type()));
                shown.add(name(false));
            }
        }
        if (items.isEmpty()) {
            items.add(expressions.draw(input.columns(), Type.STRING, 1));
            shown.add(name(false));
        }
        return new Project(input, items, shown);
    }

    /// Above one stream only: across streams no first row is agreed on.
    private Rel dropDuplicates() {
        Rel input = filtered(source());
        TreeSet<Integer> keys = new TreeSet<>();
        keys.add(dice.below(2));
        if (dice.chance(50)) {
            keys.add(dice.chance(60) ? input.columns().size() - 1 : dice.below(input.columns().size()));
        }
        Rel drop = new DropDuplicates(input, List.copyOf(keys));
        return dice.chance(30) ? aggregates.draw(drop) : drop;
    }
}
