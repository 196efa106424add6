package dev.thalweg.state.overlay;

import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;

/// Finds the slots of a block of keys. A lookup is two cache misses; those of a block overlap, because all index words
/// and then all records that they point to are loaded before the first key is compared.
final class BlockLookup {
    static final int BLOCK = 256;

    private final SlotStore slots;
    private final HashIndex index;
    /// Where in the index the probe for a key ended: at an entry with its hash, or at a free place.
    private final int[] places = new int[BLOCK];
    private int from;
    @SuppressWarnings("UnusedVariable") // what is loaded ahead must go somewhere, or the JIT drops the loads
    private long loaded;

    BlockLookup(SlotStore slots, HashIndex index) {
        this.slots = slots;
        this.index = index;
    }

    /// Begins a block. Loads of one loop do not depend on each other, so the processor waits for many of them at once.
    void load(EncodedKeys keys, int from, int to) {
        this.from = from;
        long seen = 0;
        for (int i = from; i < to; i++) {
            int home = index.home(hash(keys, i));
            places[i - from] = home;
            seen += index.entry(home);
        }
        for (int i = from; i < to; i++) {
            int place = probe(hash(keys, i), places[i - from]);
            places[i - from] = place;
            long entry = index.entry(place);
            if (entry != 0) {
                seen += slots.load(HashIndex.slotOf(entry));
            }
        }
        loaded = seen;
    }

    private static int hash(EncodedKeys keys, int i) {
        return (int) (keys.hash(i) >>> 32);
    }

    /// From a place on, the first that is free or has an entry of the hash.
    private int probe(int hash, int from) {
        int at = from;
        for (long entry = index.entry(at); entry != 0 && HashIndex.hashOf(entry) != hash; entry = index.entry(at)) {
            at = index.next(at);
        }
        return at;
    }

    /// The slot of a key of the block, or [KeyedState#ABSENT]; keys before it may have been inserted since [#load].
    int locate(EncodedKeys keys, int i) {
        int hash = hash(keys, i);
        int at = probe(hash, places[i - from]);
        for (long entry = index.entry(at); entry != 0; entry = index.entry(at)) {
            int slot = HashIndex.slotOf(entry);
            if (slots.hasKey(slot, keys.address(i), keys.length(i))) {
                return slot;
            }
            at = probe(hash, index.next(at));
        }
        return KeyedState.ABSENT;
    }
}
