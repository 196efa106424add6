package dev.thalweg.state.overlay;

import dev.thalweg.spi.data.Memory;
import java.util.Arrays;

/// Variable-length bytes of a table: long keys, and tails.
///
/// Blocks come from chunks and go back to a list per size, four sizes between one power of two and the next; so at most a
/// fifth is waste, a block never moves, and nothing is ever compacted. What is larger than a chunk's quarter is its own
/// allocation. A free block holds the address of the next in its first 8 bytes.
final class ByteArena {
    private static final int SMALLEST = 16;
    private static final int CHUNK_MIN = 16 << 10;
    private static final int CHUNK_MAX = 1 << 20;
    private static final int LARGE = CHUNK_MAX / 4;

    private final OffHeap memory;
    private final long[] freeHeads = new long[64];
    private long[] chunks = new long[8];
    private int[] chunkBytes = new int[8];
    private int chunkCount;
    private long next;
    private long end;

    ByteArena(OffHeap memory) {
        this.memory = memory;
    }

    /// How many bytes a block for `length` really has.
    static int capacity(int length) {
        if (length <= SMALLEST) {
            return SMALLEST;
        }
        int step = Math.max(8, Integer.highestOneBit(length - 1) >>> 2);
        return Math.addExact(length, step - 1) & -step;
    }

    long allocate(int length) {
        int capacity = capacity(length);
        if (capacity > LARGE) {
            return memory.allocate(capacity);
        }
        int size = sizeClass(capacity);
        long head = freeHeads[size];
        if (head != 0) {
            freeHeads[size] = Memory.getLong(head);
            return head;
        }
        if (end - next < capacity) {
            addChunk(capacity);
        }
        long address = next;
        next += capacity;
        return address;
    }

    /// @param length as it was asked for, or the capacity that this gave
    void free(long address, int length) {
        int capacity = capacity(length);
        if (capacity > LARGE) {
            memory.free(address, capacity);
            return;
        }
        int size = sizeClass(capacity);
        Memory.putLong(address, freeHeads[size]);
        freeHeads[size] = address;
    }

    /// Frees the chunks; larger blocks must have been freed one by one.
    void close() {
        for (int i = 0; i < chunkCount; i++) {
            memory.free(chunks[i], chunkBytes[i]);
        }
        chunkCount = 0;
        next = 0;
        end = 0;
        Arrays.fill(freeHeads, 0);
    }

    static boolean isLarge(int length) {
        return capacity(length) > LARGE;
    }

    private void addChunk(int capacity) {
        int grown = chunkCount == 0 ? CHUNK_MIN : Math.min(CHUNK_MAX, chunkBytes[chunkCount - 1] * 2);
        int bytes = Math.max(grown, capacity);
        long address = memory.allocate(bytes);
        if (chunkCount == chunks.length) {
            chunks = Arrays.copyOf(chunks, chunkCount * 2);
            chunkBytes = Arrays.copyOf(chunkBytes, chunkCount * 2);
        }
        chunks[chunkCount] = address;
        chunkBytes[chunkCount++] = bytes;
        next = address;
        end = address + bytes;
    }

    /// Every multiple of 8 up to 64, then four sizes for each power of two.
    private static int sizeClass(int capacity) {
        if (capacity <= 64) {
            return capacity / 8 - 2;
        }
        int power = 31 - Integer.numberOfLeadingZeros(capacity - 1);
        return 7 + (power - 6) * 4 + ((capacity - 1) >>> (power - 2) & 3);
    }
}
