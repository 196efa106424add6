package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.hash.GroupTable;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.operator.SortKeys;
import dev.thalweg.planner.incremental.PlanNode.TopN;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/// Of the rows that come to a node that wants those of rank 1 lets only such through as may be: none that stands behind another
/// one of its partition, in this trigger or before. So most rows are looked at once, and never kept.
///
/// It knows the first place of each partition that a trigger touches: from the rows kept, and then from what comes.
/// Cost: one probe and one comparison a row.
final class LeadingRows implements AutoCloseable {
    private static final byte[] NONE = new byte[0];

    private final KeyEncoder partitions;
    private final OrderedRows rows;
    private final SortKeys order;
    private final GroupTable touched;
    /// The first place of each touched partition, as [SortKeys] writes it, and its first eight bytes as a number.
    private byte[][] places = new byte[64][];
    private long[] prefixes = new long[64];
    private int[] ids = new int[0];
    private int known;

    /// @param partitions stays the caller's
    /// @param rows where those that are let through are kept
    LeadingRows(KeyEncoder partitions, OrderedRows rows, TopN top, BufferAllocator allocator) {
        this.partitions = partitions;
        this.rows = rows;
        this.order = new SortKeys(top.order(), allocator);
        this.touched = new GroupTable(allocator);
    }

    /// Whether it can serve such a node, over rows that only come.
    static boolean serves(TopN top) {
        return top.rank() != TopN.Rank.ROW_NUMBER && top.offset() == 0 && top.count() == 1;
    }

    /// @param batch taken over
    Batch of(Batch batch) {
        int count = batch.rowCount();
        if (count == 0) {
            return batch;
        }
        if (ids.length < count) {
            ids = new int[count];
        }
        touched.findOrInsert(partitions.encode(batch), ids);
        meetPartitions();
        order.encode(batch);
        for (int i = 0; i < count; i++) {
            if (compare(i) < 0) {
                lead(i);
            }
        }
        int[] kept = new int[count];
        int many = 0;
        for (int i = 0; i < count; i++) {
            if (compare(i) == 0) {
                kept[many++] = batch.physical(i);
            }
        }
        return batch.select(kept, many);
    }

    /// Begins with what is kept of each partition that is new to this trigger.
    private void meetPartitions() {
        if (places.length < touched.size()) {
            int capacity = Math.max(touched.size(), places.length * 2);
            places = Arrays.copyOf(places, capacity);
            prefixes = Arrays.copyOf(prefixes, capacity);
        }
        for (; known < touched.size(); known++) {
            places[known] = NONE;
            int id = known;
            rows.walk(touched.keyAddress(id), touched.keyLength(id), slot -> {
                set(id, rows.order(slot), rows.orderLength(slot));
                return false;
            });
        }
    }

    private void lead(int row) {
        set(ids[row], order.address(row), order.length(row));
    }

    private void set(int id, long address, int length) {
        byte[] place = new byte[length];
        Memory.copy(address, place, 0, length);
        places[id] = place;
        prefixes[id] = SortKeys.prefix(address, length);
    }

    /// Compares the place of a row of the batch with the first one of its partition; without one every row comes before it.
    private int compare(int row) {
        int id = ids[row];
        byte[] place = places[id];
        if (place.length == 0) {
            return -1;
        }
        long at = order.address(row);
        int length = order.length(row);
        int byPrefix = Long.compareUnsigned(SortKeys.prefix(at, length), prefixes[id]);
        if (byPrefix != 0) {
            return byPrefix;
        }
        int common = Math.min(length, place.length);
        for (int i = 8; i < common; i++) {
            int difference = (Memory.getByte(at + i) & 0xFF) - (place[i] & 0xFF);
            if (difference != 0) {
                return difference;
            }
        }
        return length - place.length;
    }

    /// The trigger is over.
    void settle() {
        touched.clear();
        known = 0;
    }

    @Override
    public void close() {
        order.close();
        touched.close();
    }
}
