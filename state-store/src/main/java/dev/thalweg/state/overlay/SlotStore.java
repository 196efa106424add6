package dev.thalweg.state.overlay;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.KeyGroups;
import dev.thalweg.state.StateTable;
import java.util.Arrays;

/// Where entries lie: records of one length in chunks that never move, so that a slot's address is good as long as the
/// entry.
///
/// ```
/// +0   length of the key, FREE where there is no entry
/// +4   state of the entry in this trigger: 0 untouched, n the changed entry n - 1, EXPIRED; or SHOWN, a passing copy
/// +8   upper half of the key's hash, by which the index finds it
/// +12  key group, which is the owner's where a table holds several entries of one owner (1 byte)
/// +13  whether the entry was asked for lately (1 byte)
/// +16  key, up to 16 bytes, or as many as all keys of the table have, if those are not many more; else its address in the arena
/// then address, length and capacity of the tail (tables that have one), and the fixed part of the value
/// ```
final class SlotStore {
    private static final int KEY_INLINE_USUAL = 16;
    /// A longer one would make a record of more than a line.
    private static final int KEY_INLINE_MAX = 40;
    static final int UNTOUCHED = 0;
    static final int EXPIRED = -1;
    static final int SHOWN = -2;

    private static final int FREE = -1;
    private static final int CHUNK_SHIFT = 10;
    private static final int CHUNK_SLOTS = 1 << CHUNK_SHIFT;
    private static final int LINE_BYTES = 64;
    private static final int LENGTH = 0;
    private static final int CHANGE = 4;
    private static final int HASH = 8;
    private static final int GROUP = 12;
    private static final int RECENT = 13;
    private static final int KEY = 16;

    private final OffHeap memory;
    private final ByteArena arena;
    private final boolean hasTail;
    private final int valueBytes;
    private final int keyInline;
    private final int tailOffset;
    private final int valueOffset;
    private final int stride;
    private long[] chunks = new long[4];
    private int chunkCount;
    private int slotsMade;
    private int[] freeSlots = new int[0];
    private int freeCount;
    private long besideBytes;

    SlotStore(OffHeap memory, ByteArena arena, StateTable declaration) {
        this.memory = memory;
        this.arena = arena;
        this.hasTail = declaration.hasTail();
        this.valueBytes = declaration.valueBytes();
        int all = declaration.keyBytes() + 7 & -8;
        this.keyInline = all > KEY_INLINE_USUAL && all <= KEY_INLINE_MAX ? all : KEY_INLINE_USUAL;
        this.tailOffset = KEY + keyInline;
        this.valueOffset = tailOffset + (hasTail ? 16 : 0);
        this.stride = valueOffset + (valueBytes + 7 & -8);
    }

    /// Counts what others keep for each slot.
    void countBeside(int bytesEach) {
        memory.take(((long) chunkCount * bytesEach) << CHUNK_SHIFT);
        besideBytes = bytesEach;
    }

    /// Slots from 0 to below this may hold an entry.
    int limit() {
        return slotsMade;
    }

    long record(int slot) {
        return chunks[slot >>> CHUNK_SHIFT] + (long) (slot & CHUNK_SLOTS - 1) * stride;
    }

    /// Some of the record: reading it brings what is commonly used of it into the cache.
    long load(int slot) {
        long record = record(slot);
        return stride <= LINE_BYTES
                ? Memory.getLong(record)
                : Memory.getLong(record) + Memory.getLong(record + LINE_BYTES);
    }

    int valueBytes() {
        return valueBytes;
    }

    long value(int slot) {
        return record(slot) + valueOffset;
    }

    boolean isFree(int slot) {
        return Memory.getInt(record(slot) + LENGTH) == FREE;
    }

    int keyLength(int slot) {
        return Memory.getInt(record(slot) + LENGTH);
    }

    long keyAddress(int slot) {
        long record = record(slot);
        return Memory.getInt(record + LENGTH) <= keyInline ? record + KEY : Memory.getLong(record + KEY);
    }

    boolean hasKey(int slot, long address, int length) {
        long record = record(slot);
        if (Memory.getInt(record + LENGTH) != length) {
            return false;
        }
        if (length == 8) {
            return Memory.getLong(record + KEY) == Memory.getLong(address);
        }
        return Memory.equal(length <= keyInline ? record + KEY : Memory.getLong(record + KEY), address, length);
    }

    int hash(int slot) {
        return Memory.getInt(record(slot) + HASH);
    }

    int group(int slot) {
        return Memory.getByte(record(slot) + GROUP);
    }

    boolean isRecent(int slot) {
        return Memory.getByte(record(slot) + RECENT) != 0;
    }

    void setRecent(int slot, boolean recent) {
        Memory.putByte(record(slot) + RECENT, (byte) (recent ? 1 : 0));
    }

    /// The changes of the trigger that is over are the entry's own now.
    void settle(int slot) {
        long record = record(slot);
        Memory.putInt(record + CHANGE, UNTOUCHED);
        Memory.putByte(record + RECENT, (byte) 1);
    }

    /// About as many bytes as the change of an entry takes that has neither a long key nor a tail.
    int storedBytes() {
        return 14 + keyInline + valueBytes;
    }

    /// Bytes of a record.
    int stride() {
        return stride;
    }

    int change(int slot) {
        return Memory.getInt(record(slot) + CHANGE);
    }

    void setChange(int slot, int change) {
        Memory.putInt(record(slot) + CHANGE, change);
    }

    long tail(int slot) {
        return hasTail ? Memory.getLong(record(slot) + tailOffset) : 0;
    }

    int tailLength(int slot) {
        return hasTail ? Memory.getInt(record(slot) + tailOffset + 8) : 0;
    }

    int tailCapacity(int slot) {
        return hasTail ? Memory.getInt(record(slot) + tailOffset + 12) : 0;
    }

    void setTail(int slot, long address, int length, int capacity) {
        long at = record(slot) + tailOffset;
        Memory.putLong(at, address);
        Memory.putInt(at + 8, length);
        Memory.putInt(at + 12, capacity);
    }

    /// Whether keys of this length lie in the arena.
    boolean isLong(int keyLength) {
        return keyLength > keyInline;
    }

    boolean hasTail() {
        return hasTail;
    }

    /// Makes an entry with a zeroed value and no tail.
    int insert(long keyAddress, int keyLength, long hash) {
        if (freeCount == 0) {
            reserve(); // may be refused, so it comes before the key has memory
        }
        long longKey = keyLength > keyInline ? arena.allocate(keyLength) : 0;
        int slot = freeCount > 0 ? freeSlots[--freeCount] : slotsMade++;
        long record = record(slot);
        if (longKey != 0) {
            Memory.copy(keyAddress, longKey, keyLength);
            Memory.putLong(record + KEY, longKey);
        } else if (keyLength == 8) {
            Memory.putLong(record + KEY, Memory.getLong(keyAddress));
        } else if (keyLength == 16) {
            Memory.putLong(record + KEY, Memory.getLong(keyAddress));
            Memory.putLong(record + KEY + 8, Memory.getLong(keyAddress + 8));
        } else {
            Memory.copyFew(keyAddress, record + KEY, keyLength);
        }
        Memory.putInt(record + LENGTH, keyLength);
        Memory.putInt(record + CHANGE, UNTOUCHED);
        Memory.putInt(record + HASH, (int) (hash >>> 32));
        Memory.putInt(record + GROUP, KeyGroups.group(hash)); // and not recent
        if (hasTail) {
            setTail(slot, 0, 0, 0);
        }
        zeroValue(slot);
        return slot;
    }

    /// Copies a fixed part, in words: records and images are padded to them.
    void copyValue(long from, long to) {
        for (int i = 0; i < valueBytes; i += 8) {
            Memory.putLong(to + i, Memory.getLong(from + i));
        }
    }

    void zeroValue(int slot) {
        long value = value(slot);
        for (int i = 0; i < valueBytes; i += 8) {
            Memory.putLong(value + i, 0);
        }
    }

    /// Gives the slot back; its tail must have been freed.
    void free(int slot) {
        long record = record(slot);
        int length = Memory.getInt(record + LENGTH);
        if (length > keyInline) {
            arena.free(Memory.getLong(record + KEY), length);
        }
        Memory.putInt(record + LENGTH, FREE);
        freeSlots[freeCount++] = slot;
    }

    /// Frees the chunks, and the keys and tails that are too long for the arena's chunks.
    void close() {
        for (int slot = 0; slot < slotsMade; slot++) {
            if (!isFree(slot)) {
                if (ByteArena.isLarge(keyLength(slot))) {
                    arena.free(keyAddress(slot), keyLength(slot));
                }
                if (ByteArena.isLarge(tailCapacity(slot))) {
                    arena.free(tail(slot), tailCapacity(slot));
                }
            }
        }
        for (int i = 0; i < chunkCount; i++) {
            memory.freeLines(chunks[i], (long) stride << CHUNK_SHIFT);
        }
        memory.take(-4L * freeSlots.length - ((chunkCount * besideBytes) << CHUNK_SHIFT));
        freeSlots = new int[0];
        freeCount = 0;
        chunkCount = 0;
        slotsMade = 0;
    }

    private void reserve() {
        if (slotsMade == chunkCount << CHUNK_SHIFT) {
            if (freeSlots.length < slotsMade + CHUNK_SLOTS) { // now, because giving a slot back must not fail
                int capacity = slotsMade + Math.max(CHUNK_SLOTS, slotsMade / 2);
                memory.take(4L * (capacity - freeSlots.length));
                freeSlots = Arrays.copyOf(freeSlots, capacity);
            }
            if (chunkCount == chunks.length) {
                chunks = Arrays.copyOf(chunks, chunkCount * 2);
            }
            memory.take(besideBytes << CHUNK_SHIFT);
            chunks[chunkCount] = memory.allocateLines((long) stride << CHUNK_SHIFT);
            chunkCount++;
        }
    }
}
