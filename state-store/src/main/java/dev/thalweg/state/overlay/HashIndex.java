package dev.thalweg.state.overlay;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.error.Unavailable;

/// Open addressing from hash to slot: one word an entry, the upper half of the key's hash above `slot + 1`, 0 where free.
///
/// The upper half, because the lower bits choose the key group and are the same for half of a task's keys. The table can
/// be rebuilt from itself, without a look at the keys. A removal shifts the run behind it back, so a probe sequence has no
/// tombstones and does not get longer with age.
final class HashIndex {
    private static final int CAPACITY_MIN = 1 << 8;
    private static final int CAPACITY_MAX = 1 << 30;

    private final OffHeap memory;
    private long table;
    private int mask;
    private int count;
    private int growAt;

    HashIndex(OffHeap memory) {
        this.memory = memory;
        allocate(CAPACITY_MIN);
    }

    /// Makes room for `more` entries, so that the next insertions do not move the table.
    void reserve(int more) {
        while (count + more > growAt) {
            grow();
        }
    }

    /// Where the probe for a hash begins.
    int home(int hash) {
        return hash & mask;
    }

    int next(int at) {
        return at + 1 & mask;
    }

    long entry(int at) {
        return Memory.getLong(table + ((long) at << 3));
    }

    static int hashOf(long entry) {
        return (int) (entry >>> 32);
    }

    static int slotOf(long entry) {
        return (int) entry - 1;
    }

    /// Adds an entry whose key is not there; [#reserve] has made room.
    void insert(int hash, int slot) {
        int at = home(hash);
        while (entry(at) != 0) {
            at = next(at);
        }
        set(at, (long) hash << 32 | slot + 1);
        count++;
    }

    void erase(int hash, int slot) {
        int hole = home(hash);
        while (slotOf(entry(hole)) != slot) {
            hole = next(hole);
        }
        int at = next(hole);
        for (long entry = entry(at); entry != 0; entry = entry(at)) {
            int distance = at - home(hashOf(entry)) & mask;
            if (distance >= (at - hole & mask)) {
                set(hole, entry);
                hole = at;
            }
            at = next(at);
        }
        set(hole, 0);
        count--;
    }

    int count() {
        return count;
    }

    /// Forgets everything; stays as large as it is.
    void empty() {
        memory.zero(table, (mask + 1L) << 3);
        count = 0;
    }

    /// Forgets everything; no larger than at first.
    void clear() {
        close();
        count = 0;
        allocate(CAPACITY_MIN);
    }

    void close() {
        memory.free(table, (mask + 1L) << 3);
    }

    private void set(int at, long entry) {
        Memory.putLong(table + ((long) at << 3), entry);
    }

    private void allocate(int capacity) {
        table = memory.allocateZeroed((long) capacity << 3);
        mask = capacity - 1;
        growAt = capacity / 8 * 5; // probes stay short, and the slots cost four times as much memory anyway
    }

    private void grow() {
        long old = table;
        int oldCapacity = mask + 1;
        if (oldCapacity == CAPACITY_MAX) {
            throw new Unavailable("THW-4505", "A state table has " + count
                    + " entries in one task, as many as fit. Share"
                    + " them among more tasks (thalweg.sql.tasks), or let state be freed (a watermark on its keys, a smaller"
                    + " window); the query goes on where it was.");
        }
        allocate(2 * oldCapacity);
        for (long i = 0; i < oldCapacity; i++) {
            long entry = Memory.getLong(old + (i << 3));
            if (entry != 0) {
                int at = home(hashOf(entry));
                while (entry(at) != 0) {
                    at = next(at);
                }
                set(at, entry);
            }
        }
        memory.free(old, (long) oldCapacity << 3);
    }
}
