package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.StateTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.arrow.memory.BufferAllocator;

/// Remembers of each key when a row last reached it, by the clock of the triggers, and forgets the keys that none has reached
/// for their time to live.
///
/// State: 8 bytes more in each entry of the operator's table; a table `time, key` of when each key is looked at again.
/// Cost: a key that is made, one entry more; a sixteenth of its time to live later the next row that reaches it writes the time
/// anew; when that has come, a look at the keys that may have to go, and no look at the others. So a key lives as long as it is
/// to, and at most an eighth longer.
/// Thread: one task.
final class UsedKeys implements StateTables, AutoCloseable {
    private static final int STEPS = 16;
    private static final int TIME_BYTES = 8;

    private final StateTables tables;
    private final BufferAllocator allocator;
    private final LongSupplier clock;
    private final long liveMicros;
    private final long stepMicros;
    private final List<Used> opened = new ArrayList<>();

    /// @param clock of the trigger that runs, in microseconds
    /// @param liveMicros how long a key is kept that no row reaches
    UsedKeys(StateTables tables, BufferAllocator allocator, LongSupplier clock, long liveMicros) {
        this.tables = tables;
        this.allocator = allocator;
        this.clock = clock;
        this.liveMicros = liveMicros;
        this.stepMicros = Math.max(1, liveMicros / STEPS);
    }

    /// **Errors** `THW-3352` for a second table: what an operator keeps beside its keys would stay when they go
    @Override
    public KeyedState open(StateTable table) {
        if (!opened.isEmpty() || table.timeFirst()) {
            throw new InvalidQuery("THW-3352", "A time to live was asked for state that cannot be forgotten key by key:"
                    + " an aggregate keeps the values of its groups in " + table.name() + ". Take DISTINCT before, in a"
                    + " subquery, SELECT k, count(*) FROM (SELECT DISTINCT k, v …) GROUP BY k; or an approximate"
                    + " function; or leave stateTtl out.");
        }
        StateTable longer = new StateTable(table.name(), table.valueBytes() + TIME_BYTES, table.hasTail(), false,
                table.keyType(), table.valueType() + ", used TIMESTAMP");
        Used used = new Used(tables.open(longer), table.valueBytes(),
                new DueKeys(table.name() + ".due", table.keyType(), tables, allocator));
        opened.add(used);
        return used;
    }

    /// Removes the keys whose time has come.
    void forget() {
        opened.forEach(Used::forget);
    }

    /// At which clock a key may have to go.
    long dueMicros() {
        return opened.stream().mapToLong(used -> used.due.earliest()).min().orElse(Long.MAX_VALUE);
    }

    /// Rounded up, so that keys go together.
    private long leavesAt(long usedAt) {
        if (usedAt > Long.MAX_VALUE - liveMicros - 2 * stepMicros) {
            return Long.MAX_VALUE;
        }
        return -Math.floorDiv(-(usedAt + liveMicros + stepMicros), stepMicros) * stepMicros;
    }

    @Override
    public void close() {
        opened.forEach(Used::release);
    }

    /// A table that notes when its keys are used.
    private final class Used extends ForwardingState {
        private final int usedOffset;
        private final DueKeys due;
        private final EncodedKeys made = new EncodedKeys(0);
        private final Scratch kept = new Scratch(allocator);
        private long keptBytes;
        private int keptCount;
        private long[] hashes = new long[0];
        private int[] lengths = new int[0];
        private long[] leaves = new long[0];
        private int[] slots = new int[0];

        Used(KeyedState table, int usedOffset, DueKeys due) {
            super(table);
            this.usedOffset = usedOffset;
            this.due = due;
        }

        @Override
        public int findOrInsert(EncodedKeys keys, int[] found) {
            int count = super.findOrInsert(keys, found);
            long now = Math.max(1, clock.getAsLong());
            if (leaves.length < keys.count()) {
                leaves = new long[keys.count()];
            }
            made.reset(count);
            int fresh = 0;
            for (int i = 0; i < keys.count(); i++) {
                long at = value(found[i]) + usedOffset;
                long before = Memory.getLong(at);
                if (before == 0) { // a new entry
                    Memory.putLong(at, now);
                    made.set(fresh, keys.address(i), keys.length(i), keys.hash(i));
                    leaves[fresh++] = leavesAt(now);
                } else if (now - before >= stepMicros) {
                    touch(found[i]);
                    Memory.putLong(at, now);
                }
            }
            if (fresh > 0) {
                due.add(made, leaves);
            }
            return count;
        }

        private void forget() {
            long now = clock.getAsLong();
            keptBytes = 0;
            keptCount = 0;
            due.take(now, keys -> look(keys, now));
            if (keptCount > 0) {
                due.add(stillUsed(), leaves);
            }
        }

        private void look(EncodedKeys keys, long now) {
            if (slots.length < keys.count()) {
                slots = new int[keys.count()];
            }
            find(keys, slots);
            for (int i = 0; i < keys.count(); i++) {
                if (slots[i] == ABSENT) {
                    continue; // no row is left of it
                }
                long leavesAt = leavesAt(Memory.getLong(value(slots[i]) + usedOffset));
                if (leavesAt <= now) {
                    touch(slots[i]); // what was there before stays as it was, whatever is done to it now
                    remove(slots[i]);
                } else {
                    keep(keys, i, leavesAt);
                }
            }
        }

        /// Copies a key that stays: it is looked at again later.
        private void keep(EncodedKeys keys, int i, long leavesAt) {
            if (keptCount == hashes.length || keptCount >= leaves.length) {
                int capacity = Math.max(1024, keptCount * 2);
                hashes = Arrays.copyOf(hashes, capacity);
                lengths = Arrays.copyOf(lengths, capacity);
                leaves = Arrays.copyOf(leaves, Math.max(capacity, leaves.length));
            }
            int length = keys.length(i);
            long to = kept.grow(keptBytes, keptBytes + length + 8) + keptBytes;
            Memory.copy(keys.address(i), to, length);
            keptBytes += length;
            hashes[keptCount] = keys.hash(i);
            lengths[keptCount] = length;
            leaves[keptCount++] = leavesAt;
        }

        private EncodedKeys stillUsed() {
            long at = kept.grow(keptBytes, keptBytes);
            made.reset(keptCount);
            for (int i = 0; i < keptCount; i++) {
                made.set(i, at, lengths[i], hashes[i]);
                at += lengths[i];
            }
            return made;
        }

        private void release() {
            due.close();
            kept.close();
        }
    }
}
