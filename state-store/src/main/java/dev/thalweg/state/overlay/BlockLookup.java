package dev.thalweg.state.overlay;

import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;

/// Finds the slots of a block of keys. A lookup is two cache misses; those of a block overlap, because all index words
/// and then all records that they point to are loaded before the first key is compared.
final class BlockLookup {
    static final int BLOCK = 256;

    private final SlotStore slots;
    private final HashIndex index;
    private final long[] firstEntries = new long[BLOCK];
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
        for (int i = from; i < to; i++) {
            firstEntries[i - from] = index.entry(index.home((int) (keys.hash(i) >>> 32)));
        }
        long seen = 0;
        for (int i = 0; i < to - from; i++) {
            if (firstEntries[i] != 0) {
                seen += slots.firstWord(HashIndex.slotOf(firstEntries[i]));
            }
        }
        loaded = seen;
    }

    /// The slot of a key of the block, or [KeyedState#ABSENT]; keys before it may have been inserted since [#load].
    int locate(EncodedKeys keys, int i) {
        return locate(keys, i, firstEntries[i - from]);
    }

    private int locate(EncodedKeys keys, int i, long firstEntry) {
        int hash = (int) (keys.hash(i) >>> 32);
        int at = index.home(hash);
        long entry = firstEntry;
        while (entry != 0) {
            if (HashIndex.hashOf(entry) == hash) {
                int slot = HashIndex.slotOf(entry);
                if (slots.hasKey(slot, keys.address(i), keys.length(i))) {
                    return slot;
                }
            }
            at = index.next(at);
            entry = index.entry(at);
        }
        // A key of the same block may have taken the free place since it was loaded.
        return firstEntry == 0 && index.entry(at) != 0 ? locate(keys, i, index.entry(at)) : KeyedState.ABSENT;
    }
}
