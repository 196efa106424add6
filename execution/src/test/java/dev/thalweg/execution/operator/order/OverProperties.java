package dev.thalweg.execution.operator.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.OperatorTest;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.EventTime;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.Frame;
import dev.thalweg.planner.incremental.Frame.Bound;
import dev.thalweg.planner.incremental.Frame.Side;
import dev.thalweg.planner.incremental.Frame.Unit;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.planner.incremental.OverCall;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.planner.incremental.PlanNode.TopN;
import dev.thalweg.planner.incremental.PlanNode.Values;
import dev.thalweg.planner.incremental.StreamPlan.Traits;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/// Window functions and first rows over random rows, duplicates, NULLs, retractions, cuts and restarts, against [NaiveOver].
final class OverProperties {
    private static final RowType ROW = RowType.of(Field.of("k", Simple.STRING), Field.of("o", Simple.INT),
            Field.of("v", Simple.BIGINT), Field.of("s", Simple.STRING));
    private static final PlanNode INPUT = new Values(ROW, List.of());

    @Property(tries = 150)
    void functionsOverTotalOrder(@ForAll long seed) {
        Random random = new Random(seed);
        List<SortKey> order = new ArrayList<>();
        for (int column : new int[] {1, 2, 3, 0}) {
            order.add(new SortKey(column, random.nextBoolean(), random.nextBoolean()));
        }
        List<OverCall> calls = new ArrayList<>();
        calls.add(call("row_number", Simple.INT, 0, rows(random)));
        calls.add(call("ntile", Simple.INT, 1 + random.nextInt(4), rows(random)));
        for (String function : List.of("lag", "lead")) {
            calls.add(call(function, Simple.STRING, random.nextInt(3), rows(random), 3));
            calls.add(ignoringNulls(call(function, Simple.BIGINT, random.nextInt(3), rows(random), 2)));
            calls.add(call(function, Simple.STRING, 1 + random.nextInt(2), rows(random), 3, 0));
        }
        for (String function : List.of("first_value", "last_value", "nth_value")) {
            calls.add(call(function, Simple.STRING, 2, rows(random), 3));
            calls.add(ignoringNulls(call(function, Simple.BIGINT, 1, rows(random), 2)));
        }
        aggregates(calls, () -> rows(random));
        calls.add(call("collect_list", new ArrayOf(Simple.STRING, false), 0, rows(random), 3));
        run(random, order, some(calls, random));
    }

    @Property(tries = 150)
    void functionsOverPeers(@ForAll long seed) {
        Random random = new Random(seed);
        List<SortKey> order = List.of(new SortKey(1, random.nextBoolean(), random.nextBoolean()));
        List<OverCall> calls = new ArrayList<>();
        for (String function : List.of("rank", "dense_rank")) {
            calls.add(call(function, Simple.INT, 0, rows(random)));
        }
        for (String function : List.of("percent_rank", "cume_dist")) {
            calls.add(call(function, Simple.DOUBLE, 0, rows(random)));
        }
        aggregates(calls, () -> frame(random, Unit.RANGE));
        aggregates(calls, () -> frame(random, Unit.GROUPS));
        run(random, order, some(calls, random));
    }

    @Property(tries = 200)
    void firstRows(@ForAll long seed) {
        Random random = new Random(seed);
        boolean total = random.nextBoolean();
        List<SortKey> order = new ArrayList<>();
        for (int column : total ? new int[] {1, 2, 3, 0} : new int[] {1}) {
            order.add(new SortKey(column, random.nextBoolean(), random.nextBoolean()));
        }
        TopN.Rank rank = total ? TopN.Rank.ROW_NUMBER : random.nextBoolean() ? TopN.Rank.RANK : TopN.Rank.DENSE_RANK;
        boolean withRank = random.nextBoolean();
        List<Integer> partition = random.nextBoolean() ? List.of(0) : List.of();
        long offset = random.nextInt(3);
        long count = random.nextInt(5) == 0 ? Long.MAX_VALUE : random.nextInt(4);
        RowType schema = withRank ? PlanNode.appended(ROW, List.of(new Field("rank", Simple.INT, false))) : ROW;
        TopN top = new TopN(INPUT, partition, order, rank, offset, count, withRank, schema);
        String function = rank.name().toLowerCase(java.util.Locale.ROOT);
        Frame all = new Frame(Unit.ROWS, bound(Side.UNBOUNDED_PRECEDING, 0), bound(Side.UNBOUNDED_FOLLOWING, 0));
        List<OverCall> ranking = List.of(call(function, Simple.INT, 0, all));
        NaiveOver model = new NaiveOver(partition, order);
        boolean retracts = random.nextBoolean();
        run(random, retracts, operators -> operators.top(top), partition, rows -> {
            Map<List<@Nullable Object>, Long> expected = new LinkedHashMap<>();
            model.of(rows, ranking).forEach((row, times) -> {
                long place = (Integer) java.util.Objects.requireNonNull(row.getLast());
                if (place > offset && place - offset <= count) {
                    expected.merge(withRank ? row : row.subList(0, ROW.size()), times, Long::sum);
                }
            });
            return expected;
        });
    }

    private static void aggregates(List<OverCall> calls, java.util.function.Supplier<Frame> frame) {
        calls.add(call("count", Simple.BIGINT, 0, frame.get()));
        calls.add(call("count", Simple.BIGINT, 0, frame.get(), 3));
        calls.add(call("sum", Simple.BIGINT, 0, frame.get(), 2));
        calls.add(call("avg", Simple.DOUBLE, 0, frame.get(), 2));
        calls.add(call("min", Simple.BIGINT, 0, frame.get(), 2));
        calls.add(call("max", Simple.BIGINT, 0, frame.get(), 2));
    }

    private static List<OverCall> some(List<OverCall> calls, Random random) {
        java.util.Collections.shuffle(calls, random);
        return List.copyOf(calls.subList(0, 1 + random.nextInt(4)));
    }

    private static OverCall call(String function, DataType type, long number, Frame frame, Integer... arguments) {
        return new OverCall(function, List.of(arguments), number, frame, false, type, true);
    }

    private static OverCall ignoringNulls(OverCall call) {
        return new OverCall(call.function(), call.arguments(), call.number(), call.frame(), true, call.type(), true);
    }

    private static Frame rows(Random random) {
        return frame(random, Unit.ROWS);
    }

    private static Frame frame(Random random, Unit unit) {
        Side[] sides = Side.values();
        int start = random.nextInt(4);
        int end = Math.max(start, 1 + random.nextInt(4));
        return new Frame(unit, bound(sides[start], random.nextInt(3)), bound(sides[end], random.nextInt(3)));
    }

    private static Bound bound(Side side, long offset) {
        boolean counts = side == Side.PRECEDING || side == Side.FOLLOWING;
        return new Bound(side, counts ? new Literal(offset, Simple.BIGINT) : new Literal(null, Simple.VOID));
    }

    private static void run(Random random, List<SortKey> order, List<OverCall> calls) {
        List<Integer> partition = random.nextBoolean() ? List.of(0) : List.of();
        List<Field> fields = calls.stream().map(call -> Field.of(call.function(), call.type())).toList();
        Over over = new Over(INPUT, partition, order, calls, PlanNode.appended(ROW, fields));
        NaiveOver model = new NaiveOver(partition, order);
        run(random, true, operators -> operators.over(over), partition, rows -> model.of(rows, calls));
    }

    private interface Made {
        dev.thalweg.execution.operator.Operator by(OrderOperators operators);
    }

    private interface Model {
        Map<List<@Nullable Object>, Long> of(List<List<@Nullable Object>> rows);
    }

    private static void run(Random random, boolean retracts, Made made, List<Integer> partition, Model model) {
        Changes changes = retracts ? Changes.RETRACT : Changes.INSERT_ONLY;
        Traits traits = new Traits(Changes.RETRACT, EventTime.NONE, false, Optional.empty(), false);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (OperatorTest test = OperatorTest.inMemory((tables, allocator, _) -> made.by(new OrderOperators("1-order",
                KeyEncoder.of(ROW, partition, OptionalInt.empty(), allocator), traits, changes, tables,
                Lateness.none(), Watermark.NONE, allocator)))) {
            for (int trigger = 0; trigger < 5; trigger++) {
                for (int batch = random.nextInt(3); batch > 0; batch--) {
                    push(test, random, retracts, rows);
                }
                test.trigger();
                assertThat(test.result()).as("after trigger " + trigger).isEqualTo(model.of(rows));
            }
        }
    }

    private static void push(OperatorTest test, Random random, boolean retracts, List<List<@Nullable Object>> rows) {
        try (BatchBuilder builder = new BatchBuilder(ROW, test.allocator())) {
            for (int i = random.nextInt(8); i >= 0; i--) {
                if (retracts && !rows.isEmpty() && random.nextInt(3) == 0) {
                    builder.add(rows.remove(random.nextInt(rows.size())), -1);
                } else {
                    List<@Nullable Object> row = row(random);
                    int times = 1 + random.nextInt(2);
                    for (int time = 0; time < times; time++) {
                        rows.add(row);
                    }
                    builder.add(row, times);
                }
            }
            test.push(0, builder.build());
        }
    }

    private static List<@Nullable Object> row(Random random) {
        return Arrays.asList(random.nextInt(6) == 0 ? null : "k" + random.nextInt(3),
                random.nextInt(6) == 0 ? null : random.nextInt(5),
                random.nextInt(4) == 0 ? null : (long) random.nextInt(9),
                random.nextInt(4) == 0 ? null : "s" + random.nextInt(3));
    }
}
