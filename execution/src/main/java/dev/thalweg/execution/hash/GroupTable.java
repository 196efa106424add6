package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/// Numbers distinct keys 0, 1, 2 … in the order of their first appearance: for what lives no longer than a trigger or a
/// query, such as build sides, consolidation and pre-aggregation.
///
/// Open addressing with linear probing over primitive arrays; keys are copied into one off-heap arena, with 8 readable bytes
/// behind each. A place of the index holds the upper half of the hash beside the number, so that most other keys are told
/// apart without a look at them.
/// Cost: 8 bytes a place of the index (at most two thirds full), 20 bytes and the key bytes a key.
/// Thread: one task.
public final class GroupTable implements AutoCloseable {
    /// What [#find] answers for a key that is not here.
    public static final int ABSENT = -1;

    private final Scratch arena;
    /// In the upper half the hash's, in the lower the number, or [#ABSENT] in a free place.
    private long[] index = new long[1024];
    private long[] hashes = new long[512];
    private long[] offsets = new long[512];
    private int[] lengths = new int[512];
    private int size;
    private long used;
    /// The bytes of each key, if all have as many; 0 if not.
    private int stride;
    private int clears;

    public GroupTable(BufferAllocator allocator) {
        this.arena = new Scratch(allocator);
        Arrays.fill(index, ABSENT);
    }

    public int size() {
        return size;
    }

    /// The number of each key, made where it is new.
    public void findOrInsert(EncodedKeys keys, int[] ids) {
        reserve(size + keys.count());
        for (int i = 0; i < keys.count(); i++) {
            int place = place(keys.hash(i), keys.address(i), keys.length(i));
            int id = (int) index[place];
            ids[i] = id == ABSENT ? insert(place, keys.hash(i), keys.address(i), keys.length(i)) : id;
        }
    }

    /// The number of a key, made where it is new.
    public int findOrInsert(long hash, long address, int length) {
        reserve(size + 1);
        int place = place(hash, address, length);
        int id = (int) index[place];
        return id == ABSENT ? insert(place, hash, address, length) : id;
    }

    /// The number of each key, [#ABSENT] where it is not here.
    public void find(EncodedKeys keys, int[] ids) {
        for (int i = 0; i < keys.count(); i++) {
            ids[i] = (int) index[place(keys.hash(i), keys.address(i), keys.length(i))];
        }
    }

    /// For each hash the first key that may have it, which the caller compares: its number and where it lies, until the
    /// next insert; [#ABSENT] and the first key where there is none.
    void candidates(long[] hashes, int count, int[] ids, long[] keys) {
        long[] places = index;
        int mask = places.length - 1;
        long base = arena.address();
        for (int i = 0; i < count; i++) {
            long hash = hashes[i];
            int place = (int) (hash >>> 20) & mask;
            long entry = places[place];
            while ((int) entry != ABSENT && (entry ^ hash) >>> 32 != 0) {
                place = place + 1 & mask;
                entry = places[place];
            }
            ids[i] = (int) entry;
        }
        if (stride > 0) {
            for (int i = 0; i < count; i++) {
                keys[i] = base + (long) Math.max(0, ids[i]) * stride;
            }
        } else {
            for (int i = 0; i < count; i++) {
                keys[i] = base + offsets[Math.max(0, ids[i])];
            }
        }
    }

    private int place(long hash, long address, int length) {
        int mask = index.length - 1;
        int place = (int) (hash >>> 20) & mask;
        long base = arena.address();
        while (true) {
            long entry = index[place];
            int id = (int) entry;
            if (id == ABSENT || ((entry ^ hash) >>> 32 == 0 && hashes[id] == hash && lengths[id] == length
                    && Memory.equal(base + offsets[id], address, length))) {
                return place;
            }
            place = place + 1 & mask;
        }
    }

    private static long entry(long hash, int id) {
        return (hash & 0xFFFF_FFFF_0000_0000L) | id;
    }

    private int insert(int place, long hash, long address, int length) {
        long base = arena.grow(used, used + length + 8);
        Memory.copyFew(address, base + used, length);
        stride = size == 0 || stride == length ? length : 0;
        hashes[size] = hash;
        offsets[size] = used;
        lengths[size] = length;
        used += length;
        index[place] = entry(hash, size);
        return size++;
    }

    private void reserve(int keys) {
        if (keys > hashes.length) {
            int capacity = Math.max(keys, hashes.length * 2);
            hashes = Arrays.copyOf(hashes, capacity);
            offsets = Arrays.copyOf(offsets, capacity);
            lengths = Arrays.copyOf(lengths, capacity);
        }
        if (keys > index.length / 3 * 2) {
            rehash(Integer.highestOneBit(Math.max(keys, 512) * 2 - 1) * 2);
        }
    }

    private void rehash(int places) {
        index = new long[places];
        Arrays.fill(index, ABSENT);
        for (int id = 0; id < size; id++) {
            int place = (int) (hashes[id] >>> 20) & places - 1;
            while ((int) index[place] != ABSENT) {
                place = place + 1 & places - 1;
            }
            index[place] = entry(hashes[id], id);
        }
    }

    /// Valid until the next insert.
    public long keyAddress(int id) {
        return arena.address() + offsets[id];
    }

    public int keyLength(int id) {
        return lengths[id];
    }

    public long hash(int id) {
        return hashes[id];
    }

    /// How often all keys were forgotten, after which numbers stand for others.
    int clears() {
        return clears;
    }

    /// Forgets every key; keeps the memory for the next ones.
    public void clear() {
        size = 0;
        used = 0;
        clears++;
        Arrays.fill(index, ABSENT);
    }

    /// Off-heap bytes of the keys.
    public long bytes() {
        return arena.bytes();
    }

    @Override
    public void close() {
        arena.close();
    }
}
