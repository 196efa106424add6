package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// Any call with DISTINCT: hands a value on when the group gets its first row of it, and takes it back with the last.
///
/// State: a table `group, value -> count` beside what the call itself keeps. Within a batch a value may come and go; the
/// call sees the net of it, as its additions and subtractions cancel.
final class DistinctValues implements Accumulator {
    private final Accumulator call;
    private final KeyEncoder encoder;
    private final KeyedState members;
    private final MemberKeys memberKeys;
    private final CallRows transitions = new CallRows();
    private int[] slots = new int[0];

    /// @param encoder of the call's arguments
    DistinctValues(Accumulator call, KeyEncoder encoder, KeyedState members, BufferAllocator allocator) {
        this.call = call;
        this.encoder = encoder;
        this.members = members;
        this.memberKeys = new MemberKeys(allocator);
    }

    @Override
    public int valueBytes() {
        return call.valueBytes();
    }

    @Override
    public void add(CallRows rows) {
        EncodedKeys values = encoder.encode(rows.batch(), rows.row, rows.count);
        EncodedKeys keys = memberKeys.of(rows, values);
        if (slots.length < rows.count) {
            slots = new int[Math.max(rows.count, 1024)];
        }
        members.findOrInsert(keys, slots);
        collectTransitions(rows);
        if (transitions.count > 0) {
            call.add(transitions);
        }
    }

    private void collectTransitions(CallRows rows) {
        CallRows to = transitions;
        to.begin(rows.batch(), rows.keys());
        to.reserve(rows.count);
        long[] signs = to.reserveWeights(rows.count);
        long[] weight = rows.weight;
        boolean anyGone = false;
        int count = 0;
        for (int i = 0; i < rows.count; i++) {
            members.touch(slots[i]);
            long at = members.value(slots[i]);
            long before = Memory.getLong(at);
            long after = before + (weight == null ? 1 : weight[i]);
            Memory.putLong(at, after);
            if (before > 0 != after > 0) {
                to.row[count] = rows.row[i];
                to.value[count] = rows.value[i];
                to.slot[count] = rows.slot[i];
                to.key[count] = rows.key[i];
                signs[count++] = after > 0 ? 1 : -1;
                anyGone |= after <= 0;
            }
        }
        to.count = count;
        to.weight = anyGone ? signs : null;
    }

    @Override
    public void settle(ChangedGroups changed) {
        for (int i = 0; i < members.changedCount(); i++) {
            int slot = members.changed(i);
            if (!members.isRemoved(slot) && Memory.getLong(members.value(slot)) == 0) {
                members.remove(slot);
            }
        }
        call.settle(changed);
    }

    @Override
    public FieldVector result(GroupStates groups, Field field, BufferAllocator allocator) {
        return call.result(groups, field, allocator);
    }

    @Override
    public void removeThrough(long micros) {
        members.removeThrough(micros);
        call.removeThrough(micros);
    }

    @Override
    public void close() {
        encoder.close();
        memberKeys.close();
        call.close();
    }
}
