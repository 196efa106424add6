package dev.thalweg.execution.operator.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.OperatorTest;
import dev.thalweg.execution.operator.Panes;
import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.spi.data.BatchBuilder;
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
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/// Rows folded by pane give what they would give one by one in each of their windows: whatever the windows, with NULLs and
/// extreme numbers for keys, rows taken back, times in and out of order, and windows that have closed.
final class PaneProperties {
    private static final RowType ROW = RowType.of(Field.of("start", Simple.TIMESTAMP), Field.of("k", Simple.BIGINT),
            Field.of("v", Simple.BIGINT), Field.of("end", Simple.TIMESTAMP), Field.of("s", Simple.STRING));
    private static final int START = 0;
    private static final int VALUE = 2;
    private static final int END = 3;
    private static final List<List<Integer>> KEYS = List.of(List.of(START, END), List.of(1, START, END),
            List.of(END, 1), List.of(START), List.of(4, END, 1, START), List.of(START, 4));
    private static final List<AggregateCall> CALLS = List.of(call("count", Simple.BIGINT),
            call("sum", Simple.BIGINT, VALUE), call("count", Simple.BIGINT, VALUE));

    private static AggregateCall call(String function, Simple type, Integer... arguments) {
        return new AggregateCall(function, List.of(arguments), false, Optional.empty(), false, type, true);
    }

    @Property(tries = 300)
    void panesMakeTheWindowsOfTheirRows(@ForAll long seed) {
        new Case(seed, 2).run();
    }

    /// More windows for one pane than leave together, and more panes than are held together.
    @Property(tries = 4)
    void panesMakeWindowsByTheThousand(@ForAll long seed) {
        new Case(seed, 17_000).run();
    }

    /// Random windows and rows, and what they should come to.
    private static final class Case {
        private final Random random;
        private final Panes panes;
        private final List<Integer> keys;
        private final boolean retracts;
        /// For each group the number of its rows, the sum of their values, and how many have one.
        private final Map<List<@Nullable Object>, long[]> expected = new LinkedHashMap<>();
        private final List<List<@Nullable Object>> live = new ArrayList<>();
        private long watermark = Long.MIN_VALUE;
        private long now;

        Case(long seed, int sizeMin) {
            random = new Random(seed);
            int size = sizeMin + random.nextInt(20);
            panes = new Panes(size, 1 + random.nextInt(Math.min(20, size - 1)), random.nextInt(50) - 25, Set.of(START),
                    Set.of(END));
            keys = KEYS.get(random.nextInt(KEYS.size()));
            retracts = random.nextBoolean();
            now = random.nextInt(200) - 100L;
        }

        private void run() {
            List<Field> fields = new ArrayList<>(ROW.select(keys).fields());
            CALLS.forEach(call -> fields.add(Field.of(call.function(), call.type())));
            AggregateDeclaration declaration = new AggregateDeclaration("1-aggregate", ROW, keys, CALLS,
                    new RowType(fields), retracts ? Changes.RETRACT : Changes.INSERT_ONLY, freedBy(), false, true);
            try (OperatorTest test = OperatorTest.inMemory((tables, allocator, resumed) -> new Chained(
                    new PreAggregateOperator(declaration, Optional.of(panes), Lateness.none(), resumed, allocator),
                    new AggregateOperator(declaration, declaration.encoder(allocator), true, tables, Lateness.none(),
                            allocator)))) {
                for (int triggers = random.nextInt(5); triggers >= 0; triggers--) {
                    for (int batches = random.nextInt(3); batches >= 0; batches--) {
                        push(test);
                    }
                    watermark = Math.max(watermark, now - 30);
                    test.trigger(watermark);
                }
                assertThat(test.result()).isEqualTo(expectedRows());
            }
        }

        private OptionalInt freedBy() {
            return keys.contains(END) ? OptionalInt.of(END) : OptionalInt.empty();
        }

        private void push(OperatorTest test) {
            try (BatchBuilder builder = new BatchBuilder(ROW, test.allocator())) {
                for (int rows = random.nextInt(40); rows >= 0; rows--) {
                    if (retracts && !live.isEmpty() && random.nextInt(3) == 0) {
                        List<@Nullable Object> row = live.remove(random.nextInt(live.size()));
                        builder.add(row, -1);
                        count(row, -1);
                    } else {
                        List<@Nullable Object> row = row();
                        live.add(row);
                        builder.add(row);
                        count(row, 1);
                    }
                }
                test.push(0, builder.build());
            }
        }

        private List<@Nullable Object> row() {
            now += random.nextInt(3);
            long time = random.nextInt(4) == 0 ? now - random.nextInt(60) : now;
            long pane = time - Math.floorMod(time - panes.offset(), panes.width());
            Long key = List.of(1L, 2L, Long.MIN_VALUE, Long.MAX_VALUE).get(random.nextInt(4));
            return Arrays.asList(pane, orNull(key), orNull((long) random.nextInt(9)), pane, orNull("s" + key % 3));
        }

        private @Nullable Object orNull(Object value) {
            return random.nextInt(6) == 0 ? null : value;
        }

        /// Puts the row into each window that holds it and is open, as the definition of windows has it.
        private void count(List<@Nullable Object> row, int weight) {
            long pane = (Long) row.get(START);
            for (long start = pane - panes.size(); start <= pane; start++) {
                boolean isWindow = Math.floorMod(start - panes.offset(), panes.slide()) == 0
                        && pane < start + panes.size();
                boolean isOpen = freedBy().isEmpty() || start + panes.size() > watermark;
                if (isWindow && isOpen) {
                    List<@Nullable Object> windowed = new ArrayList<>(row);
                    windowed.set(START, start);
                    windowed.set(END, start + panes.size());
                    long[] sums = expected.computeIfAbsent(keys.stream().map(windowed::get).toList(), _ -> new long[3]);
                    sums[0] += weight;
                    sums[1] += row.get(VALUE) instanceof Long value ? weight * value : 0;
                    sums[2] += row.get(VALUE) == null ? 0 : weight;
                }
            }
        }

        private Map<List<@Nullable Object>, Long> expectedRows() {
            Map<List<@Nullable Object>, Long> rows = new LinkedHashMap<>();
            expected.forEach((key, sums) -> {
                List<@Nullable Object> row = new ArrayList<>(key);
                row.addAll(Arrays.asList(sums[0], sums[2] == 0 ? null : sums[1], sums[2]));
                if (sums[0] > 0) {
                    rows.put(row, 1L);
                }
            });
            return rows;
        }
    }
}
