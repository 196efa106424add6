package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.OperatorTest;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.planner.incremental.PlanNode.Direction;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/// Aggregates of bits, pairs, higher moments and values in order, over random rows, retractions, cuts and restarts, against
/// [NaiveStatistics].
final class StatisticsProperties {
    private static final RowType ROW = AggregateProperties.ROW;
    private static final int FILTER = 7;

    private static List<AggregateCall> calls() {
        List<AggregateCall> calls = new ArrayList<>();
        for (String function : List.of("bit_and", "bit_or", "bit_xor")) {
            calls.add(call(function, Simple.BIGINT, 2));
            calls.add(call(function, Simple.SMALLINT, 8));
        }
        for (String function : List.of("skewness", "kurtosis", "product")) {
            calls.add(call(function, Simple.DOUBLE, 2));
        }
        calls.add(call("skewness", Simple.DOUBLE, 3));
        calls.add(call("kurtosis", Simple.DOUBLE, 3));
        calls.add(call("try_sum", Simple.BIGINT, 2));
        for (String function : List.of("corr", "covar_pop", "covar_samp", "regr_avgx", "regr_avgy", "regr_intercept",
                "regr_r2", "regr_slope", "regr_sxx", "regr_sxy", "regr_syy")) {
            calls.add(call(function, Simple.DOUBLE, 3, 2));
        }
        calls.add(call("regr_count", Simple.BIGINT, 3, 2));
        for (String function : List.of("max_by", "min_by")) {
            calls.add(call(function, Simple.BIGINT, 2, 3));
            calls.add(call(function, Simple.DOUBLE, 3, 2));
            calls.add(call(function, Simple.STRING, 4, 2));
            calls.add(call(function, Simple.SMALLINT, 8, 4));
            calls.add(call(function, ROW.type(6), 6, 8));
            calls.add(call(function, Simple.BOOLEAN, 5, 5));
        }
        addOrdered(calls);
        List<AggregateCall> more = new ArrayList<>(calls);
        for (AggregateCall call : calls) {
            more.add(with(call, false, Optional.of(FILTER)));
            boolean orderedByOther = call.order().size() > 1
                    || (!call.order().isEmpty() && !call.values().equals(call.arguments().subList(1, 2)));
            if (!orderedByOther) {
                more.add(with(call, true, Optional.empty()));
                more.add(with(call, true, Optional.of(FILTER)));
            }
        }
        addByArrival(more);
        return more;
    }

    private static void addOrdered(List<AggregateCall> calls) {
        DataType doubles = new ArrayOf(Simple.DOUBLE, false);
        for (int column : new int[] {2, 3, 8}) {
            calls.add(call("percentile", Simple.DOUBLE, List.of(0.5), column));
            calls.add(call("percentile", doubles, List.of(List.of(0.0, 0.25, 1.0)), column));
            calls.add(call("percentile_cont", Simple.DOUBLE, List.of(0.3, true), column));
            calls.add(call("percentile_disc", Simple.DOUBLE, List.of(0.3, false), column));
            calls.add(call("percentile_disc", Simple.DOUBLE, List.of(0.9, true), column));
            calls.add(call("percentile_approx", ROW.type(column), List.of(0.6), column));
            calls.add(call("histogram_numeric", histogram(ROW.type(column)), List.of(10_000), column));
        }
        calls.add(call("percentile_approx", new Decimal(20, 3), List.of(0.6), 6));
        for (int column : new int[] {2, 3, 4, 5, 6, 8}) {
            calls.add(call("mode", ROW.type(column), List.of(), column));
            calls.add(call("approx_top_k", topK(ROW.type(column)), List.of(), column));
            calls.add(call("approx_count_distinct", Simple.BIGINT, List.of(0.01), column)); // exact for so few
        }
        List<Direction> up = List.of(new Direction(false, true));
        List<Direction> both = List.of(new Direction(true, false), new Direction(false, true));
        calls.add(listed("listagg", Simple.STRING, List.of(), 4));
        calls.add(listed("listagg", Simple.STRING, up, 4, 4));
        calls.add(listed("listagg", Simple.STRING, both, 4, 2, 3));
        calls.add(listed("collect_list", new ArrayOf(Simple.STRING, false), both, 4, 8, 2));
    }

    private static DataType histogram(DataType type) {
        return new ArrayOf(new Struct(RowType.of(new Field("x", type, true), new Field("y", Simple.DOUBLE, true))),
                true);
    }

    private static DataType topK(DataType type) {
        return new ArrayOf(
                new Struct(RowType.of(new Field("item", type, true), new Field("count", Simple.BIGINT, false))),
                false);
    }

    private static void addByArrival(List<AggregateCall> calls) {
        for (int column : new int[] {2, 4}) {
            for (String function : List.of("first", "last")) {
                for (boolean ignoreNulls : new boolean[] {true, false}) {
                    calls.add(new AggregateCall(function, List.of(column), false, Optional.empty(), ignoreNulls,
                            ROW.type(column), true));
                    calls.add(new AggregateCall(function, List.of(column), false, Optional.of(FILTER), ignoreNulls,
                            ROW.type(column), true));
                }
            }
        }
    }

    private static AggregateCall call(String function, DataType type, Integer... arguments) {
        return call(function, type, List.of(), arguments);
    }

    private static AggregateCall call(String function, DataType type, List<Object> constants, Integer... arguments) {
        return new AggregateCall(function, List.of(arguments), false, Optional.empty(), false, type, true,
                constants.stream().map(value -> new Literal(value, Simple.DOUBLE)).toList(), List.of());
    }

    private static AggregateCall listed(String function, DataType type, List<Direction> order, Integer... arguments) {
        return new AggregateCall(function, List.of(arguments), false, Optional.empty(), false, type, true,
                List.of(new Literal("|", Simple.STRING)), order);
    }

    private static AggregateCall with(AggregateCall call, boolean distinct, Optional<Integer> filter) {
        return new AggregateCall(call.function(), call.arguments(), distinct, filter, false, call.type(), true,
                call.constants(), call.order());
    }

    @Property(tries = 100)
    void insertsOnly(@ForAll long seed) {
        run(new Random(seed), false, calls(), false);
    }

    @Property(tries = 200)
    void insertsAndDeletes(@ForAll long seed) {
        run(new Random(seed), true, calls(), false);
    }

    @Property(tries = 60)
    void foldedFirst(@ForAll long seed) {
        Random random = new Random(seed);
        boolean retracts = random.nextBoolean();
        List<AggregateCall> foldable = calls().stream()
                .filter(call -> AggregateProperties.declaration(List.of(), List.of(call), retracts).isFoldable())
                .toList();
        run(random, retracts, foldable, true);
    }

    private static void run(Random random, boolean retracts, List<AggregateCall> choice, boolean folded) {
        List<Integer> keys = List.of(List.of(0), List.of(0, 1), List.of(1), List.<Integer>of()).get(random.nextInt(4));
        List<AggregateCall> all = new ArrayList<>(choice);
        Collections.shuffle(all, random);
        List<AggregateCall> calls = List.copyOf(all.subList(0, 1 + random.nextInt(12)));
        AggregateDeclaration declaration = AggregateProperties.declaration(keys, calls, retracts);
        try (OperatorTest test = OperatorTest.inMemory((tables, allocator, _) -> {
            Operator aggregate = new AggregateOperator(declaration, declaration.encoder(allocator), folded, tables,
                    Lateness.none(), allocator);
            return folded
                    ? new Chained(new PreAggregateOperator(declaration, Lateness.none(), allocator), aggregate)
                    : aggregate;
        })) {
            List<List<@Nullable Object>> live = new ArrayList<>();
            List<Arrivals> arrivals = calls.stream().map(call -> new Arrivals(keys, call, new ArrayList<>())).toList();
            int triggers = 1 + random.nextInt(6);
            for (int trigger = 0; trigger < triggers; trigger++) {
                int known = live.size();
                List<List<@Nullable Object>> gone = new ArrayList<>();
                int batches = random.nextInt(4);
                for (int batch = 0; batch < batches; batch++) {
                    pushBatch(random, retracts, test, live, gone);
                }
                arrivals.forEach(each -> each.change(live.subList(known, live.size()), gone));
                gone.forEach(live::remove);
                test.trigger();
                AggregateProperties.compare(test.result(), expected(keys, live, arrivals), keys.size(), calls);
            }
        }
    }

    /// The rows of a call in their order: where one is taken back, the latest goes that equals it in what the call sees.
    private record Arrivals(List<Integer> keys, AggregateCall call, List<List<@Nullable Object>> rows) {
        void change(List<List<@Nullable Object>> come, List<List<@Nullable Object>> gone) {
            rows.addAll(come);
            for (List<@Nullable Object> row : gone) {
                int latest = rows.size() - 1;
                while (!seen(rows.get(latest)).equals(seen(row))) {
                    latest--;
                }
                rows.remove(latest);
            }
        }

        private List<@Nullable Object> seen(List<@Nullable Object> row) {
            List<@Nullable Object> seen = new ArrayList<>();
            keys.forEach(key -> seen.add(row.get(key)));
            call.arguments().forEach(argument -> seen.add(row.get(argument)));
            call.filter().ifPresent(filter -> seen.add(Boolean.TRUE.equals(row.get(filter))));
            return seen;
        }
    }

    private static List<List<@Nullable Object>> expected(List<Integer> keys, List<List<@Nullable Object>> live,
            List<Arrivals> arrivals) {
        Map<List<@Nullable Object>, List<@Nullable Object>> groups = new LinkedHashMap<>();
        new NaiveAggregate(keys, List.of()).rows(live).forEach(key -> groups.put(key, new ArrayList<>(key)));
        for (Arrivals each : arrivals) {
            for (List<@Nullable Object> row : new NaiveAggregate(keys, List.of(each.call())).rows(each.rows())) {
                Objects.requireNonNull(groups.get(row.subList(0, keys.size()))).add(row.getLast());
            }
        }
        return List.copyOf(groups.values());
    }

    private static void pushBatch(Random random, boolean retracts, OperatorTest test,
            List<List<@Nullable Object>> live, List<List<@Nullable Object>> gone) {
        try (BatchBuilder builder = new BatchBuilder(ROW, test.allocator())) {
            int count = 1 + random.nextInt(20);
            for (int i = 0; i < count; i++) {
                List<@Nullable Object> some = live.isEmpty() ? List.of() : live.get(random.nextInt(live.size()));
                boolean isThere = Collections.frequency(live, some) > Collections.frequency(gone, some);
                if (retracts && isThere && random.nextInt(5) < 2) {
                    gone.add(some);
                    builder.add(some, -1);
                } else {
                    List<@Nullable Object> row = !live.isEmpty() && random.nextInt(6) == 0
                            ? live.get(random.nextInt(live.size()))
                            : AggregateProperties.row(random);
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
}
