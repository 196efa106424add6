package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.hash.Gather;
import dev.thalweg.execution.operator.SortKeys;
import dev.thalweg.execution.operator.order.Partial.Kept;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.spi.data.Batch;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// Finds the row with the least or greatest value of each frame.
///
/// Values are sorted once, so that any type is compared by number; then a queue keeps of each frame only what may still become
/// its extreme. Cost: a sort of the rows, and one step a place, however wide the frames are.
/// **Source** D. Lemire, Streaming Maximum-Minimum Filter Using No More than Three Comparisons per Element, 2006.
final class FrameExtreme {
    private final WindowRows rows;
    private final int call;
    private final FieldVector values;
    /// Of each row its place among the sorted values, the extreme first and rows with equal values as they come.
    private final int[] number;

    /// @param call the function's number
    /// @param key the values, the extreme first
    FrameExtreme(WindowRows rows, int call, Batch batch, SortKey key, BufferAllocator allocator) {
        this.rows = rows;
        this.call = call;
        this.values = batch.vector(key.column());
        int[] sorted;
        try (SortKeys keys = new SortKeys(List.of(key), allocator)) {
            sorted = keys.order(batch);
        }
        this.number = new int[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            number[sorted[i]] = i;
        }
    }

    /// The row of each place's extreme; [Gather#NULL_ROW] where the frame has no value.
    int[] of(Frames.Ends ends) {
        int[] queue = new int[rows.count];
        int head = 0;
        int tail = 0;
        int next = 0;
        int[] found = new int[rows.count];
        for (int i = 0; i < found.length; i++) {
            int from = ends.from()[i];
            int to = Math.max(from, ends.to()[i]);
            if (i == rows.begin[i]) { // a new part
                next = i;
                head = 0;
                tail = 0;
            }
            for (next = Math.max(next, from); next < to; next++) {
                if (values.isNull(rows.row[next])) {
                    continue;
                }
                while (tail > head && number[rows.row[queue[tail - 1]]] >= number[rows.row[next]]) {
                    tail--;
                }
                queue[tail++] = next;
            }
            while (head < tail && queue[head] < from) {
                head++;
            }
            int row = head < tail && queue[head] < to ? rows.row[queue[head]] : Gather.NULL_ROW;
            found[i] = better(row, rows.start(i).carried(call));
        }
        return found;
    }

    private int better(int one, int other) {
        return one < 0 || (other >= 0 && number[other] < number[one]) ? other : one;
    }

    /// What is kept of the rows up to a cut.
    Kept after(Cut cut, Kept kept) {
        int best = kept.row();
        for (int i = cut.from(); i < cut.to(); i++) {
            if (!values.isNull(rows.row[i])) {
                best = better(best, rows.row[i]);
            }
        }
        return Kept.of(best, 0);
    }
}
