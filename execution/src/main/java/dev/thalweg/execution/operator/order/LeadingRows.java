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
    /// Room for so many partitions is kept from trigger to trigger.
    private static final int PLACES_KEPT = 8 << 10;
    private static final int NONE = -1;
    private static final byte[] EMPTY = new byte[0];

    private final KeyEncoder partitions;
    private final OrderedRows rows;
    private final SortKeys order;
    private final GroupTable touched;
    /// The first place of each touched partition, as [SortKeys] writes it, and its first eight bytes as a number.
    private byte[][] places = new byte[64][0];
    private int[] lengths = new int[64];
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
        return top.rank() != TopN.Rank.ROW_NUMBER && top.offset() == 0 && top.count() == 1
                && !top.order().isEmpty();
    }

    /// Of a batch the rows that are let through.
    ///
    /// @param batch stays the caller's
    /// @return what is let through, for the caller to close
    Batch of(Batch batch) {
        int count = batch.rowCount();
        if (count == 0) {
            return batch.retain();
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
        return batch.retain().select(kept, many);
    }

    /// Begins with what is kept of each partition that is new to this trigger.
    private void meetPartitions() {
        if (places.length < touched.size()) {
            int capacity = Math.max(touched.size(), places.length * 2);
            int before = places.length;
            places = Arrays.copyOf(places, capacity);
            Arrays.fill(places, before, capacity, EMPTY);
            lengths = Arrays.copyOf(lengths, capacity);
            prefixes = Arrays.copyOf(prefixes, capacity);
        }
        for (; known < touched.size(); known++) {
            lengths[known] = NONE;
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
        byte[] place = places[id];
        if (place.length < length) {
            place = new byte[length];
            places[id] = place;
        }
        Memory.copy(address, place, 0, length);
        lengths[id] = length;
        prefixes[id] = SortKeys.prefix(address, length);
    }

    /// Compares the place of a row of the batch with the first one of its partition; without one every row comes before it.
    private int compare(int row) {
        int id = ids[row];
        if (lengths[id] == NONE) {
            return -1;
        }
        long at = order.address(row);
        int length = order.length(row);
        int byPrefix = Long.compareUnsigned(SortKeys.prefix(at, length), prefixes[id]);
        if (byPrefix != 0) {
            return byPrefix;
        }
        byte[] place = places[id];
        int common = Math.min(length, lengths[id]);
        for (int i = 8; i < common; i++) {
            int difference = (Memory.getByte(at + i) & 0xFF) - (place[i] & 0xFF);
            if (difference != 0) {
                return difference;
            }
        }
        return length - lengths[id];
    }

    /// The trigger is over.
    void settle() {
        touched.clear();
        known = 0;
        if (places.length > PLACES_KEPT) {
            places = new byte[64][0];
            lengths = new int[64];
            prefixes = new long[64];
        }
    }

    @Override
    public void close() {
        order.close();
        touched.close();
    }
}
