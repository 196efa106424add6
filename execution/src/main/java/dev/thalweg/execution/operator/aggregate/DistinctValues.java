package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.spi.data.Field;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// Any call with DISTINCT: hands a value on when the group gets its first row of it, and takes it back with the last.
///
/// State: its part of [DistinctMembers], beside what the call itself keeps. Within a batch a value may come and go; the
/// call sees the net of it, as its additions and subtractions cancel.
final class DistinctValues implements Accumulator {
    private final Accumulator call;
    private final DistinctMembers members;
    private final int place;
    private final CallRows transitions = new CallRows();

    /// @param place of the call among those that share the members; the first one looks after them
    DistinctValues(Accumulator call, DistinctMembers members, int place) {
        this.call = call;
        this.members = members;
        this.place = place;
    }

    @Override
    public int valueBytes() {
        return call.valueBytes();
    }

    @Override
    public void add(CallRows rows) {
        members.collectTransitions(rows, place, transitions);
        if (transitions.count > 0) {
            call.add(transitions);
        }
    }

    @Override
    public void settle(ChangedGroups changed) {
        if (place == 0) {
            members.settle();
        }
        call.settle(changed);
    }

    @Override
    public void writeResult(GroupStates groups, Field field, FieldVector vector) {
        call.writeResult(groups, field, vector);
    }

    @Override
    public void removeThrough(long micros) {
        if (place == 0) {
            members.removeThrough(micros);
        }
        call.removeThrough(micros);
    }

    @Override
    public void forget(long key, int length) {
        if (place == 0) {
            members.forget(key, length);
        }
        call.forget(key, length);
    }

    @Override
    public void close() {
        if (place == 0) {
            members.close();
        }
        call.close();
    }
}
