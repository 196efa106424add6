package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.KeyedState.SlotVisitor;
import dev.thalweg.state.StateTable;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.apache.arrow.memory.BufferAllocator;

/// Remembers of each key when a row last reached it, by the clock of the triggers, and says which of them none has reached for
/// their time to live.
///
/// State: 8 bytes more in each entry of the operator's keys; a table `time, key` of when each key is looked at again.
/// Cost: a key that is made, one entry more; a sixteenth of its time to live later the next row that reaches it writes the time
/// anew; when that has come, a look at the keys that may have to go, and no look at the others. So a key lives as long as it is
/// to, and at most an eighth longer.
/// Thread: one task.
public final class UsedKeys implements StateTables, AutoCloseable {
    private static final int STEPS = 16;
    private static final int TIME_BYTES = 8;

    private final StateTables tables;
    private final BufferAllocator allocator;
    private final LongSupplier clock;
    private final long liveMicros;
    private final long stepMicros;
    private Optional<Used> keys = Optional.empty();
    private boolean forEver;

    /// @param clock of the trigger that runs, in microseconds
    /// @param liveMicros how long a key is kept that no row reaches
    public UsedKeys(StateTables tables, BufferAllocator allocator, LongSupplier clock, long liveMicros) {
        this.tables = tables;
        this.allocator = allocator;
        this.clock = clock;
        this.liveMicros = liveMicros;
        this.stepMicros = Math.max(1, liveMicros / STEPS);
    }

    /// A table beside that of the keys: the operator lets go of what is in it when a key goes.
    @Override
    public KeyedState open(StateTable table) {
        return tables.open(table);
    }

    @Override
    public boolean forgets() {
        return true;
    }

    @Override
    public KeyedState openKeys(StateTable table) {
        if (keys.isPresent() || table.timeFirst()) {
            throw new Defect("THW-9527", "Keys of " + table.name() + " were to have a time to live beside others or the"
                    + " watermark. Please send the query and EXPLAIN STATE of it.");
        }
        StateTable longer = new StateTable(table.name(), table.valueBytes() + TIME_BYTES, table.hasTail(), false,
                table.keyType(), table.valueType() + ", used TIMESTAMP", table.keyBytes());
        Used used = new Used(tables.open(longer), table.valueBytes(),
                new DueKeys(table.name() + ".due", table.keyType(), tables, allocator));
        keys = Optional.of(used);
        return used;
    }

    /// Whether the rows that reach keys from now on keep them for ever: those of a table, which come once.
    void keepForEver(boolean isTable) {
        forEver = isTable;
    }

    /// Hands over the slots of the keys whose time has come; they are not looked at again.
    ///
    /// @param gone changes no other entry of the table
    public void forget(SlotVisitor gone) {
        keys.ifPresent(used -> used.forget(gone));
    }

    /// Removes the keys whose time has come.
    void remove() {
        keys.ifPresent(used -> used.forget(slot -> {
            used.touch(slot); // what was there before stays as it was, whatever is done to it now
            used.remove(slot);
        }));
    }

    /// At which clock a key may have to go.
    public long dueMicros() {
        return keys.map(used -> used.due.earliest()).orElse(Long.MAX_VALUE);
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
        keys.ifPresent(Used::release);
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
            long now = forEver ? Long.MAX_VALUE : Math.max(1, clock.getAsLong());
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

        private void forget(SlotVisitor gone) {
            long now = clock.getAsLong();
            keptBytes = 0;
            keptCount = 0;
            due.take(now, keys -> look(keys, now, gone));
            if (keptCount > 0) {
                due.add(stillUsed(), leaves);
            }
        }

        private void look(EncodedKeys keys, long now, SlotVisitor gone) {
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
                    gone.visit(slots[i]);
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
