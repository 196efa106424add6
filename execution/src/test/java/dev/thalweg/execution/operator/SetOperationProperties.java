package dev.thalweg.execution.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.planner.incremental.PlanNode.SetOperation.Kind;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.jspecify.annotations.Nullable;

/// INTERSECT and EXCEPT over random rows, taken back and late ones among them, in random triggers with a restart after each,
/// against the counts of all rows so far.
final class SetOperationProperties {
    private static final RowType ROW = RowType.of(Field.of("s", Simple.STRING), Field.of("x", Simple.DOUBLE),
            Field.of("ts", Simple.TIMESTAMP));

    /// What is tried.
    ///
    /// @param onClose rows are handed over when the watermark passes them; none is ever taken back
    private record Case(Kind kind, boolean all, boolean freed, boolean retracts, boolean onClose) {
        static Case of(Random random) {
            Kind kind = random.nextBoolean() ? Kind.INTERSECT : Kind.EXCEPT;
            boolean freed = random.nextBoolean();
            boolean retracts = random.nextBoolean();
            return new Case(kind, random.nextBoolean(), freed, retracts,
                    freed && !retracts && kind == Kind.EXCEPT && random.nextBoolean());
        }

        Operator operator(StateTables tables, org.apache.arrow.memory.BufferAllocator allocator, Watermark resumed) {
            OptionalInt time = freed ? OptionalInt.of(2) : OptionalInt.empty();
            return new SetOperationOperator(
                    new SetOperationOperator.Declaration("1-setoperation", kind, all, ROW, onClose),
                    KeyEncoder.of(ROW, List.of(0, 1, 2), time, allocator), tables,
                    freed ? Lateness.by(2, resumed) : Lateness.none(), allocator);
        }

        long kept(long left, long right) {
            return switch (kind) {
                case INTERSECT -> all ? Math.min(left, right) : left > 0 && right > 0 ? 1 : 0;
                case EXCEPT -> all ? Math.max(0, left - right) : left > 0 && right == 0 ? 1 : 0;
            };
        }
    }

    @Property(tries = 400)
    void equalTheCounts(@ForAll long seed) {
        Random random = new Random(seed);
        run(random, Case.of(random), true);
    }

    @Property(tries = 40)
    void equalTheCountsOutOfACheckpoint(@ForAll long seed) {
        Random random = new Random(seed);
        run(random, Case.of(random), false);
    }

    private static void run(Random random, Case chosen, boolean inMemory) {
        Map<List<@Nullable Object>, long[]> counts = new LinkedHashMap<>();
        long watermark = Long.MIN_VALUE;
        try (OperatorTest test = inMemory
                ? OperatorTest.inMemory(chosen::operator)
                : OperatorTest.of(chosen::operator)) {
            for (int trigger = 1 + random.nextInt(6); trigger > 0; trigger--) {
                List<String> late = new ArrayList<>();
                for (int batch = random.nextInt(4); batch > 0; batch--) {
                    int input = random.nextInt(2);
                    push(random, chosen, test, input, watermark, counts, late);
                }
                watermark = chosen.freed() && random.nextInt(3) > 0
                        ? Math.max(watermark, random.nextInt(20))
                        : watermark;
                test.trigger(watermark).refuses(late.toArray(String[]::new));
                assertThat(test.result()).isEqualTo(expected(chosen, counts, watermark));
            }
        }
    }

    private static void push(Random random, Case chosen, OperatorTest test, int input, long watermark,
            Map<List<@Nullable Object>, long[]> counts, List<String> late) {
        try (BatchBuilder builder = new BatchBuilder(ROW, test.allocator())) {
            for (int i = 1 + random.nextInt(12); i > 0; i--) {
                List<@Nullable Object> row = row(random);
                long[] count = counts.computeIfAbsent(key(row), _ -> new long[2]);
                long weight = chosen.retracts() ? Math.max(random.nextInt(5) - 2, -count[input]) : 1;
                boolean isLate = chosen.freed() && row.get(2) instanceof Long time && time <= watermark;
                builder.add(row, weight);
                if (isLate) {
                    late.add(row.toString());
                } else {
                    count[input] += weight;
                }
            }
            test.push(input, builder.build());
        }
    }

    private static List<@Nullable Object> row(Random random) {
        @Nullable
        Object text = random.nextInt(4) == 0 ? null : random.nextBoolean() ? "a" : "";
        @Nullable
        Object number = random.nextInt(4) == 0 ? null : new double[] {0.0, -0.0, Double.NaN, 1.5}[random.nextInt(4)];
        @Nullable
        Object time = random.nextInt(6) == 0 ? null : (long) random.nextInt(24);
        return Arrays.asList(text, number, time);
    }

    /// -0.0 is 0.0.
    private static List<@Nullable Object> key(List<@Nullable Object> row) {
        Object number = row.get(1) instanceof Double value ? value + 0.0 : null;
        return Arrays.asList(row.get(0), number, row.get(2));
    }

    private static Map<List<@Nullable Object>, Long> expected(Case chosen, Map<List<@Nullable Object>, long[]> counts,
            long watermark) {
        Map<List<@Nullable Object>, Long> rows = new LinkedHashMap<>();
        counts.forEach((row, count) -> {
            long kept = chosen.kept(count[0], count[1]);
            boolean isShown = !chosen.onClose() || (row.get(2) instanceof Long time && time <= watermark);
            if (kept != 0 && isShown) {
                rows.put(row, kept);
            }
        });
        return rows;
    }
}
