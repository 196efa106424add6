package dev.thalweg.execution.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.thalweg.planner.incremental.Changes;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.sink.Accepts;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.OutOfMemoryException;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.jspecify.annotations.Nullable;

@DisplayName("The changes of a result reach a sink")
final class SinkChangesSpec {
    private static final RowType ROW = RowType.of(Field.of("k", Simple.STRING), Field.of("n", Simple.BIGINT));
    private static final Optional<List<Integer>> KEY = Optional.of(List.of(0));

    private final RootAllocator allocator = new RootAllocator();

    @AfterEach
    void nothingIsLeft() {
        allocator.close();
    }

    @Test
    @DisplayName("or give all their memory back when they do not fit into it beside their kinds")
    void leaveNothingBehind() {
        for (Accepts accepts : List.of(Accepts.CHANGES, Accepts.UPSERT_DELETE)) {
            long bytes = 256;
            while (!fit(accepts, bytes)) {
                bytes += 256;
            }
            assertThat(bytes).isGreaterThan(1_024);
        }
    }

    /// Closing the allocator fails where something is left.
    private static boolean fit(Accepts accepts, long bytes) {
        boolean fit = true;
        try (RootAllocator scarce = new RootAllocator(bytes)) {
            try {
                given(accepts, KEY, Changes.RETRACT, scarce, CHANGES);
            } catch (OutOfMemoryException _) {
                fit = false;
            }
        }
        return fit;
    }

    private record Delta(long weight, @Nullable String k, Long n) {}

    private List<String> given(Accepts accepts, Optional<List<Integer>> key, Changes changes, Delta... deltas) {
        return given(accepts, key, changes, allocator, deltas);
    }

    private static List<String> given(Accepts accepts, Optional<List<Integer>> key, Changes changes,
            RootAllocator allocator, Delta... deltas) {
        List<String> rows = new ArrayList<>();
        try (SinkChanges sink = new SinkChanges(accepts, ROW, key, changes, allocator)) {
            for (Delta delta : deltas) {
                try (BatchBuilder builder = new BatchBuilder(ROW, allocator)) {
                    sink.push(builder.add(Arrays.asList(delta.k(), delta.n()), delta.weight()).build(),
                            batch -> take(batch, rows));
                }
            }
            sink.finish(batch -> take(batch, rows));
        }
        return rows;
    }

    private static void take(Batch batch, List<String> rows) {
        try (batch) {
            for (int i = 0; i < batch.rowCount(); i++) {
                rows.add((batch.weight(i) < 0 ? "-" : "") + OperatorTest.row(batch, i));
            }
        }
    }

    private static final Delta[] CHANGES = {new Delta(-1, "a", 1L), new Delta(1, "a", 2L), new Delta(1, "b", 1L),
            new Delta(-1, "c", 3L), new Delta(1, "d", 4L), new Delta(-1, "d", 4L)};

    @Test
    @DisplayName("as every change with its kind, the old row before the new one")
    void changes() {
        assertThat(given(Accepts.CHANGES, KEY, Changes.RETRACT, CHANGES)).containsExactly("[a, 1, -U]", "[a, 2, +U]",
                "[b, 1, +I]", "[c, 3, -D]");
        assertThat(given(Accepts.CHANGES, Optional.empty(), Changes.RETRACT, CHANGES)).containsExactly("[a, 1, -D]",
                "[a, 2, +I]", "[b, 1, +I]", "[c, 3, -D]");
        assertThat(given(Accepts.CHANGES, Optional.empty(), Changes.INSERT_ONLY, new Delta(2, "a", 1L)))
                .containsExactly("[a, 1, +I]", "[a, 1, +I]");
    }

    @Test
    @DisplayName("as the new row of each key, and as a delete for each key that vanished where the sink takes deletes")
    void upserts() {
        assertThat(given(Accepts.UPSERT, KEY, Changes.RETRACT, CHANGES)).containsExactly("[a, 2]", "[b, 1]");
        assertThat(given(Accepts.UPSERT_DELETE, KEY, Changes.RETRACT, CHANGES)).containsExactly("[a, 2]", "[b, 1]",
                "-[c, 3]");
        assertThat(given(Accepts.UPSERT_DELETE, Optional.empty(), Changes.RETRACT, new Delta(-2, "a", 1L)))
                .containsExactly("-[a, 1]", "-[a, 1]");
    }

    @Test
    @DisplayName("as rows, each as often as its weight says, and never as a delete where rows are final")
    void appends() {
        assertThat(given(Accepts.APPEND, Optional.empty(), Changes.INSERT_ONLY, new Delta(3, "a", 1L)))
                .containsExactly("[a, 1]", "[a, 1]", "[a, 1]");
        assertThatThrownBy(() -> given(Accepts.APPEND, Optional.empty(), Changes.INSERT_ONLY, new Delta(-1, "a", 1L)))
                .isInstanceOf(Defect.class);
    }

    @Test
    @DisplayName("at once, where each key's old row comes right before its new one and nothing need be added up")
    void netChanges() {
        Delta[] net = {new Delta(-1, "a", 1L), new Delta(1, "a", 2L), new Delta(1, "b", 1L), new Delta(-1, "c", 3L),
                new Delta(1, "d", 4L), new Delta(-1, "e", 5L), new Delta(1, "e", 5L), new Delta(-1, null, 6L),
                new Delta(1, null, 7L), new Delta(-1, "f", 8L)};
        assertThat(atOnce(Accepts.UPSERT, net)).containsExactly("[a, 2]", "[b, 1]", "[d, 4]", "[null, 7]");
        assertThat(atOnce(Accepts.UPSERT_DELETE, net)).containsExactly("[a, 2]", "[b, 1]", "-[c, 3]", "[d, 4]",
                "[null, 7]", "-[f, 8]");
        assertThat(atOnce(Accepts.UPSERT_DELETE, new Delta(1, "a", 1L), new Delta(1, "b", 1L)))
                .containsExactly("[a, 1]", "[b, 1]");
        assertThat(atOnce(Accepts.UPSERT, new Delta(-1, "a", 1L))).isEmpty();
    }

    /// What the sink has before the trigger ends, given all changes in one batch.
    private List<String> atOnce(Accepts accepts, Delta... deltas) {
        List<String> rows = new ArrayList<>();
        try (SinkChanges sink = new SinkChanges(accepts, ROW, KEY, Changes.RETRACT, true, allocator);
                BatchBuilder builder = new BatchBuilder(ROW, allocator)) {
            for (Delta delta : deltas) {
                builder.add(Arrays.asList(delta.k(), delta.n()), delta.weight());
            }
            sink.push(builder.build(), batch -> take(batch, rows));
            List<String> before = List.copyOf(rows);
            sink.finish(batch -> take(batch, rows));
            assertThat(rows).isEqualTo(before);
        }
        return rows;
    }
}
