package dev.thalweg.execution.operator.match;

import dev.thalweg.execution.hash.GroupTable;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.execution.operator.StateTables;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.Murmur3;
import dev.thalweg.state.StateTable;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/// What is known of each partition besides its rows, and when it is to be looked at again.
///
/// State: a table `partition -> matches found, rows kept from before the search, rows from there on that are in a match, whether it
/// waits for the end`, with an entry where one of them is not 0; and a table `time, partition` of those to be looked at when the
/// watermark passes the time.
final class PartitionStates implements AutoCloseable {
    private static final int HISTORY = 8;
    private static final int COVERED = 12;
    private static final int WAITS = 16;
    private static final int STATE_BYTES = 24;
    private static final int TIME_BYTES = 8;

    private final KeyedState states;
    private final KeyedState alarms;
    private final Scratch scratch;
    private final EncodedKeys one = new EncodedKeys(1);
    private final int[] slot = new int[1];
    private long[] alarmTime = new long[16];
    private int[] alarmPartition = new int[16];
    private int alarmCount;

    PartitionStates(String name, String partition, StateTables tables, BufferAllocator allocator) {
        this.states = tables.open(new StateTable(name + ".partitions", STATE_BYTES, false, false, partition,
                "matches BIGINT, history INT, covered INT, waits INT"));
        this.alarms = tables.open(new StateTable(name + ".alarms", TIME_BYTES, false, true,
                "time TIMESTAMP, " + partition, "hash BIGINT"));
        this.scratch = new Scratch(allocator);
    }

    /// Of one partition.
    ///
    /// @param matches how many have been found
    /// @param history so many of its rows lie before the search
    /// @param covered so many of those behind are in a match
    /// @param waits no time is known at which its open rows are decided, but for the end
    record State(long matches, int history, int covered, boolean waits) {
        static final State NEW = new State(0, 0, 0, false);
    }

    State get(GroupTable partitions, int id) {
        one.reset(1);
        one.set(0, partitions.keyAddress(id), partitions.keyLength(id), partitions.hash(id));
        states.find(one, slot);
        if (slot[0] == KeyedState.ABSENT) {
            return State.NEW;
        }
        long at = states.value(slot[0]);
        return new State(Memory.getLong(at), Memory.getInt(at + HISTORY), Memory.getInt(at + COVERED),
                Memory.getInt(at + WAITS) != 0);
    }

    void put(GroupTable partitions, int id, State state) {
        one.reset(1);
        one.set(0, partitions.keyAddress(id), partitions.keyLength(id), partitions.hash(id));
        if (state.equals(State.NEW)) {
            states.find(one, slot);
            if (slot[0] != KeyedState.ABSENT) {
                states.remove(slot[0]);
            }
            return;
        }
        states.findOrInsert(one, slot);
        states.touch(slot[0]);
        long at = states.value(slot[0]);
        Memory.putLong(at, state.matches());
        Memory.putInt(at + HISTORY, state.history());
        Memory.putInt(at + COVERED, state.covered());
        Memory.putInt(at + WAITS, state.waits() ? 1 : 0);
    }

    // ---- when to look again

    /// Adds the partitions whose time has come to those that the trigger has touched.
    void ring(long watermark, GroupTable partitions) {
        alarms.forEachThrough(watermark, due -> partitions.findOrInsert(Memory.getLong(alarms.value(due)),
                alarms.keyAddress(due) + TIME_BYTES, alarms.keyLength(due) - TIME_BYTES));
        alarms.removeThrough(watermark);
    }

    /// Looks at a partition again when the watermark has passed a time. Takes effect with [#settle].
    void wake(int id, long time) {
        if (alarmCount == alarmTime.length) {
            alarmTime = Arrays.copyOf(alarmTime, alarmCount * 2);
            alarmPartition = Arrays.copyOf(alarmPartition, alarmCount * 2);
        }
        alarmTime[alarmCount] = time;
        alarmPartition[alarmCount++] = id;
    }

    /// It does not wait for the end any more.
    void cancelEnd(GroupTable partitions, int id) {
        EncodedKeys keys = new EncodedKeys(1);
        keys.reset(1);
        key(keys, 0, scratch.reserve(2L * TIME_BYTES + partitions.keyLength(id)), Long.MAX_VALUE, partitions, id);
        alarms.find(keys, slot);
        if (slot[0] != KeyedState.ABSENT) {
            alarms.remove(slot[0]);
        }
    }

    /// The trigger is over.
    void settle(GroupTable partitions) {
        long total = 0;
        for (int i = 0; i < alarmCount; i++) {
            total += TIME_BYTES + partitions.keyLength(alarmPartition[i]);
        }
        long at = scratch.reserve(total + TIME_BYTES);
        EncodedKeys keys = new EncodedKeys(alarmCount);
        keys.reset(alarmCount);
        for (int i = 0; i < alarmCount; i++) {
            at = key(keys, i, at, alarmTime[i], partitions, alarmPartition[i]);
        }
        int[] slots = new int[alarmCount];
        alarms.findOrInsert(keys, slots);
        for (int i = 0; i < alarmCount; i++) {
            alarms.touch(slots[i]);
            Memory.putLong(alarms.value(slots[i]), partitions.hash(alarmPartition[i]));
        }
        alarmCount = 0;
    }

    /// @return where the next key may lie
    private static long key(EncodedKeys keys, int index, long at, long time, GroupTable partitions, int id) {
        int length = partitions.keyLength(id);
        Memory.putLong(at, Long.reverseBytes(time ^ Long.MIN_VALUE));
        Memory.copy(partitions.keyAddress(id), at + TIME_BYTES, length);
        keys.set(index, at, TIME_BYTES + length,
                KeyEncoder.owned(Murmur3.hash(at, TIME_BYTES + length), partitions.hash(id)));
        return at + TIME_BYTES + length;
    }

    @Override
    public void close() {
        scratch.close();
    }
}
