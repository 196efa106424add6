package dev.thalweg.state.overlay;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.KeyGroups;
import java.util.Arrays;

/// Writes what a trigger changed in a table, at most one operation a key, sorted by key group and then by key as bytes.
///
/// Sorted, so that RocksDB takes them in order and many triggers merge in one pass. The sort takes eight bytes of the key
/// at a time: keys with a common beginning, such as a window's, are compared word by word and never from their start.
final class ChangeWriter {
    static final int PUT = 0;
    static final int DELETE = 1;

    private static final int SORT_BYTES = 4 + 4 + 1 + 8;

    private final OffHeap memory;
    private final SlotStore slots;
    private final TriggerChanges changes;
    private int[] order = new int[0];
    private int[] sorted = new int[0];
    private byte[] groups = new byte[0];
    private long[] words = new long[0];
    private final int[] groupEnds = new int[KeyGroups.COUNT + 1];

    ChangeWriter(OffHeap memory, SlotStore slots, TriggerChanges changes) {
        this.memory = memory;
        this.slots = slots;
        this.changes = changes;
    }

    /// Writes the changes as operations, and returns how many those were.
    int write(ByteSink out) {
        int count = gather();
        groupBy(count);
        int from = 0;
        for (int group = 0; group < KeyGroups.COUNT; group++) {
            int to = groupEnds[group];
            if (to > from) {
                sort(from, to, 0);
                for (int i = from; i < to; i++) {
                    writeOperation(group, sorted[i], out);
                }
                from = to;
            }
        }
        return count;
    }

    /// Whether all that was written last is of these key groups.
    boolean wroteOnly(KeyGroups owned) {
        int below = owned.first() == 0 ? 0 : groupEnds[owned.first() - 1];
        return below == 0 && groupEnds[owned.last()] == groupEnds[KeyGroups.COUNT - 1];
    }

    /// The changes that someone must hear of: not what came and went within the trigger, nor what the range delete covers.
    private int gather() {
        int all = changes.count();
        if (order.length < all) {
            int capacity = Math.max(all, order.length + (order.length >> 1));
            memory.take((long) SORT_BYTES * (capacity - order.length));
            resize(capacity);
        } else if (TriggerChanges.isRoomy(order.length, all)) {
            memory.take(-(long) SORT_BYTES * (order.length - order.length / 2));
            resize(order.length / 2);
        }
        int count = 0;
        for (int i = 0; i < all; i++) {
            boolean silent = changes.is(i, TriggerChanges.REMOVED)
                    && (changes.is(i, TriggerChanges.MADE) || changes.is(i, TriggerChanges.EXPIRED));
            if (!silent) {
                order[count++] = changes.slot(i);
            }
        }
        return count;
    }

    private void resize(int capacity) {
        order = new int[capacity];
        sorted = new int[capacity];
        groups = new byte[capacity];
        words = new long[capacity];
    }

    /// Gives back all memory that was needed once.
    void trim() {
        memory.take(-(long) SORT_BYTES * order.length);
        resize(0);
    }

    private void groupBy(int count) {
        Arrays.fill(groupEnds, 0);
        for (int i = 0; i < count; i++) {
            int group = slots.group(order[i]);
            groups[i] = (byte) group;
            groupEnds[group + 1]++;
        }
        for (int group = 0; group < KeyGroups.COUNT; group++) {
            groupEnds[group + 1] += groupEnds[group];
        }
        for (int i = 0; i < count; i++) {
            sorted[groupEnds[groups[i]]++] = order[i]; // a begin becomes the end of its group
        }
    }

    /// The longest run of keys that are alike so far is sorted on in the loop, only the others by recursion: the stack stays
    /// logarithmic, however many bytes the keys have in common.
    private void sort(int first, int end, int firstDepth) {
        int from = first;
        int to = end;
        int depth = firstDepth;
        while (to - from > 1) {
            boolean exhausted = takeWords(from, to, depth);
            PairSort.sort(words, sorted, from, to);
            if (exhausted) {
                return;
            }
            depth += 8;
            int longest = from;
            int longestEnd = from;
            for (int run = from, runEnd; run < to; run = runEnd) {
                runEnd = runEnd(run, to);
                if (runEnd - run > longestEnd - longest) {
                    longest = run;
                    longestEnd = runEnd;
                }
            }
            for (int run = from, runEnd; run < to; run = runEnd) {
                runEnd = runEnd(run, to);
                if (run != longest && runEnd - run > 1) {
                    sort(run, runEnd, depth);
                }
            }
            from = longest;
            to = longestEnd;
        }
    }

    /// @return whether no key has bytes at this depth; the lengths are taken then, as the keys are the same but for zeros at
    ///         their ends and the shorter comes first
    private boolean takeWords(int from, int to, int depth) {
        boolean exhausted = true;
        for (int i = from; i < to; i++) {
            int length = slots.keyLength(sorted[i]);
            exhausted &= length <= depth;
            words[i] = word(slots.keyAddress(sorted[i]) + depth, length - depth);
        }
        for (int i = from; exhausted && i < to; i++) {
            words[i] = slots.keyLength(sorted[i]);
        }
        return exhausted;
    }

    private int runEnd(int run, int to) {
        int at = run + 1;
        while (at < to && words[at] == words[run]) {
            at++;
        }
        return at;
    }

    /// The next bytes of a key, zeros behind its end, as a long that orders as they do.
    private static long word(long address, int bytes) {
        if (bytes >= 8) {
            return Long.reverseBytes(Memory.getLong(address)) ^ Long.MIN_VALUE;
        }
        long word = 0;
        for (int i = 0; i < 8; i++) {
            word = word << 8 | (i < bytes ? Memory.getByte(address + i) & 0xff : 0);
        }
        return word ^ Long.MIN_VALUE;
    }

    private void writeOperation(int group, int slot, ByteSink out) {
        boolean removed = changes.is(slots.change(slot) - 1, TriggerChanges.REMOVED);
        if (removed) {
            writeKey(DELETE, group, slot, out);
        } else {
            writePut(slot, out);
        }
    }

    /// Writes an entry as it is.
    void writePut(int slot, ByteSink out) {
        writeKey(PUT, slots.group(slot), slot, out);
        int tailLength = slots.tailLength(slot);
        out.putInt(4 + slots.valueBytes() + tailLength);
        out.putInt(slots.hash(slot));
        out.putBytes(slots.value(slot), slots.valueBytes());
        if (tailLength > 0) {
            out.putBytes(slots.tail(slot), tailLength);
        }
    }

    private void writeKey(int type, int group, int slot, ByteSink out) {
        int keyLength = slots.keyLength(slot);
        out.putByte(type);
        out.putByte(group);
        out.putInt(keyLength);
        out.putBytes(slots.keyAddress(slot), keyLength);
    }
}
