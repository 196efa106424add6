package dev.thalweg.tests.law;

import dev.thalweg.tests.law.Rel.Aggregate;
import dev.thalweg.tests.law.Rel.AggregateCall;
import dev.thalweg.tests.law.Rel.Function;
import dev.thalweg.tests.law.Rel.Grouping;
import dev.thalweg.tests.law.Rel.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// Draws aggregates: windows, keys, grouping sets, calls with FILTER and DISTINCT, HAVING.
final class AggregateGenerator {
    private static final long SECOND = 1_000_000;

    interface Names {
        String next(boolean isInexact);
    }

    private final Dice dice;
    private final ExpressionGenerator expressions;
    private final Names names;
    private final boolean isForAppend;
    private final Set<Part> parts;
    /// Rows only arrive, in an order that all agree on: no join has spread them over tasks.
    private boolean knowsOrder;

    AggregateGenerator(Dice dice, ExpressionGenerator expressions, Names names, boolean isForAppend,
            Set<Part> parts) {
        this.dice = dice;
        this.expressions = expressions;
        this.names = names;
        this.isForAppend = isForAppend;
        this.parts = parts;
    }

    Aggregate draw(Rel input) {
        knowsOrder = QueryCase.nodes(input).stream().noneMatch(
                node -> QueryCase.remembers(node) || node instanceof Rel.Lateral || node instanceof Rel.Asof
                        || (node instanceof Rel.Union && Rel.isFinite(node.inputs().get(1))));
        Optional<Expr> time = eventTime(input.columns());
        List<Expr> keys = keys(input.columns());
        if (time.isPresent() && dice.chance(isForAppend ? 85 : 55)) {
            return complete(input, Optional.of(window((Expr.Column) time.get())), keys);
        }
        if (time.isPresent() && (isForAppend || dice.chance(15))) {
            keys.addFirst(time.get()); // the bare event time
            return assemble(input, Optional.empty(), keys, Grouping.PLAIN, List.of(all(keys)));
        }
        return complete(input, Optional.empty(), keys);
    }

    /// An aggregate of an aggregate; where append wants an answer, by the end of the window below.
    Aggregate drawAbove(Rel groups) {
        knowsOrder = false;
        List<Expr> keys = keys(groups.columns());
        boolean hasWindow = groups.columns().size() > 1 && groups.columns().get(1).type() == Type.TIMESTAMP;
        if (hasWindow && (isForAppend || dice.chance(40))) {
            keys.addFirst(new Expr.Column(1, Type.TIMESTAMP));
            return assemble(groups, Optional.empty(), keys, Grouping.PLAIN, List.of(all(keys)));
        }
        return complete(groups, Optional.empty(), keys);
    }

    /// The timestamp that is most likely the event time: in a stream the last, elsewhere the first.
    private static Optional<Expr> eventTime(List<Rel.Col> columns) {
        List<Integer> times = IntStream.range(0, columns.size()).filter(i -> columns.get(i).type() == Type.TIMESTAMP)
                .boxed().toList();
        return times.isEmpty() ? Optional.empty() : Optional.of(new Expr.Column(times.getFirst(), Type.TIMESTAMP));
    }

    private Window window(Expr.Column time) {
        if (parts.contains(Part.SESSION) && dice.chance(25)) {
            return new Window(time.index(), dice.of(3L, 5L, 10L, 10L, 20L) * SECOND, 0, names.next(false),
                    names.next(false));
        }
        long slide = dice.of(5L, 10L, 10L, 20L) * SECOND;
        long size = dice.chance(60) ? slide : slide * dice.of(2, 3);
        return new Window(time.index(), size, slide, names.next(false), names.next(false));
    }

    private List<Expr> keys(List<Rel.Col> columns) {
        List<Expr> keys = new ArrayList<>();
        int count = dice.of(0, 1, 1, 1, 2, 2);
        for (int i = 0; i < count; i++) {
            Type type = dice.chance(45)
                    ? dice.of(Type.STRINGS, Type.STRUCT, Type.MAP)
                    : dice.of(Type.STRING, Type.STRING, Type.INT, Type.BOOLEAN, Type.DATE, Type.DECIMAL, Type.DOUBLE,
                            Type.BIGINT, Type.FLOAT, Type.TINYINT, Type.SMALLINT);
            Expr key = dice.chance(70)
                    ? expressions.column(columns, type).orElseGet(() -> expressions.draw(columns, type, 1))
                    : expressions.draw(columns, type, 1);
            if (!keys.contains(key) && !(key instanceof Expr.Literal)) {
                keys.add(key);
            }
        }
        return keys;
    }

    private static List<Integer> all(List<Expr> keys) {
        return IntStream.range(0, keys.size()).boxed().toList();
    }

    private Aggregate complete(Rel input, Optional<Window> window, List<Expr> keys) {
        if (keys.isEmpty() || window.filter(Window::isSession).isPresent() || !dice.chance(60)) {
            return assemble(input, window, keys, Grouping.PLAIN, List.of(all(keys)));
        }
        if (keys.size() == 1) {
            Grouping grouping = dice.of(Grouping.CUBE, Grouping.ROLLUP, Grouping.SETS);
            return assemble(input, window, keys, grouping, List.of(List.of(0), List.of()));
        }
        return switch (dice.below(3)) {
            case 0 -> assemble(input, window, keys, Grouping.CUBE,
                    List.of(List.of(0, 1), List.of(0), List.of(1), List.of()));
            case 1 -> assemble(input, window, keys, Grouping.ROLLUP, List.of(List.of(0, 1), List.of(0), List.of()));
            default -> assemble(input, window, keys, Grouping.SETS, List.of(List.of(0), List.of(1)));
        };
    }

    private Aggregate assemble(Rel input, Optional<Window> window, List<Expr> keys, Grouping grouping,
            List<List<Integer>> sets) {
        List<String> keyNames = keys.stream().map(_ -> names.next(false)).toList();
        List<AggregateCall> calls = new ArrayList<>();
        boolean isOrderKept = DuckSql.keepsOrder(input) && window.filter(w -> w.size() > w.slide()).isEmpty();
        boolean comesAgain = window.filter(Window::isSession).isPresent(); // a session's rows, when it grows
        int orderedPercent = !knowsOrder || comesAgain ? 0 : isOrderKept ? 66 : 5;
        int count = dice.between(2, 5);
        for (int i = 0; i < count; i++) {
            calls.add(call(input.columns(), orderedPercent));
        }
        Aggregate aggregate = new Aggregate(input, window, keys, keyNames, grouping, sets, calls, Optional.empty());
        if (!dice.chance(20)) {
            return aggregate;
        }
        Expr having = expressions.condition(aggregate.columns(), 1);
        return new Aggregate(input, window, keys, keyNames, grouping, sets, calls, Optional.of(having));
    }

    private AggregateCall call(List<Rel.Col> columns, int orderedPercent) {
        Function function = function(orderedPercent);
        Optional<Expr> filter = dice.chance(25) ? Optional.of(expressions.condition(columns, 1)) : Optional.empty();
        if (function == Function.COUNT_ROWS) {
            return new AggregateCall(function, Optional.empty(), false, filter, names.next(false), Type.BIGINT);
        }
        Type argument = argument(function);
        Expr value = dice.chance(70)
                ? expressions.column(columns, argument).orElseGet(() -> expressions.draw(columns, argument, 1))
                : expressions.draw(columns, argument, 1);
        boolean isDistinct = (function == Function.COUNT || function == Function.SUM
                || (function == Function.AVG && parts.contains(Part.AGGREGATES))) && dice.chance(40);
        boolean mayBeNaN = function == Function.SUM && argument == Type.FLOAT;
        boolean isInexact = isSpread(function) || function == Function.AVG || mayBeNaN
                || function == Function.PERCENTILE || function == Function.MEDIAN;
        if (function == Function.MAX_BY || function == Function.MIN_BY) {
            return by(function, columns, argument, filter);
        }
        return new AggregateCall(function, Optional.of(value), isDistinct, filter, names.next(isInexact),
                result(function, argument));
    }

    /// The argument is made of nothing but what decides, so that equals agree on it.
    private AggregateCall by(Function function, List<Rel.Col> columns, Type type, Optional<Expr> filter) {
        Expr by = expressions.column(columns, type).orElseGet(() -> expressions.draw(columns, type, 1));
        Expr value = switch (type) {
            case STRING -> Expr.call(Type.STRING, dice.of(Op.UPPER, Op.TRIM), by);
            case INT, BIGINT -> Expr.call(type, Op.NULLIF, by, expressions.literal(type));
            default -> by; // dates and times as they are
        };
        return new AggregateCall(function, Optional.of(value), false, filter, names.next(false), value.type(),
                Optional.of(by));
    }

    /// What goes by the order of arrival is drawn where DuckDB can answer it, and seldom elsewhere.
    private Function function(int orderedPercent) {
        boolean isOrdered = dice.chance(orderedPercent);
        return dice.of(Arrays.stream(Function.values()).filter(f -> f.isOrdered() == isOrdered)
                .filter(f -> f.isOf(parts)).toList());
    }

    private static boolean isSpread(Function function) {
        return function.name().startsWith("STDDEV") || function.name().startsWith("VAR");
    }

    private Type argument(Function function) {
        return switch (function) {
            case SUM, AVG ->
                    dice.of(Type.INT, Type.BIGINT, Type.DOUBLE, Type.DECIMAL, Type.FLOAT, Type.TINYINT, Type.SMALLINT);
            case STDDEV_SAMP, STDDEV_POP, VAR_SAMP, VAR_POP -> Type.DOUBLE;
            case BOOL_AND, BOOL_OR, COUNT_IF -> Type.BOOLEAN;
            case MAX_BY, MIN_BY -> dice.of(Type.STRING, Type.INT, Type.BIGINT, Type.DATE, Type.TIMESTAMP);
            case PERCENTILE, MEDIAN -> dice.of(Type.INT, Type.BIGINT, Type.DOUBLE);
            case BIT_AND, BIT_OR, BIT_XOR -> dice.of(Type.INT, Type.BIGINT);
            case SPREAD, SQUARES -> Type.INT;
            case COLLECT_SET, COLLECT_LIST -> dice.of(Type.STRING, Type.FLOAT);
            case COUNT -> dice.chance(40)
                    ? dice.of(Type.STRINGS, Type.STRUCT, Type.MAP)
                    : dice.of(Type.INT, Type.DOUBLE, Type.DECIMAL, Type.STRING, Type.DATE, Type.TIMESTAMP);
            case COUNT_ROWS, MIN, MAX, FIRST, LAST ->
                    dice.of(Type.INT, Type.FLOAT, Type.TINYINT, Type.SMALLINT, Type.BIGINT, Type.DOUBLE, Type.DECIMAL,
                            Type.STRING, Type.DATE, Type.TIMESTAMP,
                            Type.BOOLEAN);
        };
    }

    private static Type result(Function function, Type argument) {
        return switch (function) {
            case COUNT_ROWS, COUNT, COUNT_IF, SQUARES -> Type.BIGINT;
            case SPREAD -> Type.STRING;
            case SUM -> switch (argument) {
                case INT, TINYINT, SMALLINT -> Type.BIGINT;
                case FLOAT -> Type.DOUBLE;
                default -> argument; // the others add up to themselves
            };
            case AVG -> argument == Type.DECIMAL ? Type.DECIMAL : Type.DOUBLE;
            case MIN, MAX, FIRST, LAST, MAX_BY, MIN_BY, BIT_AND, BIT_OR, BIT_XOR -> argument;
            case BOOL_AND, BOOL_OR -> Type.BOOLEAN;
            case STDDEV_SAMP, STDDEV_POP, VAR_SAMP, VAR_POP, PERCENTILE, MEDIAN -> Type.DOUBLE;
            case COLLECT_SET, COLLECT_LIST -> argument == Type.FLOAT ? Type.FLOATS : Type.STRINGS;
        };
    }
}
