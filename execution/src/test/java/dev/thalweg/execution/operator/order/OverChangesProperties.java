package dev.thalweg.execution.operator.order;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.OperatorTest;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.Frame;
import dev.thalweg.planner.incremental.Frame.Bound;
import dev.thalweg.planner.incremental.Frame.Side;
import dev.thalweg.planner.incremental.Frame.Unit;
import dev.thalweg.planner.incremental.OverCall;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.planner.incremental.PlanNode.Values;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/// Large partitions of which little changes: what is computed around the changes is what all rows at once give.
final class OverChangesProperties {
    private static final RowType ROW = RowType.of(Field.of("k", Simple.STRING), Field.of("o", Simple.INT),
            Field.of("t", Simple.DATE), Field.of("v", Simple.BIGINT), Field.of("d", Simple.DOUBLE));
    private static final PlanNode INPUT = new Values(ROW, List.of());
    private static final int T = 2;
    private static final int V = 3;
    private static final int D = 4;

    private final List<List<@Nullable Object>> rows = new ArrayList<>();

    @Property(tries = 150)
    void littleChanges(@ForAll long seed) {
        Random random = new Random(seed);
        Over over = over(random);
        rows.clear();
        boolean appends = random.nextBoolean();
        boolean retracts = random.nextInt(3) > 0;
        try (OperatorTest test = test(over, 3 + random.nextInt(20))) {
            push(test, random, 100 + random.nextInt(100), 0, false);
            test.goOn();
            for (int trigger = 0; trigger < 8; trigger++) {
                push(test, random, random.nextInt(6), retracts ? random.nextInt(4) : 0, appends);
                test.goOn();
                assertThat(test.result()).as("after trigger " + trigger + ": " + over.calls()).isEqualTo(anew(over));
            }
        }
    }

    private static OperatorTest test(Over over, int apart) {
        return OperatorTest.inMemory((tables, allocator, _) -> {
            KeyEncoder partitions = KeyEncoder.of(ROW, over.partition(), OptionalInt.empty(), allocator);
            OrderedRows ordered = new OrderedRows("1-over", ROW, partitions, over.order(), tables, allocator);
            return new OverOperator(over, ordered, new Partials(ordered, apart), Lateness.none(), false, allocator);
        });
    }

    private java.util.Map<List<@Nullable Object>, Long> anew(Over over) {
        try (OperatorTest test = test(over, Partials.APART);
                BatchBuilder builder = new BatchBuilder(ROW, test.allocator())) {
            for (List<@Nullable Object> row : rows) {
                builder.add(row, 1);
            }
            return test.push(0, builder.build()).goOn().result();
        }
    }

    private void push(OperatorTest test, Random random, int come, int go, boolean atTheEnd) {
        try (BatchBuilder builder = new BatchBuilder(ROW, test.allocator())) {
            int near = random.nextInt(Math.max(1, rows.size()));
            for (int i = 0; i < come; i++) {
                List<@Nullable Object> row = row(random, atTheEnd ? rows.size() / 3 : random.nextInt(60));
                for (int times = random.nextInt(8) == 0 ? 2 : 1; times > 0; times--) {
                    rows.add(row);
                    builder.add(row, 1);
                }
            }
            for (int i = 0; i < go && !rows.isEmpty(); i++) {
                builder.add(rows.remove(Math.min(near, rows.size() - 1)), -1);
            }
            test.push(0, builder.build());
        }
    }

    private static List<@Nullable Object> row(Random random, int order) {
        return Arrays.asList(random.nextInt(4) == 0 ? "k" : "l", random.nextInt(20) == 0 ? null : order,
                random.nextInt(20) == 0 ? null : order * 9,
                random.nextInt(4) == 0 ? null : (long) random.nextInt(9),
                random.nextInt(9) == 0 ? -0.0 : random.nextInt(100) / 7.0);
    }

    private static Over over(Random random) {
        List<SortKey> order = new ArrayList<>();
        order.add(new SortKey(random.nextBoolean() ? 1 : T, random.nextBoolean(), random.nextBoolean()));
        if (random.nextInt(3) == 0) {
            order.add(new SortKey(V, random.nextBoolean(), random.nextBoolean()));
        }
        List<OverCall> calls = new ArrayList<>();
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            calls.add(call(random, order));
        }
        List<Field> fields = calls.stream().map(call -> Field.of(call.function(), call.type())).toList();
        List<Integer> partition = random.nextBoolean() ? List.of(0) : List.of();
        return new Over(INPUT, partition, order, calls, PlanNode.appended(ROW, fields));
    }

    private static OverCall call(Random random, List<SortKey> order) {
        Frame frame = frame(random, order);
        boolean nulls = random.nextInt(3) == 0;
        return switch (random.nextInt(22)) {
            case 0 -> new OverCall("row_number", List.of(), 0, frame, false, Simple.INT, false);
            case 1 -> new OverCall("rank", List.of(), 0, frame, false, Simple.INT, false);
            case 2 -> new OverCall("dense_rank", List.of(), 0, frame, false, Simple.INT, false);
            case 3 -> new OverCall("ntile", List.of(), 3, frame, false, Simple.INT, false);
            case 4 -> new OverCall("cume_dist", List.of(), 0, frame, false, Simple.DOUBLE, false);
            case 5, 6 -> new OverCall(random.nextBoolean() ? "lag" : "lead",
                    random.nextBoolean() ? List.of(V) : List.of(V, V),
                    random.nextInt(3), frame, nulls, Simple.BIGINT, true);
            case 7, 8 -> new OverCall(random.nextBoolean() ? "first_value" : "last_value", List.of(V), 0, frame, nulls,
                    Simple.BIGINT, true);
            case 9 -> new OverCall("nth_value", List.of(V), 1 + random.nextInt(12), frame, nulls, Simple.BIGINT, true);
            case 10, 11 -> extreme(random, frame);
            case 12 -> of("count", List.of(V), frame, Simple.BIGINT);
            case 13 -> of("count", List.of(), frame, Simple.BIGINT);
            case 14 -> of("sum", List.of(V), frame, Simple.BIGINT);
            case 15 -> of("avg", List.of(D), frame, Simple.DOUBLE);
            case 16 -> of("stddev_samp", List.of(D), frame, Simple.DOUBLE);
            case 17 -> of("bit_and", List.of(V), frame, Simple.BIGINT);
            case 18 -> of("max_by", List.of(V, D), frame, Simple.BIGINT);
            case 19 -> of("corr", List.of(D, D), frame, Simple.DOUBLE);
            case 20 -> of("product", List.of(V), frame, Simple.DOUBLE);
            default -> of("collect_list", List.of(V), frame, new ArrayOf(Simple.BIGINT, false));
        };
    }

    private static OverCall extreme(Random random, Frame frame) {
        String function = random.nextBoolean() ? "min" : "max";
        return random.nextBoolean()
                ? of(function, List.of(V), frame, Simple.BIGINT)
                : of(function, List.of(D), frame, Simple.DOUBLE);
    }

    private static OverCall of(String function, List<Integer> arguments, Frame frame, DataType type) {
        return new OverCall(function, arguments, 0, frame, false, type, true);
    }

    private static Frame frame(Random random, List<SortKey> order) {
        Unit unit = List.of(Unit.values()).get(random.nextInt(order.size() == 1 ? 3 : 1));
        Side[] sides = Side.values();
        int start = random.nextInt(4);
        int end = Math.max(start, 1 + random.nextInt(random.nextInt(4) == 0 ? 4 : 3));
        boolean dates = unit == Unit.RANGE && order.getFirst().column() == T;
        return new Frame(unit, bound(sides[start], random, dates), bound(sides[end], random, dates));
    }

    private static Bound bound(Side side, Random random, boolean dates) {
        if (side != Side.PRECEDING && side != Side.FOLLOWING) {
            return new Bound(side, new Literal(null, Simple.VOID));
        }
        long offset = random.nextInt(4);
        return new Bound(side, dates && random.nextBoolean()
                ? new Literal((int) offset, Simple.INTERVAL_YEAR_MONTH)
                : new Literal(dates ? offset * 10 : offset, Simple.BIGINT));
    }
}
