package dev.thalweg.execution.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.OperatorTest;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/// All calls over random rows, random retractions and random cuts into batches and triggers, against [NaiveAggregate].
final class AggregateProperties {
    static final RowType ROW = RowType.of(Field.of("k", Simple.STRING), Field.of("g", Simple.INT),
            Field.of("n", Simple.BIGINT), Field.of("x", Simple.DOUBLE), Field.of("s", Simple.STRING),
            Field.of("b", Simple.BOOLEAN), Field.of("d", new Decimal(20, 3)), Field.of("f", Simple.BOOLEAN),
            Field.of("t", Simple.SMALLINT));
    private static final int FILTER = 7;
    private static final int OTHER_FILTER = 5;

    private static List<AggregateCall> calls(boolean retracts) {
        List<AggregateCall> calls = new ArrayList<>();
        calls.add(call("count", Simple.BIGINT));
        for (int column = 2; column < 9; column++) {
            calls.add(call("count", Simple.BIGINT, column));
            calls.add(call("min", ROW.type(column), column));
            calls.add(call("max", ROW.type(column), column));
        }
        for (int column : new int[] {2, 3, 8}) {
            DataType sum = column == 3 ? Simple.DOUBLE : Simple.BIGINT;
            calls.add(call("sum", sum, column));
            calls.add(call("avg", Simple.DOUBLE, column));
            for (String spread : List.of("stddev_samp", "stddev_pop", "var_samp", "var_pop")) {
                calls.add(call(spread, Simple.DOUBLE, column));
            }
        }
        calls.add(call("sum", new Decimal(30, 3), 6));
        calls.add(call("avg", new Decimal(24, 7), 6));
        calls.add(call("bool_and", Simple.BOOLEAN, 5));
        calls.add(call("bool_or", Simple.BOOLEAN, 5));
        calls.add(call("collect_list", new ArrayOf(Simple.STRING, false), 4));
        calls.add(call("collect_set", new ArrayOf(Simple.BIGINT, false), 2));
        if (!retracts) {
            calls.add(call("first", Simple.STRING, 4));
            calls.add(call("last", Simple.BIGINT, 2));
        }
        List<AggregateCall> more = new ArrayList<>(calls);
        for (AggregateCall call : calls) {
            more.add(new AggregateCall(call.function(), call.arguments(), false, Optional.of(FILTER), true,
                    call.type(), true));
            boolean byArrival = call.function().equals("first") || call.function().equals("last");
            if (!call.arguments().isEmpty() && !byArrival) {
                more.add(new AggregateCall(call.function(), call.arguments(), true, Optional.of(FILTER), false,
                        call.type(), true));
                more.add(new AggregateCall(call.function(), call.arguments(), true, Optional.of(OTHER_FILTER), false,
                        call.type(), true));
                more.add(new AggregateCall(call.function(), call.arguments(), true, Optional.empty(), false,
                        call.type(), true));
            }
        }
        more.add(new AggregateCall("count", List.of(2, 4), true, Optional.empty(), false, Simple.BIGINT, false));
        return more;
    }

    private static AggregateCall call(String function, DataType type, Integer... arguments) {
        return new AggregateCall(function, List.of(arguments), false, Optional.empty(), false, type, true);
    }

    @Property(tries = 60)
    void insertsOnly(@ForAll long seed) {
        run(new Random(seed), false);
    }

    @Property(tries = 120)
    void insertsAndDeletes(@ForAll long seed) {
        run(new Random(seed), true);
    }

    /// Many calls of the values of one column, more than one table takes.
    @Property(tries = 20)
    void distinctCallsThatShareTheirValues(@ForAll long seed) {
        Random random = new Random(seed);
        boolean retracts = random.nextBoolean();
        List<AggregateCall> sharers = calls(retracts).stream()
                .filter(call -> call.distinct() && call.arguments().equals(List.of(2))).toList();
        List<AggregateCall> many = new ArrayList<>();
        while (many.size() < 2 * DistinctMembers.CALLS_MAX) {
            many.addAll(sharers);
        }
        run(random, retracts, many, false, 1 + random.nextInt(many.size()));
    }

    /// The same through two phases: folded before the exchange, merged behind it.
    @Property(tries = 60)
    void foldedFirst(@ForAll long seed) {
        Random random = new Random(seed);
        boolean retracts = random.nextBoolean();
        List<AggregateCall> foldable = calls(retracts).stream()
                .filter(call -> declaration(List.of(), List.of(call), retracts).isFoldable()).toList();
        run(random, retracts, foldable, true, 1 + random.nextInt(12));
    }

    static AggregateDeclaration declaration(List<Integer> keys, List<AggregateCall> calls, boolean retracts) {
        List<Field> fields = new ArrayList<>(ROW.select(keys).fields());
        calls.forEach(call -> fields.add(Field.of(call.function(), call.type())));
        return new AggregateDeclaration("1-aggregate", ROW, keys, calls, new RowType(fields),
                retracts ? Changes.RETRACT : Changes.INSERT_ONLY, OptionalInt.empty(), false, true);
    }

    private static void run(Random random, boolean retracts) {
        run(random, retracts, calls(retracts), false, 1 + random.nextInt(12));
    }

    private static void run(Random random, boolean retracts, List<AggregateCall> choice, boolean folded, int taken) {
        List<Integer> keys = List.of(List.of(0), List.of(0, 1), List.of(1), List.<Integer>of()).get(random.nextInt(4));
        List<AggregateCall> all = new ArrayList<>(choice);
        Collections.shuffle(all, random);
        List<AggregateCall> calls = List.copyOf(all.subList(0, taken));
        AggregateDeclaration declaration = declaration(keys, calls, retracts);
        NaiveAggregate model = new NaiveAggregate(keys, calls);
        try (OperatorTest test = OperatorTest.inMemory((tables, allocator, _) -> {
            Operator aggregate = new AggregateOperator(declaration, declaration.encoder(allocator), folded, tables,
                    Lateness.none(), allocator);
            return folded
                    ? new Chained(new PreAggregateOperator(declaration, Lateness.none(), allocator), aggregate)
                    : aggregate;
        })) {
            List<List<@Nullable Object>> live = new ArrayList<>();
            int triggers = 1 + random.nextInt(6);
            for (int trigger = 0; trigger < triggers; trigger++) {
                int batches = random.nextInt(4);
                for (int batch = 0; batch < batches; batch++) {
                    pushBatch(random, retracts, test, live);
                }
                test.trigger();
                compare(test.result(), model.rows(live), keys.size(), calls);
            }
        }
    }

    private static void pushBatch(Random random, boolean retracts, OperatorTest test,
            List<List<@Nullable Object>> live) {
        try (BatchBuilder builder = new BatchBuilder(ROW, test.allocator())) {
            int count = 1 + random.nextInt(20);
            for (int i = 0; i < count; i++) {
                if (retracts && !live.isEmpty() && random.nextInt(5) < 2) {
                    builder.add(live.remove(random.nextInt(live.size())), -1);
                } else {
                    List<@Nullable Object> row = row(random);
                    int times = retracts && random.nextInt(10) == 0 ? 3 : 1;
                    live.addAll(Collections.nCopies(times, row));
                    if (retracts) {
                        builder.add(row, times);
                    } else {
                        builder.add(row);
                    }
                }
            }
            test.push(0, builder.build());
        }
    }

    static List<@Nullable Object> row(Random random) {
        List<@Nullable Object> row = new ArrayList<>();
        row.add(orNull(random, "k" + random.nextInt(3)));
        row.add(orNull(random, random.nextInt(2)));
        row.add(orNull(random, (long) random.nextInt(9) - 4));
        row.add(orNull(random, (random.nextInt(2000) - 1000) / 8.0 * Math.pow(10, random.nextInt(3))));
        row.add(orNull(random, "s".repeat(random.nextInt(12)) + (char) ('a' + random.nextInt(3))));
        row.add(orNull(random, random.nextBoolean()));
        row.add(orNull(random, BigDecimal.valueOf(random.nextInt(2000) - 1000, 3)));
        row.add(orNull(random, random.nextBoolean()));
        row.add(orNull(random, (short) (random.nextInt(100) - 50)));
        return row;
    }

    private static @Nullable Object orNull(Random random, Object value) {
        return random.nextInt(6) == 0 ? null : value;
    }

    static void compare(Map<List<@Nullable Object>, Long> found, List<List<@Nullable Object>> expected,
            int keys, List<AggregateCall> calls) {
        Map<List<@Nullable Object>, List<@Nullable Object>> byKey = new LinkedHashMap<>();
        found.forEach((row, weight) -> {
            assertThat(weight).as("weight of %s", row).isEqualTo(1);
            assertThat(byKey.put(row.subList(0, keys), row)).as("a second row of the key of %s", row).isNull();
        });
        assertThat(byKey.keySet()).hasSize(expected.size());
        for (List<@Nullable Object> row : expected) {
            List<@Nullable Object> other = byKey.get(row.subList(0, keys));
            assertThat(other).as("the group of %s", row).isNotNull();
            for (int i = 0; i < calls.size(); i++) {
                Object want = row.get(keys + i);
                Object got = Objects.requireNonNull(other).get(keys + i);
                assertThat(same(want, got)).as("%s: %s, expected %s", calls.get(i), got, want).isTrue();
            }
        }
    }

    private static boolean same(@Nullable Object want, @Nullable Object got) {
        if (want instanceof Double a && got instanceof Double b) {
            return a.equals(b) || Math.abs(a - b) <= 1e-9 * Math.max(1e-3, Math.max(Math.abs(a), Math.abs(b)));
        }
        if (want instanceof List<?> a && got instanceof List<?> b) {
            return sorted(a).equals(sorted(b)); // the order of arrival is not kept where rows are taken back
        }
        return Objects.equals(want, got);
    }

    private static List<String> sorted(List<?> values) {
        return values.stream().map(String::valueOf).sorted().toList();
    }
}
