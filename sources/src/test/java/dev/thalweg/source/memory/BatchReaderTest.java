package dev.thalweg.source.memory;

import static org.assertj.core.api.Assertions.assertThat;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.VectorValues;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

@DisplayName("A batch of many rows")
final class BatchReaderTest {
    private static final RowType TYPE = new RowType(
            List.of(new Field("n", Simple.BIGINT, true), new Field("s", Simple.STRING, true)));
    private static final int ROWS = 20_001;

    @Test
    @DisplayName("is read in pieces: every row once and in order, NULLs and texts too, and all memory comes back")
    void isReadInPieces() {
        try (BufferAllocator allocator = new RootAllocator()) {
            assertThat(read(batch(allocator), 0, ROWS)).isEqualTo(rows(0, ROWS));
            assertThat(read(batch(allocator), 8, 9_000)).isEqualTo(rows(8, 9_000));
            assertThat(read(batch(allocator), ROWS, 0)).isEmpty();
        }
    }

    @Test
    @DisplayName("that is a view is read in pieces too")
    void mayBeAView() {
        try (BufferAllocator allocator = new RootAllocator()) {
            Batch every = batch(allocator).select(IntStream.range(1, ROWS).toArray(), ROWS - 1);
            assertThat(read(every, 0, ROWS - 1)).isEqualTo(rows(1, ROWS - 1));
        }
    }

    private static Batch batch(BufferAllocator allocator) {
        try (BatchBuilder builder = new BatchBuilder(TYPE, allocator)) {
            for (int i = 0; i < ROWS; i++) {
                builder.add(Arrays.asList(i % 7 == 0 ? null : (Object) (long) i, i % 5 == 0 ? null : "text " + i));
            }
            return builder.build();
        }
    }

    private static List<String> rows(int from, int count) {
        return IntStream.range(from, from + count).mapToObj(i -> Arrays.asList(i % 7 == 0 ? null : (Object) (long) i,
                i % 5 == 0 ? null : "text " + i).toString()).toList();
    }

    private static List<String> read(Batch batch, int from, int count) {
        List<String> rows = new ArrayList<>();
        try (BatchReader reader = new BatchReader(batch, from, count)) {
            for (Batch next = reader.next(); next != null; next = reader.next()) {
                try (Batch piece = next) {
                    assertThat(piece.rowCount()).isBetween(1, 8_192);
                    for (int i = 0; i < piece.rowCount(); i++) {
                        int row = piece.physical(i);
                        rows.add(Arrays.asList(VectorValues.get(piece.vector(0), row, Simple.BIGINT),
                                VectorValues.get(piece.vector(1), row, Simple.STRING)).toString());
                    }
                }
            }
        }
        return rows;
    }
}
