package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.RowCodec;
import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.execution.operator.SortKeys;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/// The rows that a call has seen of each group, in an order, each with how often it is there: for calls that are computed
/// again from all of them.
///
/// State: a table `group, order, row, [arrival] -> weight, where the row begins`; in memory its keys are ordered by a
/// [KeyTree]. Where arrival counts, each row has an entry of its own, and a row that is taken back takes back the latest
/// that equals it; such rows wait until the trigger ends, because the one they take back may come later in it.
final class KeptRows implements AutoCloseable {
    static final int VALUE_BYTES = 16;

    private static final int ROW_OFFSET = 8;

    private final SortKeys order;
    private final boolean hasOrder;
    private final Optional<RowOf> row;
    private final boolean byArrival;
    private final KeyedState table;
    private final KeyTree tree;
    private final MemberKeys memberKeys;
    private final Scratch members;
    private final Scratch removals;
    private final EncodedKeys joined = new EncodedKeys(0);
    private long removalBytes;
    private int[] slots = new int[0];

    /// What is kept of a row besides its order.
    ///
    /// @param codec taken over
    record RowOf(List<Integer> columns, RowType type, RowCodec codec) {}

    /// What a walk shows.
    interface Visitor {
        /// Sees one row.
        ///
        /// @param at where the order begins
        /// @param orderLength after which the row begins
        /// @param length of order, row and arrival
        /// @return whether it wants to see more
        boolean visit(long at, int orderLength, int length, long weight);
    }

    KeptRows(List<SortKey> order, Optional<RowOf> row, boolean byArrival, KeyedState table,
            BufferAllocator allocator) {
        this.order = new SortKeys(order, allocator);
        this.hasOrder = !order.isEmpty();
        this.row = row;
        this.byArrival = byArrival;
        this.table = table;
        table.keepResident(KeyTree.SLOT_BYTES);
        this.tree = new KeyTree(table);
        this.memberKeys = new MemberKeys(allocator);
        this.members = new Scratch(allocator);
        this.removals = new Scratch(allocator);
    }

    /// @param arrivalOffset where in a group's fixed part the number of its next arrival lies, if arrival counts
    void add(CallRows rows, int arrivalOffset) {
        EncodedKeys sorts = hasOrder ? order.encode(rows.batch(), rows.row, rows.count) : empty(rows.count);
        EncodedKeys values = row.isPresent() || byArrival ? join(rows, sorts, arrivalOffset) : sorts;
        EncodedKeys keys = memberKeys.of(rows, values);
        slots = slots.length < rows.count ? new int[Math.max(rows.count, 1024)] : slots;
        if (byArrival && rows.weight != null) {
            addArrivals(rows, keys, sorts);
            return;
        }
        table.findOrInsert(keys, slots);
        for (int i = 0; i < rows.count; i++) {
            put(slots[i], rows.weight == null ? 1 : rows.weight[i],
                    rows.keys().length(rows.key[i]) + sorts.length(i));
        }
    }

    private static EncodedKeys empty(int count) {
        EncodedKeys none = new EncodedKeys(count);
        none.reset(count);
        return none;
    }

    private void put(int slot, long weight, int rowOffset) {
        table.touch(slot);
        long at = table.value(slot);
        Memory.putLong(at, Memory.getLong(at) + weight);
        Memory.putLong(at + ROW_OFFSET, rowOffset);
        if (!tree.contains(slot)) {
            tree.insert(slot);
        }
    }

    /// The order, the row and the arrival of each row behind one another.
    private EncodedKeys join(CallRows rows, EncodedKeys sorts, int arrivalOffset) {
        EncodedKeys values = sorts;
        if (row.isPresent()) {
            RowOf kept = row.get();
            try (Batch columns = rows.batch().retain().project(kept.type(), kept.columns())) {
                values = kept.codec().encode(columns, rows.row, rows.count);
            }
        }
        long total = 0;
        for (int i = 0; i < rows.count; i++) {
            total += sorts.length(i) + values.length(i) + 8;
        }
        long at = members.reserve(total);
        joined.reset(rows.count);
        for (int i = 0; i < rows.count; i++) {
            int length = sorts.length(i);
            Memory.copy(sorts.address(i), at, length);
            Memory.copy(values.address(i), at + length, values.length(i));
            length += values.length(i);
            if (byArrival && (rows.weight == null || rows.weight[i] > 0)) {
                long counter = rows.value[i] + arrivalOffset;
                long arrival = Memory.getLong(counter);
                Memory.putLong(counter, arrival + 1);
                Memory.putLong(at + length, Long.reverseBytes(arrival));
                length += 8;
            }
            joined.set(i, at, length, 0);
            at += length;
        }
        return joined;
    }

    private void addArrivals(CallRows rows, EncodedKeys keys, EncodedKeys sorts) {
        long[] weight = Objects.requireNonNull(rows.weight);
        EncodedKeys come = new EncodedKeys(rows.count);
        come.reset((int) Arrays.stream(weight, 0, rows.count).filter(each -> each > 0).count());
        int added = 0;
        for (int i = 0; i < rows.count; i++) {
            if (weight[i] > 0) {
                come.set(added++, keys.address(i), keys.length(i), keys.hash(i));
            } else {
                remember(keys.address(i), keys.length(i), weight[i]);
            }
        }
        table.findOrInsert(come, slots);
        added = 0;
        for (int i = 0; i < rows.count; i++) {
            if (weight[i] > 0) {
                put(slots[added++], weight[i], rows.keys().length(rows.key[i]) + sorts.length(i));
            }
        }
    }

    private void remember(long address, int length, long weight) {
        long to = removals.grow(removalBytes, removalBytes + 16 + length) + removalBytes;
        Memory.putLong(to, weight);
        Memory.putLong(to + 8, length);
        Memory.copy(address, to + 16, length);
        removalBytes += 16 + length;
    }

    /// Ends the trigger's rows: what is taken back goes, and what is there no more is forgotten.
    void settle() {
        long at = removals.address();
        long end = at + removalBytes;
        while (at < end) {
            int length = (int) Memory.getLong(at + 8);
            takeBack(at + 16, length, -Memory.getLong(at));
            at += 16 + length;
        }
        removalBytes = 0;
        for (int i = 0; i < table.changedCount(); i++) {
            int slot = table.changed(i);
            if (!table.isRemoved(slot) && Memory.getLong(table.value(slot)) == 0) {
                if (tree.contains(slot)) {
                    tree.remove(slot);
                }
                table.remove(slot);
            }
        }
    }

    private void takeBack(long row, int length, long times) {
        long rest = times;
        while (rest > 0) {
            int latest = tree.outermost(true, row, length,
                    slot -> table.keyLength(slot) == length + 8 && Memory.getLong(table.value(slot)) > 0);
            if (latest < 0) {
                throw new Defect("THW-9470", "A row was taken back that an aggregate by arrival was never given. Please"
                        + " send the query and EXPLAIN INCREMENTAL of it.");
            }
            table.touch(latest);
            long held = Memory.getLong(table.value(latest));
            Memory.putLong(table.value(latest), held - Math.min(held, rest));
            rest -= Math.min(held, rest);
        }
    }

    /// Shows the rows of a group in order.
    void walk(boolean backwards, long group, int length, Visitor visitor) {
        tree.walk(backwards, group, length, slot -> {
            long at = table.value(slot);
            long weight = Memory.getLong(at);
            int orderLength = (int) Memory.getLong(at + ROW_OFFSET) - length;
            return weight <= 0
                    || visitor.visit(table.keyAddress(slot) + length, orderLength, table.keyLength(slot) - length,
                            weight);
        });
    }

    /// Forgets the rows of a group.
    void forget(long group, int length) {
        SlotList gone = new SlotList();
        tree.walk(group, length, gone);
        gone.forEach(slot -> {
            tree.remove(slot);
            table.remove(slot);
        });
    }

    void removeThrough(long micros) {
        table.forEachThrough(micros, tree::remove);
        table.removeThrough(micros);
    }

    @Override
    public void close() {
        order.close();
        row.ifPresent(kept -> kept.codec().close());
        memberKeys.close();
        members.close();
        removals.close();
    }
}
