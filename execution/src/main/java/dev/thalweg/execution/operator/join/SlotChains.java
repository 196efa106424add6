package dev.thalweg.execution.operator.join;

import java.util.Arrays;

/// The entries of a table by the hash of a key of theirs: a chain of slots for each hash, in primitive arrays.
///
/// It is made from the table and never written: whoever resumes builds it again. Two keys of one hash share a chain, so who
/// walks it compares keys.
/// Cost: one probe a key, 16 bytes a slot and 24 a hash.
/// **Source** linear probing with backward shift deletion, D. Knuth, The Art of Computer Programming 3, 6.4 algorithm R.
final class SlotChains {
    /// What it keeps for each slot of the table.
    static final int SLOT_BYTES = 40;
    static final int NONE = -1;

    private static final int FIRST_CAPACITY = 1024;

    /// Of each place its hash; of any worth where no slot is in it.
    private long[] hashes = new long[FIRST_CAPACITY];
    private int[] heads = emptyHeads(FIRST_CAPACITY);
    private int used;
    private int[] next = new int[0];
    private int[] previous = new int[0];
    private long[] hashOf = new long[0];
    /// Whether a slot is in a chain.
    private boolean[] linked = new boolean[0];

    private static int[] emptyHeads(int capacity) {
        int[] heads = new int[capacity];
        Arrays.fill(heads, NONE);
        return heads;
    }

    boolean contains(int slot) {
        return slot < linked.length && linked[slot];
    }

    /// The first slot whose key has this hash, or [#NONE].
    int first(long hash) {
        return heads[place(hash)];
    }

    int next(int slot) {
        return next[slot];
    }

    void add(int slot, long hash) {
        reserve(slot);
        int place = place(hash);
        int head = heads[place];
        if (head == NONE) {
            hashes[place] = hash;
            used++;
        } else {
            previous[head] = slot;
        }
        next[slot] = head;
        previous[slot] = NONE;
        hashOf[slot] = hash;
        linked[slot] = true;
        heads[place] = slot;
        if (used * 2 > heads.length) {
            grow();
        }
    }

    void remove(int slot) {
        int before = previous[slot];
        int after = next[slot];
        linked[slot] = false;
        if (after != NONE) {
            previous[after] = before;
        }
        if (before != NONE) {
            next[before] = after;
            return;
        }
        int place = place(hashOf[slot]);
        heads[place] = after;
        if (after == NONE) {
            used--;
            closeGap(place);
        }
    }

    /// Hashes that were pushed on by the one that went take its place.
    private void closeGap(int gap) {
        int mask = heads.length - 1;
        int hole = gap;
        for (int place = gap + 1 & mask; heads[place] != NONE; place = place + 1 & mask) {
            int home = home(hashes[place]);
            if ((place - home & mask) >= (place - hole & mask)) {
                hashes[hole] = hashes[place];
                heads[hole] = heads[place];
                heads[place] = NONE;
                hole = place;
            }
        }
    }

    private int place(long hash) {
        int mask = heads.length - 1;
        int place = home(hash);
        while (heads[place] != NONE && hashes[place] != hash) {
            place = place + 1 & mask;
        }
        return place;
    }

    private int home(long hash) {
        return (int) (hash >>> 32) & heads.length - 1;
    }

    private void grow() {
        long[] oldHashes = hashes;
        int[] oldHeads = heads;
        hashes = new long[oldHashes.length * 2];
        heads = emptyHeads(hashes.length);
        for (int i = 0; i < oldHeads.length; i++) {
            if (oldHeads[i] != NONE) {
                int place = place(oldHashes[i]);
                hashes[place] = oldHashes[i];
                heads[place] = oldHeads[i];
            }
        }
    }

    private void reserve(int slot) {
        if (slot >= next.length) {
            int capacity = Math.max(slot + 1, Math.max(256, next.length * 2));
            next = Arrays.copyOf(next, capacity);
            previous = Arrays.copyOf(previous, capacity);
            hashOf = Arrays.copyOf(hashOf, capacity);
            linked = Arrays.copyOf(linked, capacity);
        }
    }
}
