package dev.thalweg.tests.law;

import dev.thalweg.tests.law.OverCall.Bound;
import dev.thalweg.tests.law.OverCall.Frame;
import dev.thalweg.tests.law.OverCall.Function;
import dev.thalweg.tests.law.OverCall.Unit;
import dev.thalweg.tests.law.Rel.Order;
import dev.thalweg.tests.law.Rel.Over;
import dev.thalweg.tests.law.Rel.Rank;
import dev.thalweg.tests.law.Rel.Top;
import dev.thalweg.tests.law.Rel.TopForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Draws what goes by an order: the first rows, ranks, window functions.
///
/// Where the place among equals shows, the order is one of all columns, so that equals are equal rows.
final class RankGenerator {
    private final Dice dice;
    private final AggregateGenerator.Names names;

    RankGenerator(Dice dice, AggregateGenerator.Names names) {
        this.dice = dice;
        this.names = names;
    }

    /// @param input whose columns all have an order
    /// @param time the column by which partitions close, where there shall be such a one
    Rel top(Rel input, Optional<Integer> time) {
        boolean isLimit = dice.chance(30);
        Rank rank = isLimit
                ? Rank.ROW_NUMBER
                : dice.of(Rank.ROW_NUMBER, Rank.RANK, Rank.DENSE_RANK, Rank.RANK, Rank.DENSE_RANK);
        List<Integer> partition = isLimit ? List.of() : partition(input, time);
        boolean isWhole = partition.isEmpty() && rank == Rank.ROW_NUMBER;
        TopForm form = isWhole ? TopForm.LIMIT : dice.of(TopForm.FILTER, TopForm.QUALIFY);
        Optional<String> shown = !isWhole && dice.chance(35) ? Optional.of(names.next(false)) : Optional.empty();
        List<Order> order = rank == Rank.ROW_NUMBER ? total(input) : total(input).subList(0, 1);
        return new Top(input, partition, order, rank, dice.chance(25) ? dice.between(1, 3) : 0,
                dice.of(1, 1, 2, 3, 5), shown, form);
    }

    Rel over(Rel input, Optional<Integer> time) {
        List<Integer> partition = partition(input, time);
        boolean isTotal = dice.chance(75);
        List<Order> order = isTotal ? total(input) : partial(input);
        List<OverCall> calls = new ArrayList<>();
        int count = dice.between(6, 8);
        for (int i = 0; i < count; i++) {
            calls.add(call(input, order, isTotal));
        }
        return new Over(input, partition, order, calls, false);
    }

    /// The first rows of each partition in the order of time, each told once: a filter on the rank.
    Rel firstByTime(Rel input, int time) {
        Function rank = dice.of(Function.ROW_NUMBER, Function.RANK, Function.DENSE_RANK);
        List<Order> order = byTime(input, time, rank == Function.ROW_NUMBER || dice.chance(50));
        OverCall call = new OverCall(rank, -1, 0, false, Optional.empty(), names.next(false), Type.INT);
        Over over = new Over(input, besidesTime(input), order, List.of(call), true);
        Expr shown = new Expr.Column(input.columns().size(), Type.INT);
        return new Rel.Filter(over, Expr.call(Type.BOOLEAN, dice.of(Op.LE, Op.LE, Op.LT, Op.EQ), shown,
                new Expr.Literal(dice.of(1, 1, 2, 3), Type.INT)));
    }

    /// Whether a relation is what [#firstByTime] draws.
    static boolean isFirstByTime(Rel rel) {
        return rel instanceof Rel.Filter filter && filter.input() instanceof Over over && over.byTime()
                && over.calls().size() == 1 && filter.condition() instanceof Expr.Call call
                && call.arguments().getFirst() instanceof Expr.Column(int column, _)
                && column == over.columns().size() - 1;
    }

    private List<Integer> besidesTime(Rel input) {
        int other = dice.between(1, input.columns().size() - 1);
        return dice.chance(70) ? List.of(other) : List.of();
    }

    private List<Order> byTime(Rel input, int time, boolean isTotal) {
        List<Order> order = new ArrayList<>(List.of(new Order(time, false, dice.chance(60) && !mayLackTime(input))));
        if (isTotal) {
            total(input).stream().filter(key -> key.column() != time).forEach(order::add);
        }
        return order;
    }

    /// In the order of time, so that rows are final when it has passed: append mode has an answer.
    Rel overByTime(Rel input, int time) {
        List<Integer> partition = besidesTime(input);
        boolean isTotal = dice.chance(60);
        List<Order> order = byTime(input, time, isTotal);
        List<OverCall> calls = new ArrayList<>();
        int count = dice.between(2, 4);
        while (calls.size() < count) {
            OverCall call = call(input, order, isTotal);
            if (!call.function().waitsForRows() && call.frame().filter(RankGenerator::waitsForRows).isEmpty()) {
                calls.add(call);
            }
        }
        return new Over(input, partition, order, calls, true);
    }

    /// Whether a join may give rows without a time, which come when it closes.
    private static boolean mayLackTime(Rel input) {
        return QueryCase.nodes(input).stream()
                .anyMatch(node -> (node instanceof Rel.Join join && join.kind() != Rel.JoinKind.INNER)
                        || (node instanceof Rel.Asof asof && asof.outer()));
    }

    private static boolean waitsForRows(Frame frame) {
        return frame.end().offset().map(end -> end > 0 && frame.unit() != Unit.RANGE).orElse(true);
    }

    private List<Integer> partition(Rel input, Optional<Integer> time) {
        List<Integer> partition = new ArrayList<>();
        if (time.isPresent() && dice.chance(78)) {
            partition.add(time.get());
        }
        int other = dice.below(input.columns().size());
        if (dice.chance(60) && !partition.contains(other)) {
            partition.add(other);
        }
        return partition;
    }

    private List<Order> total(Rel input) {
        List<Integer> columns = new ArrayList<>(IntStream.range(0, input.columns().size()).boxed().toList());
        for (int i = columns.size() - 1; i > 0; i--) {
            Collections.swap(columns, i, dice.below(i + 1));
        }
        return columns.stream().map(this::order).toList();
    }

    private Order order(int column) {
        boolean isDescending = dice.chance(40);
        return new Order(column, isDescending, dice.chance(70) != isDescending);
    }

    /// One number, by which a range can be measured, if there is one; or no order at all.
    private List<Order> partial(Rel input) {
        List<Integer> numbers = IntStream.range(0, input.columns().size())
                .filter(i -> input.columns().get(i).type() == Type.BIGINT).boxed().toList();
        if (dice.chance(20)) {
            return List.of();
        }
        return numbers.isEmpty() ? total(input).subList(0, 1) : List.of(order(dice.of(numbers)));
    }

    private OverCall call(Rel input, List<Order> order, boolean isTotal) {
        Function function = dice.of(Arrays.stream(Function.values())
                .filter(f -> (isTotal || f.isForPeers()) && (!order.isEmpty() || f.isAggregate())).toList());
        int column = switch (function) {
            case ROW_NUMBER, RANK, DENSE_RANK, NTILE, PERCENT_RANK, CUME_DIST -> -1;
            case COUNT -> dice.chance(40) ? -1 : dice.below(input.columns().size());
            case SUM, AVG -> number(input);
            case LAG, LEAD, FIRST_VALUE, LAST_VALUE, NTH_VALUE, MIN, MAX -> dice.below(input.columns().size());
        };
        if (column < 0 && (function == Function.SUM || function == Function.AVG)) {
            return new OverCall(Function.COUNT, -1, 0, false, frame(input, order, isTotal), names.next(false),
                    Type.BIGINT);
        }
        int number = switch (function) {
            case NTILE, NTH_VALUE -> dice.between(1, 3);
            case LAG, LEAD -> dice.of(1, 1, 2);
            default -> 0; // the others take none
        };
        boolean ignoresNulls = switch (function) {
            case LAG, LEAD, FIRST_VALUE, LAST_VALUE, NTH_VALUE -> dice.chance(20);
            default -> false; // the others count NULLs or not as aggregates do
        };
        boolean isInexact = function == Function.AVG || function == Function.PERCENT_RANK
                || function == Function.CUME_DIST;
        return new OverCall(function, column, number, ignoresNulls,
                function.takesFrame() ? frame(input, order, isTotal) : Optional.empty(), names.next(isInexact),
                type(function, column < 0 ? Type.INT : input.columns().get(column).type()));
    }

    private int number(Rel input) {
        List<Integer> numbers = IntStream.range(0, input.columns().size())
                .filter(i -> List.of(Type.INT, Type.BIGINT, Type.DECIMAL).contains(input.columns().get(i).type()))
                .boxed().toList();
        return numbers.isEmpty() ? -1 : dice.of(numbers);
    }

    private static Type type(Function function, Type argument) {
        return switch (function) {
            case ROW_NUMBER, RANK, DENSE_RANK, NTILE -> Type.INT;
            case PERCENT_RANK, CUME_DIST -> Type.DOUBLE;
            case LAG, LEAD, FIRST_VALUE, LAST_VALUE, NTH_VALUE, MIN, MAX -> argument;
            case COUNT -> Type.BIGINT;
            case SUM -> argument == Type.INT ? Type.BIGINT : argument;
            case AVG -> argument == Type.DECIMAL ? Type.DECIMAL : Type.DOUBLE;
        };
    }

    private Optional<Frame> frame(Rel input, List<Order> order, boolean isTotal) {
        if (order.isEmpty() || dice.chance(30)) {
            return Optional.empty();
        }
        Type first = input.columns().get(order.getFirst().column()).type();
        boolean isMeasured = order.size() == 1 && (first == Type.BIGINT || first == Type.TIMESTAMP);
        Unit unit = isTotal ? dice.of(Unit.ROWS, Unit.ROWS, Unit.RANGE, Unit.GROUPS) : dice.of(Unit.RANGE, Unit.GROUPS);
        boolean takesOffsets = unit != Unit.RANGE || isMeasured;
        int start = -dice.between(0, 3);
        int end = dice.chance(70) ? dice.between(Math.max(start, 0), 3) : dice.between(start, 0);
        return Optional.of(new Frame(unit,
                dice.chance(35) ? Bound.UNBOUNDED : new Bound(Optional.of(takesOffsets ? start : 0)),
                dice.chance(25) ? Bound.UNBOUNDED : new Bound(Optional.of(takesOffsets ? end : 0)),
                first == Type.TIMESTAMP));
    }
}
