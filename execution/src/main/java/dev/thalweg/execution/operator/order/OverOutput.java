package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.hash.Gather;
import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import org.apache.arrow.memory.BufferAllocator;

/// Puts changed rows together from the input's columns and the results beside them, and hands them on as batches.
final class OverOutput {
    private static final int ROWS_MAX = 16_384;

    private final BufferAllocator allocator;
    private RowType schema = RowType.of();
    private Batch batch = Batch.of(RowType.of(), java.util.List.of(), 0);
    private Batch results = batch;
    private final int[] chosen = new int[ROWS_MAX];
    private final int[] chosenPlace = new int[ROWS_MAX];
    private final long[] weights = new long[ROWS_MAX];
    private int count;

    OverOutput(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /// @param input the rows, and `computed` a row for each place; both stay the caller's
    void begin(Over over, Batch input, Batch computed) {
        schema = over.schema();
        batch = input;
        results = computed;
    }

    void add(int row, int place, long weight, Downstream out) {
        chosen[count] = row;
        chosenPlace[count] = place;
        weights[count++] = weight;
        if (count == ROWS_MAX) {
            flush(out);
        }
    }

    void flush(Downstream out) {
        if (count == 0) {
            return;
        }
        try (NewColumns columns = new NewColumns(allocator)) {
            for (int i = 0; i < batch.columnCount(); i++) {
                columns.add(Gather.rows(batch.vector(i), schema.field(i), chosen, count, allocator));
            }
            for (int i = 0; i < results.columnCount(); i++) {
                columns.add(Gather.rows(results.vector(i), schema.field(batch.columnCount() + i), chosenPlace, count,
                        allocator));
            }
            if (!onlyInserts()) {
                columns.addWeights(weights, count);
            }
            int made = count;
            count = 0;
            out.emit(columns.batch(schema, made));
        }
    }

    private boolean onlyInserts() {
        for (int i = 0; i < count; i++) {
            if (weights[i] != 1) {
                return false;
            }
        }
        return true;
    }
}
