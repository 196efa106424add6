package dev.thalweg.source.memory;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.source.SourceReader;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.util.TransferPair;
import org.jspecify.annotations.Nullable;

/// Reads some rows of a batch, a few thousand at a time. Their values are not copied: the buffers are shared.
final class BatchReader implements SourceReader {
    /// A multiple of 8, so that bits need not be shifted.
    private static final int ROWS = 8 << 10;

    private final Batch batch;
    private final int end;
    private int next;

    /// @param batch taken over
    BatchReader(Batch batch, int from, int count) {
        this.batch = batch;
        next = from;
        end = from + count;
    }

    @Override
    public @Nullable Batch next() {
        if (next == end) {
            return null;
        }
        int from = next;
        int count = Math.min(ROWS, end - from);
        next += count;
        if (count == batch.rowCount()) {
            return batch.retain();
        }
        return batch.hasSelection() || batch.hasWeights() ? view(from, count) : slice(from, count);
    }

    private Batch slice(int from, int count) {
        List<FieldVector> vectors = IntStream.range(0, batch.columnCount())
                .mapToObj(column -> slice(batch.vector(column), from, count)).toList();
        return Batch.of(batch.type(), vectors, count);
    }

    private static FieldVector slice(FieldVector vector, int from, int count) {
        TransferPair pair = vector.getTransferPair(vector.getAllocator());
        pair.splitAndTransfer(from, count);
        return (FieldVector) pair.getTo();
    }

    /// Of what has a selection already, or weights.
    private Batch view(int from, int count) {
        return batch.retain().select(IntStream.range(from, from + count).map(batch::physical).toArray(), count);
    }

    @Override
    public void close() {
        batch.close();
    }
}
