package dev.thalweg.state.overlay;

import java.util.Arrays;

/// What a trigger has freed by time, with one range delete: up to where, and which entries of those in memory.
final class ExpiredEntries {
    private static final int CAPACITY_MIN = 16;

    private final OffHeap memory;
    private int[] slots = new int[CAPACITY_MIN];
    private int count;
    private boolean any;
    private long through;
    private long emptyThrough = Long.MIN_VALUE;

    ExpiredEntries(OffHeap memory) {
        this.memory = memory;
    }

    void add(int slot) {
        if (count == slots.length) {
            memory.take(4L * count);
            slots = Arrays.copyOf(slots, count * 2);
        }
        slots[count++] = slot;
    }

    int count() {
        return count;
    }

    int slot(int index) {
        return slots[index];
    }

    /// @param found whether there was an entry to free
    void extendThrough(long micros, boolean found) {
        emptyThrough = Math.max(emptyThrough, micros);
        if (found) {
            through = any ? Math.max(through, micros) : micros;
            any = true;
        }
    }

    /// There is no entry at or below that time, whether there was one or not.
    long emptyThrough() {
        return emptyThrough;
    }

    boolean any() {
        return any;
    }

    long through() {
        return through;
    }

    /// Whether an entry that was there when the trigger began is gone.
    boolean covers(long key) {
        return any && ResidentEntries.timeOf(key) <= through;
    }

    void reset() {
        count = 0;
        any = false;
        emptyThrough = Long.MIN_VALUE;
    }

    void close() {
        memory.take(-4L * (slots.length - CAPACITY_MIN));
        slots = new int[CAPACITY_MIN];
    }
}
