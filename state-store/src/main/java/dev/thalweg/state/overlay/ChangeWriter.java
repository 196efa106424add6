package dev.thalweg.state.overlay;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.KeyGroups;

/// Writes what a trigger changed in a table, at most one operation a key, in the order of their first change.
///
/// They are not sorted: the log does not ask for it, and what brings them to RocksDB sees many triggers' at once.
final class ChangeWriter {
    static final int PUT = 0;
    static final int DELETE = 1;
    /// Type, group, length.
    private static final int KEY_HEADER_BYTES = 6;

    /// So many entries say how long one is, a multiple of a block.
    private static final int SAMPLE = 16 * BlockLookup.BLOCK;

    private final SlotStore slots;
    private final TriggerChanges changes;
    private int firstGroup;
    private int lastGroup;
    @SuppressWarnings("UnusedVariable") // what is loaded ahead must go somewhere, or the JIT drops the loads
    private long loaded;

    ChangeWriter(SlotStore slots, TriggerChanges changes) {
        this.slots = slots;
        this.changes = changes;
    }

    /// Writes the changes as operations, and returns how many those were.
    int write(ByteSink out) {
        firstGroup = KeyGroups.COUNT;
        lastGroup = -1;
        int begin = out.size();
        int total = changes.count();
        out.reserveAtMost((long) Math.min(total, SAMPLE) * slots.storedBytes());
        int count = 0;
        for (int from = 0; from < total; from += BlockLookup.BLOCK) {
            if (from == SAMPLE) { // keys and tails have any length: the first ones tell how long the others are likely to be
                out.reserveAtMost((out.size() - begin) * (total - SAMPLE + total / 16L) / SAMPLE);
            }
            int to = Math.min(from + BlockLookup.BLOCK, total);
            load(from, to);
            count += write(from, to, out);
        }
        return count;
    }

    /// Entries lie anywhere in memory: no load of this loop waits for another.
    private void load(int from, int to) {
        long seen = 0;
        for (int i = from; i < to; i++) {
            seen += slots.load(changes.slot(i));
        }
        loaded = seen;
    }

    private int write(int from, int to, ByteSink out) {
        int count = 0;
        for (int i = from; i < to; i++) {
            if (isSilent(i)) {
                continue;
            }
            int slot = changes.slot(i);
            int group = slots.group(slot);
            firstGroup = Math.min(firstGroup, group);
            lastGroup = Math.max(lastGroup, group);
            if (changes.is(i, TriggerChanges.REMOVED)) {
                int keyLength = slots.keyLength(slot);
                writeKey(DELETE, slot, keyLength, out.claim(KEY_HEADER_BYTES + keyLength));
            } else {
                writePut(slot, out);
            }
            count++;
        }
        return count;
    }

    /// What nobody must hear of: what came and went within the trigger, and what the range delete covers.
    private boolean isSilent(int change) {
        return changes.is(change, TriggerChanges.REMOVED)
                && (changes.is(change, TriggerChanges.MADE) || changes.is(change, TriggerChanges.EXPIRED));
    }

    /// Whether all that was written last is of these key groups.
    boolean wroteOnly(KeyGroups owned) {
        return lastGroup < 0 || (owned.first() <= firstGroup && lastGroup <= owned.last());
    }

    /// Writes an entry as it is.
    void writePut(int slot, ByteSink out) {
        int keyLength = slots.keyLength(slot);
        int tailLength = slots.tailLength(slot);
        int valueLength = 4 + slots.valueBytes() + tailLength;
        long at = writeKey(PUT, slot, keyLength, out.claim(KEY_HEADER_BYTES + keyLength + 4 + valueLength));
        Memory.putInt(at, valueLength);
        Memory.putInt(at + 4, slots.hash(slot));
        Memory.copyFew(slots.value(slot), at + 8, slots.valueBytes());
        if (tailLength > 0) {
            Memory.copy(slots.tail(slot), at + 8 + slots.valueBytes(), tailLength);
        }
    }

    /// @return behind it
    private long writeKey(int type, int slot, int keyLength, long at) {
        Memory.putByte(at, (byte) type);
        Memory.putByte(at + 1, (byte) slots.group(slot));
        Memory.putInt(at + 2, keyLength);
        Memory.copyFew(slots.keyAddress(slot), at + KEY_HEADER_BYTES, keyLength);
        return at + KEY_HEADER_BYTES + keyLength;
    }
}
