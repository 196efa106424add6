package dev.thalweg.tests.bench.kernel;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.VectorValues;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.apache.arrow.memory.BufferAllocator;

/// The rows that kernels work on: `(id BIGINT, n BIGINT, d DOUBLE, s STRING)` of a seed, no NULL among them.
final class Rows {
    static final RowType TYPE = RowType.of(Field.of("id", Simple.BIGINT), Field.of("n", Simple.BIGINT),
            Field.of("d", Simple.DOUBLE), Field.of("s", Simple.STRING));
    static final int ID = 0;
    static final int N = 1;
    static final int D = 2;
    static final int S = 3;
    /// Rows of a batch.
    static final int COUNT = 4_096;

    private Rows() {}

    /// @param batches how many
    /// @param keys how many different `id`, and of `s` as many
    static List<Batch> make(int batches, int keys, BufferAllocator allocator) {
        SplittableRandom random = new SplittableRandom(42);
        List<Batch> made = new ArrayList<>();
        for (int batch = 0; batch < batches; batch++) {
            try (BatchBuilder builder = new BatchBuilder(TYPE, allocator)) {
                for (int row = 0; row < COUNT; row++) {
                    long key = random.nextInt(keys);
                    builder.add(List.of(key, (long) random.nextInt(10_000), random.nextDouble(),
                            "https://www.nexmark.com/item-" + key));
                }
                made.add(builder.build());
            }
        }
        return made;
    }

    /// The values of a row.
    static List<Object> values(Batch batch, int row) {
        List<Object> values = new ArrayList<>();
        for (int column = 0; column < TYPE.size(); column++) {
            values.add(Objects.requireNonNull(VectorValues.get(batch.vector(column), row, TYPE.type(column))));
        }
        return values;
    }

    /// One batch whose `id` are 0, 1, 2 …
    static Batch numbered(int rows, BufferAllocator allocator) {
        try (BatchBuilder builder = new BatchBuilder(TYPE, allocator)) {
            for (long row = 0; row < rows; row++) {
                builder.add(List.of(row, row, 0.5, ""));
            }
            return builder.build();
        }
    }
}
