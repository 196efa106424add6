package dev.thalweg.execution.trigger;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.source.SourceReader;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Gives rows that are there already; they stay their owner's.
final class BatchesReader implements SourceReader {
    private final Iterator<Batch> batches;
    private final RowType type;
    private final List<Integer> columns;

    /// @param columns that are wanted, as `type` names them
    BatchesReader(List<Batch> batches, RowType type, List<Integer> columns) {
        this.batches = batches.iterator();
        this.type = type;
        this.columns = columns;
    }

    @Override
    public @Nullable Batch next() {
        return batches.hasNext() ? batches.next().retain().project(type, columns) : null;
    }

    @Override
    public void close() {}
}
