package dev.thalweg.state.overlay;

import java.util.Arrays;

/// What one trigger has changed in a table: the slots in order of first change, and for each what was there before.
///
/// The before-image of an entry that is only removed is the entry itself; it is copied when somebody brings the key back.
final class TriggerChanges {
    /// The entry did not exist when the trigger began.
    static final byte MADE = 1;
    /// The entry does not exist now.
    static final byte REMOVED = 2;
    /// Of the removed: by a range delete, which says so in the log for all of them.
    static final byte EXPIRED = 4;

    private static final int CAPACITY_MIN = 64;
    /// Room for so many changes is kept in any case; more, only as long as triggers need an eighth of it.
    static final int CAPACITY_KEPT = 8 << 10;
    private static final int ENTRY_BYTES = 4 + 8 + 1;
    private static final int TAIL_BYTES = 8 + 4 + 4;
    private static final int IMAGES_MIN = 4 << 10;
    private static final int IMAGES_KEPT_MAX = 1 << 20;

    private final OffHeap memory;
    private int count;
    private int[] slots = new int[CAPACITY_MIN];
    private byte[] flags = new byte[CAPACITY_MIN];
    private long[] before = new long[CAPACITY_MIN];
    private final boolean hasTail;
    private final int entryBytes;
    private long[] tailBefore;
    private int[] tailBeforeLength;
    private int[] tailBeforeCapacity;

    private long[] imageChunks = new long[4];
    private long[] imageChunkBytes = new long[4];
    private int imageChunkCount;
    private long nextImage;
    private long imagesEnd;

    TriggerChanges(OffHeap memory, boolean hasTail) {
        this.hasTail = hasTail;
        this.memory = memory;
        entryBytes = hasTail ? ENTRY_BYTES + TAIL_BYTES : ENTRY_BYTES;
        tailBefore = new long[hasTail ? CAPACITY_MIN : 0];
        tailBeforeLength = new int[tailBefore.length];
        tailBeforeCapacity = new int[tailBefore.length];
    }

    int count() {
        return count;
    }

    int slot(int index) {
        return slots[index];
    }

    boolean is(int index, byte flag) {
        return (flags[index] & flag) != 0;
    }

    void set(int index, byte flag) {
        flags[index] |= flag;
    }

    void clear(int index, byte flag) {
        flags[index] &= (byte) ~flag;
    }

    long before(int index) {
        return before[index];
    }

    void setBefore(int index, long address) {
        before[index] = address;
    }

    long tailBefore(int index) {
        return hasTail ? tailBefore[index] : 0;
    }

    int tailBeforeLength(int index) {
        return hasTail ? tailBeforeLength[index] : 0;
    }

    int tailBeforeCapacity(int index) {
        return hasTail ? tailBeforeCapacity[index] : 0;
    }

    /// Makes room for one more change.
    void reserve() {
        if (count == slots.length) {
            grow();
        }
    }

    /// Notes a change of a slot, and returns the number that it got.
    int add(int slot, byte flag) {
        reserve();
        slots[count] = slot;
        flags[count] = flag;
        before[count] = 0;
        if (hasTail) {
            tailBefore[count] = 0;
            tailBeforeLength[count] = 0;
        }
        return count++;
    }

    void setTailBefore(int index, long address, int length, int capacity) {
        tailBefore[index] = address;
        tailBeforeLength[index] = length;
        tailBeforeCapacity[index] = capacity;
    }

    /// Room for a copy of a value, good until [#reset].
    long allocateImage(int bytes) {
        long size = (bytes + 7L) & -8;
        if (imagesEnd - nextImage < size) {
            addImageChunk(size);
        }
        long address = nextImage;
        nextImage += size;
        return address;
    }

    /// The trigger is over. Memory is kept for the next, but no more than a usual one needs.
    void reset() {
        if (isRoomy(slots.length, count)) {
            memory.take(-(long) entryBytes * (slots.length - slots.length / 2));
            resize(slots.length / 2);
        }
        count = 0;
        while (imageChunkCount > 1 || (imageChunkCount == 1 && imageChunkBytes[0] > IMAGES_KEPT_MAX)) {
            imageChunkCount--;
            memory.free(imageChunks[imageChunkCount], imageChunkBytes[imageChunkCount]);
        }
        nextImage = imageChunkCount == 0 ? 0 : imageChunks[0];
        imagesEnd = imageChunkCount == 0 ? 0 : nextImage + imageChunkBytes[0];
    }

    /// Whether half of the room is to be given back: a large trigger's goes with the next few small ones.
    static boolean isRoomy(int capacity, int used) {
        return capacity > CAPACITY_KEPT && used < capacity / 8;
    }

    /// Gives back all memory that was needed once; between triggers.
    void trim() {
        reset();
        if (imageChunkCount == 1) {
            memory.free(imageChunks[0], imageChunkBytes[0]);
            imageChunkCount = 0;
        }
        nextImage = 0;
        imagesEnd = 0;
        memory.take(-(long) entryBytes * (slots.length - CAPACITY_MIN));
        resize(CAPACITY_MIN);
    }

    private void addImageChunk(long atLeast) {
        long last = imageChunkCount == 0 ? IMAGES_MIN / 2 : imageChunkBytes[imageChunkCount - 1];
        long bytes = Math.max(atLeast, Math.min(last * 2, 8L << 20));
        long address = memory.allocate(bytes);
        if (imageChunkCount == imageChunks.length) {
            imageChunks = Arrays.copyOf(imageChunks, imageChunkCount * 2);
            imageChunkBytes = Arrays.copyOf(imageChunkBytes, imageChunkCount * 2);
        }
        imageChunks[imageChunkCount] = address;
        imageChunkBytes[imageChunkCount++] = bytes;
        nextImage = address;
        imagesEnd = address + bytes;
    }

    private void grow() {
        memory.take((long) entryBytes * count);
        resize(count * 2);
    }

    private void resize(int capacity) {
        slots = Arrays.copyOf(slots, capacity);
        flags = Arrays.copyOf(flags, capacity);
        before = Arrays.copyOf(before, capacity);
        if (hasTail) {
            tailBefore = Arrays.copyOf(tailBefore, capacity);
            tailBeforeLength = Arrays.copyOf(tailBeforeLength, capacity);
            tailBeforeCapacity = Arrays.copyOf(tailBeforeCapacity, capacity);
        }
    }
}
