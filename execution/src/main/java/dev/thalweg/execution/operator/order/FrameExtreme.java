package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.operator.SortKeys;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.spi.data.Batch;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// Finds where the least or greatest value of each frame lies.
///
/// Values are sorted once, so that any type is compared by number; then a queue keeps of each frame only what may still become
/// its extreme. Cost: a sort of the rows, and one step a place, however wide the frames are.
final class FrameExtreme {
    private FrameExtreme() {}

    /// The place of each place's extreme; -1 where the frame has no value.
    static int[] places(WindowRows rows, Batch batch, int column, boolean max, Frames.Ends ends,
            BufferAllocator allocator) {
        FieldVector values = batch.vector(column);
        int[] sorted;
        try (SortKeys keys = new SortKeys(List.of(new SortKey(column, max, false)), allocator)) {
            sorted = keys.order(batch);
        }
        int[] number = new int[sorted.length];
        for (int i = 0; i < sorted.length; i++) {
            number[sorted[i]] = i;
        }
        int[] queue = new int[rows.count];
        int head = 0;
        int tail = 0;
        int next = 0;
        int[] places = new int[rows.count];
        for (int i = 0; i < places.length; i++) {
            int from = ends.from()[i];
            int to = Math.max(from, ends.to()[i]);
            if (i == rows.begin[i]) { // a new partition
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
            places[i] = head < tail && queue[head] < to ? queue[head] : -1;
        }
        return places;
    }
}
