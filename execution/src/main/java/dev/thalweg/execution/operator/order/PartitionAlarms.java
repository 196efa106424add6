package dev.thalweg.execution.operator.order;

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

/// When each partition is to be looked at again, though no row of it comes: rows in it wait for the watermark.
///
/// State: a table `time, partition`; an entry goes when the watermark passes its time.
public final class PartitionAlarms implements AutoCloseable {
    private static final int TIME_BYTES = 8;

    private final KeyedState alarms;
    private final Scratch scratch;
    private final int[] slot = new int[1];
    private long[] alarmTime = new long[16];
    private int[] alarmPartition = new int[16];
    private int alarmCount;

    /// @param partition its columns, for people
    public PartitionAlarms(String name, String partition, StateTables tables, BufferAllocator allocator) {
        this.alarms = tables.open(new StateTable(name + ".alarms", TIME_BYTES, false, true,
                "time TIMESTAMP, " + partition, "hash BIGINT"));
        this.scratch = new Scratch(allocator);
    }

    /// Adds the partitions whose time has come to those that the trigger has touched.
    public void ring(long watermark, GroupTable partitions) {
        alarms.forEachThrough(watermark, due -> partitions.findOrInsert(Memory.getLong(alarms.value(due)),
                alarms.keyAddress(due) + TIME_BYTES, alarms.keyLength(due) - TIME_BYTES));
        alarms.removeThrough(watermark);
    }

    /// Looks at a partition again when the watermark has passed a time. Takes effect with [#settle].
    public void wake(int id, long time) {
        if (alarmCount == alarmTime.length) {
            alarmTime = Arrays.copyOf(alarmTime, alarmCount * 2);
            alarmPartition = Arrays.copyOf(alarmPartition, alarmCount * 2);
        }
        alarmTime[alarmCount] = time;
        alarmPartition[alarmCount++] = id;
    }

    /// Takes back that a partition was to be looked at when the watermark passes a time.
    public void cancel(GroupTable partitions, int id, long time) {
        EncodedKeys keys = new EncodedKeys(1);
        keys.reset(1);
        key(keys, 0, scratch.reserve(2L * TIME_BYTES + partitions.keyLength(id)), time, partitions, id);
        alarms.find(keys, slot);
        if (slot[0] != KeyedState.ABSENT) {
            alarms.remove(slot[0]);
        }
    }

    /// The trigger is over.
    public void settle(GroupTable partitions) {
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
