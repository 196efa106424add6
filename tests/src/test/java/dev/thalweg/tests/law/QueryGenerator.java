package dev.thalweg.tests.law;

import dev.thalweg.tests.law.QueryCase.Mode;
import dev.thalweg.tests.law.Rel.Aggregate;
import dev.thalweg.tests.law.Rel.Distinct;
import dev.thalweg.tests.law.Rel.DropDuplicates;
import dev.thalweg.tests.law.Rel.Explode;
import dev.thalweg.tests.law.Rel.Filter;
import dev.thalweg.tests.law.Rel.Join;
import dev.thalweg.tests.law.Rel.JoinKind;
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

    private String name(boolean isInexact) {
        return (isInexact ? ExpressionGenerator.INEXACT : "c") + names++;
    }

    private Rel query() {
        Rel input = stateless(dice.chance(22) ? union() : source(), dice.between(0, 2));
        return switch (dice.below(20)) {
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
            default -> groups;
        };
    }

    private Rel stateless(Rel input, int steps) {
        Rel rel = input;
        for (int i = 0; i < steps; i++) {
            rel = switch (dice.below(8)) {
                case 0, 1, 2 -> new Filter(rel, drawn(condition(rel)));
                case 3, 4 -> project(rel);
                case 5, 6 -> join(rel);
                default -> explode(rel);
            };
        }
        return rel;
    }

    /// Below every aggregate a row is judged once, so that what it is judged by may be random.
    private Expr drawn(Expr condition) {
        return dice.chance(25) ? Expr.call(Type.BOOLEAN, Op.CHANCE, condition) : condition;
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
            types.add(dice.of(Type.INT, Type.DOUBLE, Type.BOOLEAN, Type.STRING, Type.FLOAT));
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
                shown.add(name(column.name().startsWith(ExpressionGenerator.INEXACT)));
            }
        }
        int computed = dice.between(1, 3);
        for (int i = 0; i < computed; i++) {
            boolean isInexact = dice.chance(15);
            items.add(isInexact
                    ? expressions.inexactDouble(input.columns())
                    : expressions.draw(input.columns(),
                            dice.of(Type.BOOLEAN, Type.INT, Type.BIGINT, Type.DOUBLE, Type.DECIMAL, Type.FLOAT,
                                    Type.SMALLINT, Type.STRING, Type.STRING, Type.DATE, Type.TIMESTAMP),
                            2));
            shown.add(name(isInexact));
        }
        return new Project(input, items, shown);
    }

    private Rel join(Rel input) {
        boolean byNumber = dice.chance(50);
        Schema.Table table = byNumber ? Schema.STATICS.get(0) : Schema.STATICS.get(dice.below(2));
        Type type = byNumber ? Type.INT : Type.STRING;
        Optional<Expr> key = expressions.column(input.columns(), type);
        if (key.isEmpty()) {
            return new Filter(input, condition(input));
        }
        int right = byNumber ? 0 : table.name().equals("t0") ? 1 : 0;
        List<String> shown = table.columns().stream().map(_ -> name(false)).toList();
        Join join = new Join(input, new Static(table.name(), table.columns()), dice.of(JoinKind.values()),
                List.of(((Expr.Column) key.get()).index()), List.of(right), Optional.empty(), shown);
        return dice.chance(65)
                ? join
                : new Join(input, join.right(), join.kind(), join.leftKeys(), join.rightKeys(),
                        Optional.of(expressions.condition(join.both(), 1)), shown);
    }

    private Rel explode(Rel input) {
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
