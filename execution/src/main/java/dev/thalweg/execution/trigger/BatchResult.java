package dev.thalweg.execution.trigger;

import dev.thalweg.execution.memory.MemoryBudget;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import java.util.List;

/// The answer of a batch query: batches in order, without weights. Whoever asked closes it; a batch that is to live longer
/// must be copied.
public final class BatchResult implements AutoCloseable {
    private final RowType schema;
    private final List<Batch> batches;
    private final MemoryBudget budget;

    BatchResult(RowType schema, List<Batch> batches, MemoryBudget budget) {
        this.schema = schema;
        this.batches = List.copyOf(batches);
        this.budget = budget;
    }

    public RowType schema() {
        return schema;
    }

    /// Stay this result's; retain one to hand it to somebody who closes it.
    public List<Batch> batches() {
        return batches;
    }

    public long rowCount() {
        return batches.stream().mapToLong(Batch::rowCount).sum();
    }

    @Override
    public void close() {
        batches.forEach(Batch::close);
        budget.close();
    }
}
