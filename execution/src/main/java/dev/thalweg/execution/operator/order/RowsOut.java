package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.execution.hash.RawVectors;
import dev.thalweg.execution.hash.RowCodec;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.planner.incremental.PlanNode.TopN;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// Gathers changed rows, as bytes of state, with their weights and ranks, and hands them on as batches.
final class RowsOut {
    private static final int ROWS_MAX = 16_384;

    private final TopN top;
    private final RowCodec codec;
    private final BufferAllocator allocator;
    private final long[] at = new long[ROWS_MAX];
    private final long[] weights = new long[ROWS_MAX];
    private final int[] ranks = new int[ROWS_MAX];
    private int count;

    /// @param codec of the rows; stays the caller's
    RowsOut(TopN top, RowCodec codec, BufferAllocator allocator) {
        this.top = top;
        this.codec = codec;
        this.allocator = allocator;
    }

    /// Adds a row, which must stay where it lies until [#flush].
    void add(long row, long weight, long rank, Downstream out) {
        if (weight == 0) {
            return;
        }
        at[count] = row;
        weights[count] = weight;
        ranks[count++] = (int) rank;
        if (count == ROWS_MAX) {
            flush(out);
        }
    }

    /// Hands on what is there, if so many more would not fit beside it.
    void makeRoom(int rows, Downstream out) {
        if (count + rows > ROWS_MAX) {
            flush(out);
        }
    }

    void flush(Downstream out) {
        if (count == 0) {
            return;
        }
        int rows = count;
        count = 0;
        try (NewColumns columns = new NewColumns(allocator)) {
            codec.decodeColumns(at, rows).forEach(columns::add);
            if (top.withRank()) {
                Field field = top.schema().field(columns.size());
                addRanks(columns.add(field), rows);
            }
            if (!isOnce(rows)) {
                columns.addWeights(weights, rows);
            }
            out.emit(columns.batch(top.schema(), rows));
        }
    }

    private void addRanks(FieldVector vector, int rows) {
        RawVectors.allocate(vector, rows);
        for (int i = 0; i < rows; i++) {
            Memory.putInt(vector.getDataBufferAddress() + ((long) i << 2), ranks[i]);
        }
    }

    private boolean isOnce(int rows) {
        for (int i = 0; i < rows; i++) {
            if (weights[i] != 1) {
                return false;
            }
        }
        return true;
    }
}
