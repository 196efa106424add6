package dev.thalweg.execution.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.OperatorTest;
import dev.thalweg.execution.operator.StateHome;
import dev.thalweg.execution.operator.StateTables;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyGroups;
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
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/// An aggregate that goes on with another number of tasks after every trigger: the values of a group, which DISTINCT, min
/// and max keep in tables of their own, must move with the group.
final class RescaleProperties {
    private static final RowType ROW = RowType.of(Field.of("k", Simple.BIGINT), Field.of("v", Simple.STRING));
    private static final List<AggregateCall> CALLS = List.of(call("count", false, Simple.BIGINT),
            call("count", true, Simple.BIGINT), call("min", false, Simple.STRING), call("max", false, Simple.STRING));
    private static final AggregateDeclaration DECLARATION = new AggregateDeclaration("1-aggregate", ROW, List.of(0),
            CALLS, RowType.of(ROW.field(0), Field.of("n", Simple.BIGINT), Field.of("d", Simple.BIGINT),
                    Field.of("lo", Simple.STRING), Field.of("hi", Simple.STRING)),
            Changes.RETRACT, OptionalInt.empty(), false, true);

    private static AggregateCall call(String function, boolean distinct, Simple type) {
        return new AggregateCall(function, List.of(1), distinct, Optional.empty(), false, type, true);
    }

    @Property(tries = 10)
    void keepsItsAnswer(@ForAll long seed) {
        Random random = new Random(seed);
        Map<List<@Nullable Object>, Long> result = new LinkedHashMap<>();
        List<List<@Nullable Object>> live = new ArrayList<>();
        try (StateHome.InCheckpoint home = new StateHome.InCheckpoint();
                RootAllocator allocator = new RootAllocator()) {
            for (int trigger = 0; trigger < 5; trigger++) {
                try (Tasks tasks = Tasks.over(home.tables(1 + random.nextInt(5)), allocator)) {
                    tasks.push(batch(random, live, allocator));
                    tasks.advance(result);
                    home.commit();
                }
                result.values().removeIf(weight -> weight == 0);
                Map<List<@Nullable Object>, Long> expected = new LinkedHashMap<>();
                new NaiveAggregate(List.of(0), CALLS).rows(live).forEach(row -> expected.put(row, 1L));
                assertThat(result).isEqualTo(expected);
            }
        }
    }

    private static Batch batch(Random random, List<List<@Nullable Object>> live, RootAllocator allocator) {
        try (BatchBuilder builder = new BatchBuilder(ROW, allocator)) {
            for (int i = 0; i < 80; i++) {
                if (!live.isEmpty() && random.nextInt(5) < 2) {
                    builder.add(live.remove(random.nextInt(live.size())), -1);
                } else {
                    live.add(Arrays.asList((long) random.nextInt(12), "v" + random.nextInt(6)));
                    builder.add(live.getLast(), 1);
                }
            }
            return builder.build();
        }
    }

    /// As many copies of the operator as there are tasks, with rows routed to the task that owns their key group.
    private record Tasks(List<AggregateOperator> operators, RootAllocator allocator) implements AutoCloseable {
        static Tasks over(List<StateTables> tables, RootAllocator allocator) {
            return new Tasks(tables.stream().map(each -> new AggregateOperator(DECLARATION,
                    DECLARATION.encoder(allocator), false, each, Lateness.none(), allocator)).toList(), allocator);
        }

        void push(Batch batch) {
            try (batch; KeyEncoder router = DECLARATION.encoder(allocator)) {
                EncodedKeys keys = router.encode(batch);
                for (int task = 0; task < operators.size(); task++) {
                    int[] rows = new int[batch.rowCount()];
                    int count = 0;
                    for (int i = 0; i < rows.length; i++) {
                        if (KeyGroups.taskOf(KeyGroups.group(keys.hash(i)), operators.size()) == task) {
                            rows[count++] = i;
                        }
                    }
                    operators.get(task).push(0, batch.retain().select(rows, count), into(new LinkedHashMap<>()));
                }
            }
        }

        void advance(Map<List<@Nullable Object>, Long> result) {
            operators.forEach(operator -> operator.advance(Watermark.NONE, into(result)));
        }

        private static Downstream into(Map<List<@Nullable Object>, Long> result) {
            return new Downstream() {
                @Override
                public void emit(Batch batch) {
                    try (batch) {
                        for (int i = 0; i < batch.rowCount(); i++) {
                            result.merge(OperatorTest.row(batch, i), batch.weight(i), Long::sum);
                        }
                    }
                }

                @Override
                public void late(Batch rows) {
                    rows.close();
                }
            };
        }

        @Override
        public void close() {
            operators.forEach(AggregateOperator::close);
        }
    }
}
