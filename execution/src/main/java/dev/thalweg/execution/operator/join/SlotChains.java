package dev.thalweg.execution.operator.join;

import java.util.Arrays;

/// The entries of a table by the hash of a key of theirs: a chain of slots for each upper half of a hash, in primitive arrays.
///
/// It is made from the table and never written: whoever resumes builds it again. Keys that share the half share a chain, so who
/// walks it compares keys. The half and the first slot of its chain are one number, so that a look is one cache miss.
/// Cost: one probe a key, 12 to 24 bytes a slot and 16 to 32 a chain.
/// **Source** linear probing with backward shift deletion, D. Knuth, The Art of Computer Programming 3, 6.4 algorithm R.
final class SlotChains {
    /// What it keeps for each slot of the table, about: as much as where each key is another and the arrays are three quarters full.
    static final int SLOT_BYTES = 44;
    static final int NONE = -1;

    private static final int FIRST_CAPACITY = 1024;
    private static final long EMPTY = -1;
    /// Stands where a slot is in no chain.
    private static final int UNLINKED = -2;

    /// Of each place the tag of its chain above the slot that is first in it.
    private long[] places = emptyPlaces(FIRST_CAPACITY);
    private int used;
    private int[] next = new int[0];
    private int[] previous = new int[0];
    private int[] tagOf = new int[0];

    private static long[] emptyPlaces(int capacity) {
        long[] places = new long[capacity];
        Arrays.fill(places, EMPTY);
        return places;
    }

    private static int tag(long hash) {
        return (int) (hash >>> 32);
    }

    private static long entry(int tag, int slot) {
        return (long) tag << 32 | slot;
    }

    boolean contains(int slot) {
        return slot < previous.length && previous[slot] != UNLINKED;
    }

    /// The first slot whose key may have this hash, or [#NONE].
    int first(long hash) {
        return (int) places[place(tag(hash))];
    }

    int next(int slot) {
        return next[slot];
    }

    void add(int slot, long hash) {
        reserve(slot);
        int tag = tag(hash);
        int place = place(tag);
        int head = (int) places[place];
        if (head == NONE) {
            used++;
        } else {
            previous[head] = slot;
        }
        next[slot] = head;
        previous[slot] = NONE;
        tagOf[slot] = tag;
        places[place] = entry(tag, slot);
        if (used * 2 > places.length) {
            grow();
        }
    }

    void remove(int slot) {
        int before = previous[slot];
        int after = next[slot];
        previous[slot] = UNLINKED;
        if (after != NONE) {
            previous[after] = before;
        }
        if (before != NONE) {
            next[before] = after;
            return;
        }
        int tag = tagOf[slot];
        int place = place(tag);
        if (after == NONE) {
            places[place] = EMPTY;
            used--;
            closeGap(place);
        } else {
            places[place] = entry(tag, after);
        }
    }

    /// Chains that were pushed on by the one that went take its place.
    private void closeGap(int gap) {
        int mask = places.length - 1;
        int hole = gap;
        for (int place = gap + 1 & mask; places[place] != EMPTY; place = place + 1 & mask) {
            int home = tag(places[place]) & mask;
            if ((place - home & mask) >= (place - hole & mask)) {
                places[hole] = places[place];
                places[place] = EMPTY;
                hole = place;
            }
        }
    }

    /// Where the chain of the tag is, or would be.
    private int place(int tag) {
        int mask = places.length - 1;
        int place = tag & mask;
        while (places[place] != EMPTY && tag(places[place]) != tag) {
            place = place + 1 & mask;
        }
        return place;
    }

    private void grow() {
        long[] old = places;
        places = emptyPlaces(old.length * 2);
        for (long each : old) {
            if (each != EMPTY) {
                places[place(tag(each))] = each;
            }
        }
    }

    private void reserve(int slot) {
        if (slot >= next.length) {
            int from = previous.length;
            int capacity = Math.max(slot + 1, Math.max(256, from * 2));
            next = Arrays.copyOf(next, capacity);
            previous = Arrays.copyOf(previous, capacity);
            Arrays.fill(previous, from, capacity, UNLINKED);
            tagOf = Arrays.copyOf(tagOf, capacity);
        }
    }
}
