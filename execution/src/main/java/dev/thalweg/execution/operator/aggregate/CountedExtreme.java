package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// `min` and `max` where rows may be taken back: every value of a group is counted, and the outermost that is left is
/// looked up once a trigger for each group that changed.
///
/// State: a table `group, value -> count` beside the current extreme; in memory its keys are ordered by a [KeyTree].
final class CountedExtreme implements Accumulator {
    private final Extreme extreme;
    private final int argument;
    private final boolean max;
    private final OrderedValues values;
    private final KeyedState counts;
    private final KeyTree tree;
    private final MemberKeys memberKeys;
    private int[] slots = new int[0];

    CountedExtreme(Extreme extreme, int argument, boolean max, OrderedValues values, KeyedState counts,
            BufferAllocator allocator) {
        this.extreme = extreme;
        this.argument = argument;
        this.max = max;
        this.values = values;
        this.counts = counts;
        counts.keepResident(KeyTree.SLOT_BYTES);
        this.tree = new KeyTree(counts);
        this.memberKeys = new MemberKeys(allocator);
    }

    @Override
    public int valueBytes() {
        return extreme.valueBytes();
    }

    @Override
    public void add(CallRows rows) {
        EncodedKeys keys = memberKeys.of(rows, values.encode(rows.vector(argument), rows.row, rows.count));
        if (slots.length < rows.count) {
            slots = new int[Math.max(rows.count, 1024)];
        }
        counts.findOrInsert(keys, slots);
        long[] weight = rows.weight;
        for (int i = 0; i < rows.count; i++) {
            int slot = slots[i];
            counts.touch(slot);
            long at = counts.value(slot);
            Memory.putLong(at, Memory.getLong(at) + (weight == null ? 1 : weight[i]));
            if (!tree.contains(slot)) {
                tree.insert(slot);
            }
        }
    }

    @Override
    public void settle(ChangedGroups changed) {
        for (int i = 0; i < counts.changedCount(); i++) {
            int slot = counts.changed(i);
            if (!counts.isRemoved(slot) && Memory.getLong(counts.value(slot)) == 0) {
                tree.remove(slot);
                counts.remove(slot);
            }
        }
        for (int i = 0; i < changed.count(); i++) {
            find(changed.groups(), changed.slot(i));
        }
    }

    private void find(KeyedState groups, int group) {
        if (groups.isRemoved(group)) {
            return;
        }
        int length = groups.keyLength(group);
        int found = tree.outermost(max, groups.keyAddress(group), length,
                slot -> Memory.getLong(counts.value(slot)) > 0);
        if (found < 0) {
            extreme.clear(group, groups.value(group));
        } else {
            extreme.store(group, groups.value(group), counts.keyAddress(found) + length,
                    counts.keyLength(found) - length);
        }
    }

    @Override
    public void writeResult(GroupStates groups, Field field, FieldVector vector) {
        extreme.writeResult(groups, field, vector);
    }

    @Override
    public void removeThrough(long micros) {
        counts.forEachThrough(micros, tree::remove);
        counts.removeThrough(micros);
    }

    @Override
    public void close() {
        values.close();
        memberKeys.close();
        extreme.close();
    }
}
