package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.execution.hash.RawVectors;
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
    private final Columns columns;
    private final BufferAllocator allocator;
    private final long[] keys = new long[ROWS_MAX];
    private final long[] rows = new long[ROWS_MAX];
    private final long[] weights = new long[ROWS_MAX];
    private final int[] ranks = new int[ROWS_MAX];
    private int count;

    /// Turns bytes of state into columns.
    interface Columns {
        /// Adds all columns of some rows, in order.
        ///
        /// @param keys where the key of each row begins
        /// @param rows where each row begins
        void decode(long[] keys, long[] rows, int count, NewColumns columns);
    }

    RowsOut(TopN top, Columns columns, BufferAllocator allocator) {
        this.top = top;
        this.columns = columns;
        this.allocator = allocator;
    }

    /// Adds a row, which must stay where it lies until [#flush], as must its key.
    void add(long key, long row, long weight, long rank, Downstream out) {
        if (weight == 0) {
            return;
        }
        keys[count] = key;
        rows[count] = row;
        weights[count] = weight;
        ranks[count++] = (int) rank;
        if (count == ROWS_MAX) {
            flush(out);
        }
    }

    /// Hands on what is there, if so many more would not fit beside it.
    void makeRoom(int many, Downstream out) {
        if (count + many > ROWS_MAX) {
            flush(out);
        }
    }

    void flush(Downstream out) {
        if (count == 0) {
            return;
        }
        int many = count;
        count = 0;
        try (NewColumns all = new NewColumns(allocator)) {
            columns.decode(keys, rows, many, all);
            if (top.withRank()) {
                Field field = top.schema().field(all.size());
                addRanks(all.add(field), many);
            }
            if (!isOnce(many)) {
                all.addWeights(weights, many);
            }
            out.emit(all.batch(top.schema(), many));
        }
    }

    private void addRanks(FieldVector vector, int many) {
        RawVectors.allocate(vector, many);
        for (int i = 0; i < many; i++) {
            Memory.putInt(vector.getDataBufferAddress() + ((long) i << 2), ranks[i]);
        }
    }

    private boolean isOnce(int many) {
        for (int i = 0; i < many; i++) {
            if (weights[i] != 1) {
                return false;
            }
        }
        return true;
    }
}
