package dev.thalweg.state.overlay;

import java.util.Arrays;

/// Which entries a watermark frees, without a look at the others: a radix heap of (event time, slot).
///
/// An entry waits in the bucket named by the highest bit in which its time differs from the last time that was collected.
/// Time moves forward, so a collection empties the lower buckets, deals one out anew, and touches no other; an entry moves
/// down at most 64 times in its life. Removed entries are not taken out: the table knows a stale one when it meets it, and
/// has the index rebuilt when most are stale. **Cost** 12 bytes an entry.
final class TimeIndex {
    private final OffHeap memory;
    private final Pairs[] buckets = new Pairs[65];
    private final Pairs due;
    private long last = Long.MIN_VALUE;
    private int waiting;
    private boolean ordered = true;

    TimeIndex(OffHeap memory) {
        this.memory = memory;
        due = new Pairs();
        for (int i = 0; i < buckets.length; i++) {
            buckets[i] = new Pairs();
        }
    }

    void add(long time, int slot) {
        buckets[time <= last ? 0 : bucket(time)].add(time, slot);
        waiting++;
    }

    /// No entry that waits has an earlier time; `Long.MAX_VALUE` where none does.
    long earliest() {
        for (Pairs bucket : buckets) { // those of a lower one are earlier
            if (bucket.count > 0) {
                return bucket.earliest;
            }
        }
        return Long.MAX_VALUE;
    }

    int size() {
        return waiting + due.count;
    }

    /// Puts the entries at or below `through` among those that are due, in no order: about that in which they were added.
    void collect(long through) {
        int dueBefore = due.count;
        if (through > last) {
            int top = bucket(through);
            for (int i = 0; i < top; i++) {
                buckets[i].moveTo(due);
            }
            Pairs mixed = buckets[top];
            long[] times = mixed.times;
            int[] slots = mixed.slots;
            int count = mixed.count;
            mixed.forget();
            last = through;
            for (int i = 0; i < count; i++) {
                (times[i] <= through ? due : buckets[bucket(times[i])]).add(times[i], slots[i]);
            }
            memory.take(-12L * times.length);
        } else {
            buckets[0].moveTo(due);
        }
        waiting -= due.count - dueBefore;
        ordered &= due.count == dueBefore;
    }

    /// Puts what is due in order of time and slot.
    void sortDue() {
        if (!ordered) {
            due.sort();
            ordered = true;
        }
    }

    int dueCount() {
        return due.count;
    }

    long dueTime(int index) {
        return due.times[index];
    }

    int dueSlot(int index) {
        return due.slots[index];
    }

    /// Keeps only the due entries that the table still has.
    void retainDue(Entries entries) {
        int kept = 0;
        for (int i = 0; i < due.count; i++) {
            if (entries.has(due.times[i], due.slots[i])) {
                due.times[kept] = due.times[i];
                due.slots[kept++] = due.slots[i];
            }
        }
        due.count = kept;
    }

    /// Forgets everything; the table adds its entries again.
    void clear() {
        for (Pairs bucket : buckets) {
            bucket.release();
        }
        due.release();
        ordered = true;
        waiting = 0;
    }

    private int bucket(long time) {
        return 64 - Long.numberOfLeadingZeros(time ^ last);
    }

    interface Entries {
        boolean has(long time, int slot);
    }

    private final class Pairs {
        private static final long[] NO_TIMES = {};
        private static final int[] NO_SLOTS = {};

        private long[] times = NO_TIMES;
        private int[] slots = NO_SLOTS;
        private int count;
        private long earliest = Long.MAX_VALUE;

        void add(long time, int slot) {
            if (count == times.length) {
                reserve(1);
            }
            times[count] = time;
            slots[count++] = slot;
            earliest = Math.min(earliest, time);
        }

        void moveTo(Pairs other) {
            if (count > 0) {
                other.reserve(count);
                System.arraycopy(times, 0, other.times, other.count, count);
                System.arraycopy(slots, 0, other.slots, other.count, count);
                other.count += count;
                release();
            }
        }

        void sort() {
            PairSort.sort(times, slots, 0, count);
            int from = 0;
            for (int i = 1; i <= count; i++) {
                if (i == count || times[i] != times[from]) {
                    if (i - from > 1) {
                        Arrays.sort(slots, from, i);
                    }
                    from = i;
                }
            }
        }

        void reserve(int more) {
            if (count + more > times.length) {
                int capacity = Math.max(count + more, Math.max(16, times.length + (times.length >> 1)));
                memory.take(12L * (capacity - times.length));
                times = Arrays.copyOf(times, capacity);
                slots = Arrays.copyOf(slots, capacity);
            }
        }

        void release() {
            memory.take(-12L * times.length);
            forget();
        }

        void forget() {
            times = NO_TIMES;
            slots = NO_SLOTS;
            count = 0;
            earliest = Long.MAX_VALUE;
        }
    }
}
