package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.BatchRows;
import dev.thalweg.execution.hash.GroupTable;
import dev.thalweg.execution.hash.KeyDecoder;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.hash.RowCodec;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.EncodedKeys;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;

/// Adds up the weights of equal rows, so that what came and went within a trigger vanishes.
///
/// Rows are told apart bit for bit and keep the order of their first appearance. Lives no longer than a trigger.
final class Consolidation implements AutoCloseable {
    private final RowType type;
    private final BufferAllocator allocator;
    private final KeyEncoder encoder;
    private final KeyDecoder decoder;
    private final GroupTable rows;
    private final BatchRows batchRows = new BatchRows();
    private int[] ids = new int[0];
    private long[] weights = new long[0];

    Consolidation(RowType type, BufferAllocator allocator) {
        this.type = type;
        this.allocator = allocator;
        this.encoder = KeyEncoder.exact(type, allocator);
        this.decoder = new KeyDecoder(encoder.layout());
        this.rows = new GroupTable(allocator);
    }

    /// Reads the batch; the caller closes it.
    void add(Batch batch) {
        int count = batch.rowCount();
        if (count == 0) {
            return;
        }
        EncodedKeys keys = encoder.encode(batch);
        if (ids.length < count) {
            ids = new int[count];
        }
        rows.findOrInsert(keys, ids);
        if (weights.length < rows.size()) {
            weights = Arrays.copyOf(weights, Math.max(rows.size(), weights.length * 2));
        }
        BigIntVector added = batch.weights();
        int[] physical = batchRows.of(batch);
        for (int i = 0; i < count; i++) {
            weights[ids[i]] += added == null
                    ? 1
                    : Memory.getLong(added.getDataBufferAddress() + ((long) physical[i] << 3));
        }
    }

    /// Different rows so far, also those whose weight is 0.
    int size() {
        return rows.size();
    }

    long weight(int id) {
        return weights[id];
    }

    /// The rows that are there, in order.
    int[] living() {
        int[] living = new int[rows.size()];
        int count = 0;
        for (int id = 0; id < living.length; id++) {
            if (weights[id] > 0) {
                living[count++] = id;
            }
        }
        return Arrays.copyOf(living, count);
    }

    /// A batch of the given rows, each there once.
    Batch decode(int[] chosen, int count) {
        long[] at = new long[count];
        for (int i = 0; i < count; i++) {
            at[i] = rows.keyAddress(chosen[i]);
        }
        return Batch.of(type, RowCodec.columns(decoder, type, at, count, allocator), count);
    }

    void clear() {
        rows.clear();
        Arrays.fill(weights, 0);
    }

    @Override
    public void close() {
        encoder.close();
        rows.close();
    }
}
