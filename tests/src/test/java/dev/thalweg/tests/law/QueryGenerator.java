package dev.thalweg.tests.law;

import dev.thalweg.tests.law.QueryCase.Mode;
import dev.thalweg.tests.law.Rel.Distinct;
import dev.thalweg.tests.law.Rel.DropDuplicates;
import dev.thalweg.tests.law.Rel.Explode;
import dev.thalweg.tests.law.Rel.Filter;
import dev.thalweg.tests.law.Rel.Project;
import dev.thalweg.tests.law.Rel.Stream;
import dev.thalweg.tests.law.Rel.Union;
import dev.thalweg.tests.law.Rel.Watermark;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// Draws queries: one or two streams, some stateless work, one or two operators with a memory, an output mode that fits.
final class QueryGenerator {
    private static final long SECOND = 1_000_000;

    private final Dice dice;
    private final ExpressionGenerator expressions;
    private final AggregateGenerator aggregates;
    private final JoinGenerator joins;
    private final AsofGenerator nearest;
    private final RankGenerator ranks;
    private final MoreGenerator more;
    private final ExtremeGenerator extremes;
    private final Map<String, Optional<Long>> declared = new LinkedHashMap<>();
    /// Drawn with conditions on the clock, and so without watermarks.
    private final boolean isForClock;
    /// Drawn so that append mode has an answer.
    private final boolean isForAppend;
    private int names;

    private QueryGenerator(Dice dice, Set<Part> parts) {
        this.dice = dice;
        this.expressions = new ExpressionGenerator(dice, parts);
        this.isForClock = parts.contains(Part.CLOCK) && dice.chance(8);
        this.isForAppend = !isForClock && dice.chance(40);
        this.aggregates = new AggregateGenerator(dice, expressions, this::name, isForAppend, parts);
        this.joins = new JoinGenerator(dice, expressions, this::name, parts);
        this.nearest = new AsofGenerator(dice, expressions, this::name);
        this.ranks = new RankGenerator(dice, this::name);
        this.more = new MoreGenerator(dice, expressions, this::name);
        this.extremes = new ExtremeGenerator(dice, expressions, this::name);
        Schema.STREAMS.forEach(stream -> declared.put(stream.name(),
                !isForClock && dice.chance(isForAppend ? 85 : 60)
                        ? Optional.of(dice.of(0L, 5L, 10L, 30L) * SECOND)
                        : Optional.empty()));
    }

    record Plan(Rel query, Mode mode) {
        List<String> streams() {
            return QueryCase.nodes(query).stream().filter(Stream.class::isInstance).map(node -> ((Stream) node).name())
                    .distinct().toList();
        }
    }

    /// A query with any part of SQL that the oracles know.
    static Plan draw(long seed) {
        return draw(seed, Part.ALL);
    }

    static Plan draw(long seed, Set<Part> parts) {
        Plan plan = new QueryGenerator(new Dice(seed), parts).plan();
        return parts.contains(Part.TIME_TO_LIVE)
                ? new Plan(new LivesGenerator(new Dice(~seed)).limited(plan.query()), plan.mode())
                : plan;
    }

    private Plan plan() {
        Rel drawn = query();
        while (isByTime(drawn) && !QueryCase.isInsertOnly(drawn)) {
            drawn = query();
        }
        Rel query = isForClock && dice.chance(30) ? more.clocked(drawn) : drawn;
        boolean canAppend = QueryCase.isInsertOnly(query);
        boolean hasGroups = QueryCase.nodes(query).stream().anyMatch(node -> QueryCase.remembers(node)
                && !(node instanceof Distinct || node instanceof DropDuplicates));
        Mode mode = isByTime(query) || (canAppend && dice.chance(isForAppend ? 90 : 30))
                ? Mode.APPEND
                : hasGroups
                        ? dice.of(Mode.UPDATE, Mode.UPDATE, Mode.COMPLETE, Mode.CHANGELOG)
                        : dice.of(Mode.UPDATE, Mode.CHANGELOG);
        return new Plan(query, mode);
    }

    private static boolean isByTime(Rel query) {
        return QueryCase.nodes(query).stream().anyMatch(node -> node instanceof Rel.Over over && over.byTime());
    }

    /// A name of its own, which begins later ones: c, c0, c1, c00, c01 …
    private String name(boolean isInexact) {
        return (isInexact ? ExpressionGenerator.INEXACT : "c") + Integer.toBinaryString(++names).substring(1);
    }

    private Rel query() {
        Rel input = stateless(dice.chance(25) ? union() : source(), dice.of(0, 1, 1, 2, 2, 3));
        return switch (dice.below(69)) {
            case 0 -> stateless(input, 1);
            case 2, 3 -> new Distinct(narrow(input));
            case 4 -> distinctUnion(input);
            case 5, 6, 65, 66 -> dropDuplicates();
            case 1, 7, 8, 9, 10, 11, 12, 13, 14, 15 ->
                    joins.has(Part.STREAM_JOIN) ? streamJoin(input) : grouped(input);
            case 16, 17, 18, 39 -> joins.has(Part.TABLE_KEPT) ? afterJoin(joins.keepingTable(input)) : grouped(input);
            case 19, 20, 21 -> joins.has(Part.STREAM_SUBQUERY) ? subquery(input) : grouped(input);
            case 22, 23, 24, 25, 26, 57, 60 ->
                    joins.has(Part.SET_OPERATION) ? afterSet(setOperation(input)) : grouped(input);
            case 27, 28, 29, 30, 31 -> joins.has(Part.TOP) ? top(input) : grouped(input);
            case 32, 33, 34, 38, 45 -> joins.has(Part.OVER) ? over(input) : grouped(input);
            case 40, 41, 42, 43, 44, 46, 61, 68 -> joins.has(Part.ASOF_JOIN) ? afterJoin(asof(input)) : grouped(input);
            case 47, 48, 58, 67 -> joins.has(Part.LATERAL) ? afterJoin(lateral(input)) : grouped(input);
            case 49, 50, 51, 59 -> joins.has(Part.RECURSION)
                    ? afterJoin(more.reach(input, filtered(source())))
                    : grouped(input);
            case 52, 53 -> joins.has(Part.PIVOT) ? afterJoin(more.pivot(input)) : grouped(input);
            case 62, 63, 64 -> joins.has(Part.MATCH) ? afterJoin(more.match(input)) : grouped(input);
            case 54, 55, 56 -> joins.has(Part.WINDOW_TIME)
                    ? afterGroups(aggregates.draw(more.withWindowTime(aggregates.draw(input))))
                    : grouped(input);
            case 36, 37 -> joins.has(Part.EXTREMES) && MoreGenerator.mayBeReadTwice(input)
                    ? afterJoin(extremes.draw(input))
                    : grouped(input);
            default -> grouped(input);
        };
    }

    /// Over a table or a stream.
    private Rel lateral(Rel input) {
        return more.lateral(input, dice.chance(40) ? joins.table() : filtered(source()));
    }

    private Rel afterSet(Rel set) {
        return dice.chance(60) ? set : afterJoin(set);
    }

    private Rel grouped(Rel input) {
        return afterGroups(aggregates.draw(input));
    }

    /// With a stream, with what is grouped by the same windows, or with two.
    private Rel streamJoin(Rel input) {
        if (joins.has(Part.TIME_TO_LIVE) && dice.chance(25)) {
            return joins.withStream(few(input), few(source()), isForAppend);
        }
        Rel left = joined(input);
        Rel right = joined(stateless(source(), dice.of(0, 0, 1)));
        Rel join = joins.withStream(left, right, isForAppend);
        return afterJoin(dice.chance(25) ? joins.withStream(join, filtered(source()), isForAppend) : join);
    }

    private Rel joined(Rel input) {
        return switch (dice.below(20)) {
            case 0, 1, 2, 3 -> aggregates.draw(input);
            case 4, 5 -> new Distinct(few(input));
            default -> input;
        };
    }

    /// With the nearest row of a stream or a table; by a stream of groups now and then.
    private Rel asof(Rel input) {
        Rel left = dice.chance(20) ? aggregates.draw(input) : input;
        if (dice.chance(33)) {
            return nearest.withTable(left);
        }
        Rel right = filtered(source());
        return nearest.withStream(left, right, isForAppend);
    }

    /// What may come above rows that may be taken back.
    private Rel afterJoin(Rel rel) {
        return switch (dice.below(14)) {
            case 0 -> filteredJoin(rel);
            case 1 -> project(rel);
            case 2, 3, 4, 5, 6 -> aggregates.draw(rel);
            case 7 -> new Distinct(narrow(rel));
            case 8 -> joins.withTable(rel);
            case 9 -> joins.has(Part.TOP) ? top(rel) : rel;
            case 10 -> joins.has(Part.OVER) ? over(rel) : rel;
            case 11 -> joins.has(Part.LATERAL) ? lateral(rel) : rel;
            case 12 -> joins.has(Part.PIVOT) ? more.pivot(rel) : rel;
            default -> rel;
        };
    }

    /// Never by two times: right above an inner join that would be a bound that the law does not know of.
    private Rel filteredJoin(Rel rel) {
        Expr condition = condition(rel);
        return JoinGenerator.mentionsTime(condition) ? rel : new Filter(rel, condition);
    }

    /// Over a stream; never with a generator below, as with tables.
    private Rel subquery(Rel input) {
        Rel right = filtered(source());
        Rel rel = dice.chance(50) ? joins.subquery(input, right) : joins.lookup(input, right);
        return dice.chance(70) ? rel : afterJoin(rel);
    }

    /// Of two streams, of a stream with itself, or of a stream with a table.
    private Rel setOperation(Rel input) {
        Rel other = dice.chance(40) ? source() : input;
        List<Type> types = new ArrayList<>(List.of(dice.of(Type.STRING, Type.INT)));
        if (dice.chance(50)) {
            types.add(dice.of(Type.INT, Type.DATE, Type.BOOLEAN, Type.DECIMAL, Type.DOUBLE, Type.FLOAT, Type.STRUCT));
        }
        boolean hasTime = dice.chance(isForAppend ? 85 : 40);
        boolean isWithTable = !hasTime && dice.chance(25);
        Rel right = isWithTable ? joins.table() : filtered(other);
        return new Rel.SetOperation(columns(input, types, hasTime), columns(right, types, hasTime),
                dice.of(Rel.SetKind.values()), dice.chance(50));
    }

    private Rel columns(Rel input, List<Type> types, boolean hasTime) {
        List<Expr> items = new ArrayList<>();
        if (hasTime) {
            items.add(time(input).<Expr>map(i -> new Expr.Column(i, Type.TIMESTAMP))
                    .orElseGet(() -> expressions.literal(Type.TIMESTAMP)));
        }
        types.forEach(type -> items.add(expressions.column(input.columns(), type)
                .orElseGet(() -> expressions.draw(input.columns(), type, 1))));
        return new Project(input, items, items.stream().map(_ -> name(false)).toList());
    }

    private static Optional<Integer> time(Rel rel) {
        int closing = EventTimes.of(rel).deciding();
        return closing >= 0 ? Optional.of(closing) : Optional.empty();
    }

    private Rel top(Rel input) {
        Rel rows = ordered(input);
        return isForAppend && time(rows).isPresent() && dice.chance(37)
                ? ranks.firstByTime(rows, time(rows).get())
                : ranks.top(rows, time(rows));
    }

    private Rel over(Rel input) {
        Rel rows = ordered(input);
        boolean isByTime = isForAppend && time(rows).isPresent() && dice.chance(80);
        if (isByTime && dice.chance(45)) {
            return ranks.firstByTime(rows, time(rows).get());
        }
        Rel over = isByTime ? ranks.overByTime(rows, time(rows).get()) : ranks.over(rows, time(rows));
        if (joins.has(Part.AGGREGATES) && dice.chance(15)) {
            return aggregates.draw(over);
        }
        return dice.chance(80) ? over : new Filter(over, condition(over));
    }

    /// Some columns that have an order and are exact, one of them a number.
    private Rel ordered(Rel input) {
        List<Expr> items = new ArrayList<>();
        time(input).ifPresent(i -> items.add(new Expr.Column(i, Type.TIMESTAMP)));
        items.add(expressions.draw(input.columns(), Type.BIGINT, 1));
        int more = dice.between(1, 2);
        for (int i = 0; i < more; i++) {
            Type type = dice.of(Type.STRING, Type.STRING, Type.INT, Type.DATE, Type.DECIMAL, Type.FLOAT, Type.DOUBLE);
            items.add(expressions.column(input.columns(), type)
                    .orElseGet(() -> expressions.draw(input.columns(), Type.STRING, 1)));
        }
        return new Project(input, items, items.stream().map(_ -> name(false)).toList());
    }

    /// Few columns of few values, so that rows are equal now and then.
    private Rel few(Rel input) {
        return columns(input, dice.chance(50) ? List.of(Type.STRING) : List.of(Type.STRING, Type.INT), dice.chance(85));
    }

    private Rel distinctUnion(Rel input) {
        Rel other = dice.chance(50) ? input : new Filter(input, condition(input));
        return isComparable(input) ? new Distinct(new Union(input, other)) : stateless(input, 1);
    }

    /// What may come above an aggregate.
    private Rel afterGroups(Rel groups) {
        return switch (dice.below(11)) {
            case 0 -> new Filter(groups, condition(groups));
            case 1 -> project(groups);
            case 2, 3 -> aggregates.drawAbove(groups);
            case 4 -> new Distinct(narrow(groups));
            case 5 -> joins.withTable(groups);
            case 6 -> joins.lookup(groups);
            case 7 -> joins.has(Part.TOP) && dice.chance(50) ? top(groups) : groups;
            case 8 -> joins.has(Part.OVER) && dice.chance(50) ? over(groups) : groups;
            case 9 -> joins.has(Part.PIVOT) && dice.chance(50) ? more.pivot(groups) : groups;
            default -> groups;
        };
    }

    private Rel stateless(Rel input, int steps) {
        Rel rel = isForClock && dice.chance(60) ? more.clocked(input) : input;
        for (int i = 0; i < steps; i++) {
            rel = switch (dice.below(15)) {
                case 0, 1, 2 -> new Filter(rel, drawn(rel, condition(rel)));
                case 3, 4, 5 -> project(rel);
                case 6, 7, 8, 9, 10 -> joins.withTable(rel);
                case 11, 12 -> joins.lookup(rel);
                default -> explode(rel);
            };
        }
        return rel;
    }

    /// Below every aggregate a row is judged once, so that what it is judged by may be random, unless the clock takes it back.
    private Expr drawn(Rel rel, Expr condition) {
        boolean mayLeave = QueryCase.nodes(rel).stream().anyMatch(Rel.Clocked.class::isInstance);
        return dice.chance(40) && !mayLeave ? Expr.call(Type.BOOLEAN, Op.CHANCE, condition) : condition;
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
        if (isForAppend || (!isForClock && dice.chance(30))) {
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
        if (joins.has(Part.UNION_WITH_TABLE) && dice.chance(25)) {
            return new Union(branch(left, types, shared), branch(joins.table(), types, shared));
        }
        return new Union(branch(left, types, shared), branch(right, types, shared));
    }

    private Rel filtered(Rel rel) {
        return dice.chance(60) ? new Filter(rel, condition(rel)) : rel;
    }

    private Rel branch(Rel input, List<Type> types, List<String> shared) {
        List<Expr> items = new ArrayList<>();
        items.add(Rel.isFinite(input)
                ? expressions.literal(Type.TIMESTAMP)
                : new Expr.Column(input.columns().size() - 1, Type.TIMESTAMP));
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
        boolean isWithin = time(input).isPresent() && dice.chance(60);
        Rel drop = new DropDuplicates(input, List.copyOf(keys), isWithin);
        return dice.chance(30) ? aggregates.draw(drop) : drop;
    }
}
