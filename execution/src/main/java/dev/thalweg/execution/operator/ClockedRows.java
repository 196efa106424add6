package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.KeyDecoder;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.execution.hash.RowCodec;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.EncodedKeys;
import org.apache.arrow.memory.BufferAllocator;

/// Whole rows as keys of a table that orders them by a time which is none of their columns.
/// **Part of the checkpoint format.** The key is the row, bit for bit, as [KeyEncoder] makes it; [TimedKeys] puts the time
/// before it.
///
/// Thread: one task. What is encoded is valid until the next call.
final class ClockedRows implements AutoCloseable {
    private final RowType row;
    private final KeyEncoder encoder;
    private final KeyDecoder decoder;
    private final BufferAllocator allocator;
    private final TimedKeys timed;

    /// @param encoder of whole rows, exact, in the key groups by which they were sent here; taken over
    ClockedRows(RowType row, KeyEncoder encoder, BufferAllocator allocator) {
        this.row = row;
        this.encoder = encoder;
        this.decoder = new KeyDecoder(encoder.layout());
        this.allocator = allocator;
        this.timed = new TimedKeys(allocator);
    }

    RowType row() {
        return row;
    }

    /// Some rows of a batch, each with its time.
    ///
    /// @param rows physical row numbers, of which the first `count` are used
    EncodedKeys encode(Batch batch, int[] rows, int count, long[] times) {
        return timed(encoder.encode(batch, rows, count), times);
    }

    /// Rows with times before them.
    ///
    /// @param bare the bytes of the rows, without a time
    EncodedKeys timed(EncodedKeys bare, long[] times) {
        return timed.of(bare, times);
    }

    /// A batch of rows from their bytes, without the time.
    Batch decode(long[] at, long[] weights, int count) {
        try (NewColumns columns = new NewColumns(allocator)) {
            RowCodec.columns(decoder, row, at, count, allocator).forEach(columns::add);
            columns.addWeights(weights, count);
            return columns.batch(row, count);
        }
    }

    @Override
    public void close() {
        encoder.close();
        timed.close();
    }
}
