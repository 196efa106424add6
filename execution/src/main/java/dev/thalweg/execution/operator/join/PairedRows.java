package dev.thalweg.execution.operator.join;

import dev.thalweg.execution.hash.Gather;
import dev.thalweg.execution.hash.KeyedRows;
import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// Rows of a join's left side, each beside one of the right or beside NULLs, on their way out.
///
/// Cost: one loop a column over some thousand pairs.
final class PairedRows {
    /// In place of a right row.
    static final long NOTHING = 0;

    private static final int ROWS_MAX = 16_384;

    private final KeyedRows left;
    private final KeyedRows right;
    private final RowType type;
    private final BufferAllocator allocator;
    private final long[] leftAt = new long[ROWS_MAX];
    private final long[] rightAt = new long[ROWS_MAX];
    private final long[] weights = new long[ROWS_MAX];
    private int count;

    PairedRows(KeyedRows left, KeyedRows right, RowType type, BufferAllocator allocator) {
        this.left = left;
        this.right = right;
        this.type = type;
        this.allocator = allocator;
    }

    /// @param rightRow where it lies, or [#NOTHING]
    void add(long leftRow, long rightRow, long weight, Downstream out) {
        leftAt[count] = leftRow;
        rightAt[count] = rightRow;
        weights[count++] = weight;
        if (count == ROWS_MAX) {
            flush(out);
        }
    }

    void flush(Downstream out) {
        if (count > 0) {
            Batch pairs = batch();
            count = 0;
            out.emit(pairs);
        }
    }

    private Batch batch() {
        long[] found = new long[count];
        int[] places = new int[count];
        int foundCount = 0;
        for (int i = 0; i < count; i++) {
            places[i] = rightAt[i] == NOTHING ? Gather.NULL_ROW : foundCount;
            if (rightAt[i] != NOTHING) {
                found[foundCount++] = rightAt[i];
            }
        }
        int leftWidth = left.row().size();
        try (NewColumns columns = new NewColumns(allocator)) {
            for (int i = 0; i < type.size(); i++) {
                Field field = type.field(i);
                if (i < leftWidth) {
                    columns.add(left.column(i, field, leftAt, count, allocator));
                } else if (foundCount == count) {
                    columns.add(right.column(i - leftWidth, field, found, count, allocator));
                } else {
                    try (FieldVector values = right.column(i - leftWidth, field, found, foundCount, allocator)) {
                        columns.add(Gather.rows(values, field, places, count, allocator));
                    }
                }
            }
            addWeights(columns);
            return columns.batch(type, count);
        }
    }

    /// Rows that are all there once need none.
    private void addWeights(NewColumns columns) {
        for (int i = 0; i < count; i++) {
            if (weights[i] != 1) {
                columns.addWeights(weights, count);
                return;
            }
        }
    }

    /// Some rows of a batch of the left side beside NULLs.
    ///
    /// @param rows physical row numbers
    Batch alone(Batch batch, int[] rows, int rowCount) {
        Batch chosen = batch.retain().select(rows, rowCount);
        int leftWidth = left.row().size();
        int[] nulls = new int[rowCount];
        int[] physical = new int[rowCount];
        long[] weight = new long[rowCount];
        Arrays.fill(nulls, Gather.NULL_ROW);
        try (chosen; NewColumns columns = new NewColumns(allocator)) {
            for (int i = 0; i < rowCount; i++) {
                physical[i] = chosen.physical(i);
                weight[i] = chosen.weight(i);
            }
            for (int i = 0; i < type.size(); i++) {
                Field field = type.field(i);
                if (i < leftWidth) {
                    columns.add(Gather.rows(chosen.column(i), field, physical, rowCount, allocator));
                } else {
                    try (FieldVector none = ArrowTypes.newVector(field, allocator)) {
                        columns.add(Gather.rows(none, field, nulls, rowCount, allocator));
                    }
                }
            }
            if (chosen.hasWeights()) {
                columns.addWeights(weight, rowCount);
            }
            return columns.batch(type, rowCount);
        }
    }
}
