package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.hash.GroupTable;
import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.execution.operator.StateTables;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.StateTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/// What the rows of each partition come to that are kept no more, for functions that look at all rows before.
///
/// State: a table `partition -> rows, groups`, and behind them for each function the state of an aggregate, and the row whose value
/// it takes.
final class PassedRows implements AutoCloseable {
    private static final int GROUPS = 8;
    private static final int VALUE_BYTES = 16;
    /// Of each function: the lengths of its state and its row, and how many rows it has counted.
    private static final int ROW_LENGTH = 4;
    private static final int COUNTED = 8;
    private static final int HEAD = 16;

    private final KeyedState partitions;
    private final Scratch scratch;
    private final EncodedKeys one = new EncodedKeys(1);
    private final int[] slot = new int[1];

    PassedRows(String name, String partition, StateTables tables, BufferAllocator allocator) {
        this.partitions = tables.open(new StateTable(name + ".passed", VALUE_BYTES, true, false, partition,
                "rows BIGINT, groups BIGINT, functions BINARY"));
        this.scratch = new Scratch(allocator);
    }

    /// Of one partition.
    ///
    /// @param rows how many they are
    /// @param groups how many of them differ in their order
    /// @param calls of each function what it keeps; none where there are no rows
    record Passed(int rows, int groups, List<Kept> calls) {
        static final Passed NONE = new Passed(0, 0, List.of());
    }

    /// What a function keeps.
    ///
    /// @param row the bytes of the row whose value it takes; empty where there is none
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two
    record Kept(byte[] state, byte[] row, long counted) {}

    Passed get(GroupTable touched, int id) {
        one.reset(1);
        one.set(0, touched.keyAddress(id), touched.keyLength(id), touched.hash(id));
        partitions.find(one, slot);
        if (slot[0] == KeyedState.ABSENT) {
            return Passed.NONE;
        }
        long value = partitions.value(slot[0]);
        long at = partitions.tail(slot[0]);
        long end = at + partitions.tailLength(slot[0]);
        List<Kept> calls = new ArrayList<>();
        while (at < end) {
            byte[] state = new byte[Memory.getInt(at)];
            byte[] row = new byte[Memory.getInt(at + ROW_LENGTH)];
            Memory.copy(at + HEAD, state, 0, state.length);
            Memory.copy(at + HEAD + state.length, row, 0, row.length);
            calls.add(new Kept(state, row, Memory.getLong(at + COUNTED)));
            at += HEAD + state.length + row.length;
        }
        return new Passed(Math.toIntExact(Memory.getLong(value)), Math.toIntExact(Memory.getLong(value + GROUPS)),
                calls);
    }

    void put(GroupTable touched, int id, Passed passed) {
        long length = 0;
        for (Kept kept : passed.calls()) {
            length += HEAD + kept.state().length + kept.row().length;
        }
        long begin = scratch.reserve(length + 8);
        long at = begin;
        for (Kept kept : passed.calls()) {
            Memory.putInt(at, kept.state().length);
            Memory.putInt(at + ROW_LENGTH, kept.row().length);
            Memory.putLong(at + COUNTED, kept.counted());
            Memory.copy(kept.state(), 0, at + HEAD, kept.state().length);
            Memory.copy(kept.row(), 0, at + HEAD + kept.state().length, kept.row().length);
            at += HEAD + kept.state().length + kept.row().length;
        }
        one.reset(1);
        one.set(0, touched.keyAddress(id), touched.keyLength(id), touched.hash(id));
        partitions.findOrInsert(one, slot);
        partitions.touch(slot[0]);
        Memory.putLong(partitions.value(slot[0]), passed.rows());
        Memory.putLong(partitions.value(slot[0]) + GROUPS, passed.groups());
        partitions.setTail(slot[0], begin, Math.toIntExact(length));
    }

    void remove(GroupTable touched, int id) {
        one.reset(1);
        one.set(0, touched.keyAddress(id), touched.keyLength(id), touched.hash(id));
        partitions.find(one, slot);
        if (slot[0] != KeyedState.ABSENT) {
            partitions.remove(slot[0]);
        }
    }

    @Override
    public void close() {
        scratch.close();
    }
}
