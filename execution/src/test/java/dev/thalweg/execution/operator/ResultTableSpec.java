package dev.thalweg.execution.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.MemoryCharge;
import dev.thalweg.state.StateTable;
import dev.thalweg.state.overlay.ResidentTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A result table")
final class ResultTableSpec {
    private static final RowType ROW = RowType.of(Field.of("k", Simple.STRING), Field.of("n", Simple.BIGINT));

    @Test
    @DisplayName("shows readers the last committed trigger, not the one under way")
    void showsTheLastCommit() {
        try (RootAllocator allocator = new RootAllocator();
                ResidentTable state = new ResidentTable(
                        new StateTable("result.rows", 8, false, false, ROW.sql(), "count BIGINT"),
                        MemoryCharge.UNLIMITED);
                ResultTable table = new ResultTable("result", ROW, _ -> state, allocator)) {
            push(table, allocator, 1, "a", 1L);
            push(table, allocator, 2, "b", 1L);
            assertThat(read(table, allocator)).isEmpty();
            assertThat(table.settle()).isTrue();
            table.exclusively(state::commit);
            assertThat(read(table, allocator)).containsExactlyInAnyOrder("[a, 1]", "[b, 1]", "[b, 1]");

            push(table, allocator, -1, "a", 1L);
            push(table, allocator, 1, "a", 2L);
            push(table, allocator, -1, "b", 1L);
            table.settle();
            assertThat(read(table, allocator)).containsExactlyInAnyOrder("[a, 1]", "[b, 1]", "[b, 1]");
            List<String> whole = new ArrayList<>();
            table.emitAll(batch -> add(batch, whole));
            assertThat(whole).containsExactlyInAnyOrder("[a, 2]", "[b, 1]");
            table.exclusively(state::commit);
            assertThat(read(table, allocator)).containsExactlyInAnyOrder("[a, 2]", "[b, 1]");

            push(table, allocator, 1, "a", 3L);
            push(table, allocator, -1, "a", 3L);
            assertThat(table.settle()).as("nothing has changed").isFalse();
            table.exclusively(state::abort);
            assertThat(read(table, allocator)).containsExactlyInAnyOrder("[a, 2]", "[b, 1]");
        }
    }

    private static void push(ResultTable table, RootAllocator allocator, long weight, Object... row) {
        try (BatchBuilder builder = new BatchBuilder(ROW, allocator)) {
            table.push(builder.add(Arrays.asList(row), weight).build());
        }
    }

    private static List<String> read(ResultTable table, RootAllocator allocator) {
        List<String> rows = new ArrayList<>();
        table.read(allocator).forEach(batch -> add(batch, rows));
        return rows;
    }

    private static void add(Batch batch, List<String> rows) {
        try (batch) {
            for (int i = 0; i < batch.rowCount(); i++) {
                rows.add(OperatorTest.row(batch, i).toString());
            }
        }
    }
}
