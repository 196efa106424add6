package dev.thalweg.execution.operator.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.OperatorTest;
import dev.thalweg.execution.operator.aggregate.AggregateDeclaration;
import dev.thalweg.execution.operator.aggregate.SessionAggregateOperator;
import dev.thalweg.execution.operator.aggregate.SessionAggregateOperator.Encoders;
import dev.thalweg.execution.operator.aggregate.SessionAggregateOperator.Sessions;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.planner.incremental.PlanNode.SessionAssign;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
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

/// Sessions of random rows, retractions, gaps and cuts, restored after every trigger, against all rows sorted anew.
final class SessionProperties {
    private static final RowType ROW = RowType.of(Field.of("k", Simple.STRING), Field.of("ts", Simple.TIMESTAMP),
            Field.of("gap", Simple.INTERVAL_DAY_TIME), Field.of("n", Simple.BIGINT));
    private static final RowType BOUNDED = PlanNode.appended(ROW, List.of(new Field("start", Simple.TIMESTAMP, false),
            new Field("end", Simple.TIMESTAMP, false)));
    private static final long GAP = 5;

    /// What is asked of an operator.
    private record Case(boolean byRow, boolean retracts, boolean freed, boolean onClose, List<Integer> keys) {
        static Case of(Random random) {
            boolean freed = random.nextInt(4) > 0;
            boolean onClose = freed && random.nextBoolean();
            return new Case(random.nextBoolean(), !onClose && random.nextInt(3) > 0, freed, onClose,
                    random.nextInt(4) == 0 ? List.of() : List.of(0));
        }

        SessionAssign node() {
            Expression gap = byRow
                    ? new Expression.Input(2, Simple.INTERVAL_DAY_TIME, true)
                    : new Expression.Literal(GAP, Simple.INTERVAL_DAY_TIME);
            return new SessionAssign(new PlanNode.Values(ROW, List.of()), 1, gap, keys, BOUNDED);
        }

        OptionalInt time() {
            return freed ? OptionalInt.of(1) : OptionalInt.empty();
        }
    }

    @Property(tries = 300)
    void rowsWithTheirSessions(@ForAll long seed) {
        Random random = new Random(seed);
        Case asked = Case.of(random);
        try (OperatorTest test = OperatorTest.inMemory((tables, allocator, resumed) -> new SessionAssignOperator(
                "1-sessionassign", asked.node(), asked.freed, asked.onClose,
                KeyEncoder.of(ROW, asked.keys, asked.time(), allocator), tables,
                asked.freed ? Lateness.by(1, resumed) : Lateness.none(), allocator))) {
            new Run(random, asked, test).triggers(rows -> rows);
        }
    }

    @Property(tries = 300)
    void partialResultsOfSessions(@ForAll long seed) {
        Random random = new Random(seed);
        Case any = Case.of(random);
        Case asked = new Case(false, false, any.freed, any.onClose, any.keys);
        List<AggregateCall> calls = List.of(call("count", Simple.BIGINT), call("sum", Simple.BIGINT, 3),
                call("min", Simple.BIGINT, 3), call("max", Simple.BIGINT, 3));
        List<Integer> groups = new ArrayList<>(asked.keys);
        groups.addAll(random.nextBoolean() ? List.of(4, 5) : List.of(5, 4));
        List<Field> fields = new ArrayList<>(BOUNDED.select(groups).fields());
        calls.forEach(call -> fields.add(Field.of(call.function(), call.type())));
        AggregateDeclaration spec = new AggregateDeclaration("1-sessionaggregate", BOUNDED, groups, calls,
                new RowType(fields), Changes.INSERT_ONLY, asked.freed ? OptionalInt.of(5) : OptionalInt.empty(),
                asked.onClose, false);
        try (OperatorTest test = OperatorTest.inMemory((tables, allocator, resumed) -> new SessionAggregateOperator(
                spec, new Sessions(1, GAP, asked.keys),
                new Encoders(KeyEncoder.of(ROW, asked.keys, allocator),
                        KeyEncoder.of(ROW.select(asked.keys), asked.keys, allocator),
                        spec.encoder(allocator).ownedBy(KeyEncoder.of(BOUNDED, asked.keys, allocator))),
                tables, asked.freed ? Lateness.by(1, resumed) : Lateness.none(), allocator))) {
            new Run(random, asked, test).triggers(rows -> aggregated(rows, groups));
        }
    }

    private static AggregateCall call(String function, DataType type, Integer... arguments) {
        return new AggregateCall(function, List.of(arguments), false, Optional.empty(), false, type, true);
    }

    /// What an aggregate makes of rows with the bounds of their sessions.
    private static Map<List<@Nullable Object>, Long> aggregated(Map<List<@Nullable Object>, Long> rows,
            List<Integer> groups) {
        Map<List<@Nullable Object>, List<@Nullable Object>> results = new LinkedHashMap<>();
        rows.forEach((row, times) -> {
            List<@Nullable Object> key = new ArrayList<>();
            groups.forEach(column -> key.add(row.get(column)));
            List<@Nullable Object> result = results.computeIfAbsent(key, _ -> {
                List<@Nullable Object> none = new ArrayList<>(key);
                none.add(0L);
                none.add(null);
                none.add(null);
                none.add(null);
                return none;
            });
            int first = groups.size();
            result.set(first, (long) Objects.requireNonNull(result.get(first)) + times);
            Long n = (Long) row.get(3);
            if (n != null) {
                Long sum = (Long) result.get(first + 1);
                Long min = (Long) result.get(first + 2);
                Long max = (Long) result.get(first + 3);
                result.set(first + 1, (sum == null ? 0 : sum) + n * times);
                result.set(first + 2, min == null ? n : Math.min(min, n));
                result.set(first + 3, max == null ? n : Math.max(max, n));
            }
        });
        Map<List<@Nullable Object>, Long> once = new HashMap<>();
        results.values().forEach(result -> once.put(result, 1L));
        return once;
    }

    private interface Reading {
        Map<List<@Nullable Object>, Long> of(Map<List<@Nullable Object>, Long> rows);
    }

    private static final class Run {
        private final Random random;
        private final Case asked;
        private final OperatorTest test;
        private final List<List<@Nullable Object>> live = new ArrayList<>();
        private final List<String> late = new ArrayList<>();
        private long watermark = Long.MIN_VALUE;
        private long now = 100;

        Run(Random random, Case asked, OperatorTest test) {
            this.random = random;
            this.asked = asked;
            this.test = test;
        }

        void triggers(Reading reading) {
            int triggers = 1 + random.nextInt(8);
            for (int trigger = 0; trigger < triggers; trigger++) {
                late.clear();
                int batches = random.nextInt(4);
                for (int batch = 0; batch < batches; batch++) {
                    push();
                }
                if (asked.freed && random.nextInt(3) > 0) {
                    watermark = Math.max(watermark, now - random.nextInt(25));
                }
                test.trigger(watermark).refuses(late.toArray(String[]::new));
                Map<List<@Nullable Object>, Long> rows = sessions();
                if (asked.onClose) {
                    rows.keySet().removeIf(row -> (long) Objects.requireNonNull(row.get(5)) > watermark);
                }
                assertThat(test.result()).isEqualTo(reading.of(rows));
            }
            if (asked.freed) {
                test.trigger(Long.MAX_VALUE).holds(0);
            }
        }

        private void push() {
            try (BatchBuilder builder = new BatchBuilder(ROW, test.allocator())) {
                int count = 1 + random.nextInt(12);
                for (int i = 0; i < count; i++) {
                    List<@Nullable Object> row = row();
                    boolean delete = asked.retracts && !live.isEmpty() && random.nextInt(3) == 0;
                    if (delete) {
                        row = live.get(random.nextInt(live.size()));
                    }
                    if (isLate(row)) {
                        late.add(row.toString());
                    } else if (delete) {
                        live.remove(row);
                    } else {
                        live.add(row);
                    }
                    if (asked.retracts) {
                        builder.add(row, delete ? -1 : 1);
                    } else {
                        builder.add(row);
                    }
                }
                test.push(0, builder.build());
            }
        }

        private boolean isLate(List<@Nullable Object> row) {
            return asked.freed && row.get(1) instanceof Long time && time <= watermark;
        }

        private List<@Nullable Object> row() {
            now += random.nextInt(4);
            List<@Nullable Object> row = new ArrayList<>();
            row.add(random.nextInt(6) == 0 ? null : "k" + random.nextInt(3));
            row.add(random.nextInt(12) == 0 ? null : (Object) (now - random.nextInt(30)));
            row.add(random.nextInt(12) == 0 ? null : (Object) (long) (random.nextInt(14) - 2));
            row.add(random.nextInt(6) == 0 ? null : (Object) (long) random.nextInt(5));
            return row;
        }

        /// All rows that are there, each with the bounds of its session.
        private Map<List<@Nullable Object>, Long> sessions() {
            Map<List<@Nullable Object>, List<List<@Nullable Object>>> byKey = new LinkedHashMap<>();
            for (List<@Nullable Object> row : live) {
                if (row.get(1) != null && end(row) > time(row)) {
                    byKey.computeIfAbsent(asked.keys.isEmpty() ? List.of() : row.subList(0, 1), _ -> new ArrayList<>())
                            .add(row);
                }
            }
            Map<List<@Nullable Object>, Long> found = new HashMap<>();
            for (List<List<@Nullable Object>> rows : byKey.values()) {
                rows.sort(Comparator.comparingLong(this::time));
                int first = 0;
                long end = end(rows.getFirst());
                for (int i = 1; i <= rows.size(); i++) {
                    if (i == rows.size() || time(rows.get(i)) > end) {
                        for (List<@Nullable Object> row : rows.subList(first, i)) {
                            List<@Nullable Object> bounded = new ArrayList<>(row);
                            bounded.add(time(rows.get(first)));
                            bounded.add(end);
                            found.merge(bounded, 1L, Long::sum);
                        }
                        first = i;
                    }
                    end = i == rows.size() ? end : Math.max(i == first ? Long.MIN_VALUE : end, end(rows.get(i)));
                }
            }
            return found;
        }

        private long time(List<@Nullable Object> row) {
            return (long) Objects.requireNonNull(row.get(1));
        }

        /// Of a session of this row alone; its time where it is in none.
        private long end(List<@Nullable Object> row) {
            Object gap = asked.byRow ? row.get(2) : (Object) GAP;
            return gap instanceof Long micros && micros > 0 ? time(row) + micros : time(row);
        }
    }
}
