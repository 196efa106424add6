package dev.thalweg.execution.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.planner.incremental.PlanNode.Limit;
import dev.thalweg.planner.incremental.PlanNode.Sort;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.planner.incremental.PlanNode.Values;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("ORDER BY and LIMIT over a finished result")
final class SortSpec {
    private static final RowType ROW = RowType.of(Field.of("s", Simple.STRING), Field.of("x", Simple.DOUBLE),
            Field.of("d", new Decimal(30, 1)), Field.of("n", Simple.INT));
    private static final Values INPUT = new Values(ROW, List.of());

    private static List<List<@Nullable Object>> run(Operator operator, RootAllocator allocator, int batchRows,
            List<List<@Nullable Object>> rows) {
        List<List<@Nullable Object>> emitted = new ArrayList<>();
        Downstream out = new Downstream() {
            @Override
            public void emit(Batch batch) {
                try (batch) {
                    for (int i = 0; i < batch.rowCount(); i++) {
                        emitted.add(OperatorTest.row(batch, i));
                    }
                }
            }

            @Override
            public void late(Batch late) {
                throw new AssertionError("a finished result has no late rows");
            }
        };
        try (operator) {
            for (int from = 0; from < rows.size(); from += batchRows) {
                try (BatchBuilder builder = new BatchBuilder(ROW, allocator)) {
                    rows.subList(from, Math.min(rows.size(), from + batchRows)).forEach(builder::add);
                    operator.push(0, builder.build(), out);
                }
            }
            operator.advance(Watermark.END, out);
        }
        assertThat(allocator.getAllocatedMemory()).isZero();
        return emitted;
    }

    private static List<List<@Nullable Object>> randomRows(int count) {
        Random random = new Random(7);
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String s = random.nextInt(8) == 0 ? null : "x\0".repeat(random.nextInt(3)) + random.nextInt(4);
            Double x = random.nextInt(8) == 0
                    ? null
                    : List.of(Double.NaN, -0.0, 0.0, -1e300, 2.5).get(random.nextInt(5));
            rows.add(Arrays.asList(s, x, BigDecimal.valueOf(random.nextInt(9) - 4, 1), i));
        }
        return rows;
    }

    @Test
    @DisplayName("order by several columns, up and down, with NULLs where they are wanted; equal rows keep their order")
    void ordersRows() {
        List<List<@Nullable Object>> rows = randomRows(500);
        Sort sort = new Sort(INPUT, List.of(new SortKey(0, true, false), new SortKey(1, false, true),
                new SortKey(2, true, true)));
        Comparator<String> strings = Comparator.reverseOrder();
        Comparator<Double> doubles = Comparator.comparingDouble(x -> x + 0.0);
        Comparator<BigDecimal> decimals = Comparator.reverseOrder();
        List<List<@Nullable Object>> expected = new ArrayList<>(rows);
        expected.sort(Comparator.<List<@Nullable Object>, String>comparing(row -> (String) row.get(0),
                Comparator.nullsLast(strings)).thenComparing(row -> (Double) row.get(1), Comparator.nullsFirst(doubles))
                .thenComparing(row -> (BigDecimal) row.get(2), decimals));
        try (RootAllocator allocator = new RootAllocator()) {
            assertThat(run(new SortOperator(sort, Long.MAX_VALUE, allocator), allocator, 70, rows))
                    .isEqualTo(expected);
        }
    }

    @Test
    @DisplayName("keep only as many rows as a limit above asks for")
    void topN() {
        List<List<@Nullable Object>> rows = randomRows(70_000);
        Sort sort = new Sort(INPUT, List.of(new SortKey(3, true, false)));
        try (RootAllocator allocator = new RootAllocator()) {
            List<List<@Nullable Object>> top = run(new SortOperator(sort, 3, allocator), allocator, 8_000, rows);
            assertThat(top).extracting(row -> row.get(3)).containsExactly(69_999, 69_998, 69_997);
        }
    }

    @Test
    @DisplayName("pass over OFFSET rows and let LIMIT rows through")
    void limit() {
        List<List<@Nullable Object>> rows = randomRows(10);
        try (RootAllocator allocator = new RootAllocator()) {
            assertThat(run(new LimitOperator(new Limit(INPUT, 4, 3), allocator), allocator, 3, rows))
                    .extracting(row -> row.get(3)).containsExactly(4, 5, 6);
        }
    }
}
