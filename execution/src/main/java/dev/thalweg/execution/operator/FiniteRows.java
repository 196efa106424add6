package dev.thalweg.execution.operator;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/// All rows of a finite input, held until it has ended: for what can only speak then.
final class FiniteRows implements AutoCloseable {
    private final RowType type;
    private final BufferAllocator allocator;
    private final List<Batch> batches = new ArrayList<>();
    private long count;

    FiniteRows(RowType type, BufferAllocator allocator) {
        this.type = type;
        this.allocator = allocator;
    }

    /// Takes over the reference.
    void add(Batch batch) {
        batches.add(batch);
        count += batch.rowCount();
    }

    long count() {
        return count;
    }

    boolean hasWeights() {
        return batches.stream().anyMatch(Batch::hasWeights);
    }

    /// Hands the rows over as one batch without weights: equal rows are added up, and a row of weight n is there n times.
    Batch take() {
        try {
            return hasWeights() ? consolidated() : Concatenation.of(type, batches, allocator);
        } finally {
            close();
        }
    }

    private Batch consolidated() {
        try (Consolidation distinct = new Consolidation(type, allocator)) {
            batches.forEach(distinct::add);
            int[] living = distinct.living();
            int[] repeated = new int[living.length];
            int rows = 0;
            for (int i = 0; i < living.length; i++) {
                for (long times = distinct.weight(living[i]); times > 0; times--) {
                    if (rows == repeated.length) {
                        repeated = Arrays.copyOf(repeated, rows * 2);
                    }
                    repeated[rows++] = i;
                }
            }
            return distinct.decode(living, living.length).select(repeated, rows);
        }
    }

    @Override
    public void close() {
        batches.forEach(Batch::close);
        batches.clear();
        count = 0;
    }
}
