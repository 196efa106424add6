package dev.thalweg.execution.memory;

import java.util.Arrays;
import org.apache.arrow.memory.AllocationListener;
import org.apache.arrow.memory.AllocationManager;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.memory.unsafe.UnsafeAllocationManager;
import org.apache.arrow.memory.util.MemoryUtil;

/// Keeps the memory of buffers that were given back, for the next ones of their size: batches come and go by the thousand,
/// and memory that goes back to the operating system between two of them must be mapped and cleared again, page by page.
///
/// Arrow asks for powers of two; what is smaller than a page or larger than [#KEPT_SIZE_MAX] is not kept. What is kept is
/// charged to nobody. Over [#KEPT_BYTES_MAX] the size that was asked for the longest ago gives way; when a query
/// ends, what is more than the others hold is given back, but for [#KEPT_BYTES_MAX_IDLE].
///
/// **Cost** One short lock a buffer. The buffer given back last is handed out first: it is still in a cache.
/// **Thread** Any.
public final class BufferPool implements AllocationManager.Factory, AllocationListener, AutoCloseable {
    /// While queries are open: what the tasks' readers and a wave of batches take, so that nothing comes and goes within a
    /// trigger. Memory that wanders between malloc's arenas instead stays resident in each of them.
    static final long KEPT_BYTES_MAX = 256L << 20;
    static final long KEPT_BYTES_MAX_IDLE = 32L << 20;
    static final long KEPT_SIZE_MAX = 16L << 20;
    private static final int SMALLEST_BITS = 12;

    private final Shelf[] shelves = new Shelf[Long.SIZE - Long.numberOfLeadingZeros(KEPT_SIZE_MAX) - SMALLEST_BITS];
    private final RootAllocator root;
    private long keptBytes;
    private long time;
    private boolean closed;

    /// The free buffers of one size.
    private static final class Shelf {
        private long[] addresses = new long[16];
        private int count;
        private long usedAt;

        void put(long address) {
            if (count == addresses.length) {
                addresses = Arrays.copyOf(addresses, 2 * count);
            }
            addresses[count++] = address;
        }
    }

    public BufferPool() {
        Arrays.setAll(shelves, _ -> new Shelf());
        root = new RootAllocator(RootAllocator.configBuilder().allocationManagerFactory(this).listener(this).build());
    }

    /// The allocator above those of all queries, without a limit; the caller closes it.
    public BufferAllocator allocator() {
        return root;
    }

    @Override
    public AllocationManager create(BufferAllocator accountant, long size) {
        return new Buffer(this, accountant, take(size), size);
    }

    @Override
    public ArrowBuf empty() {
        return UnsafeAllocationManager.FACTORY.empty();
    }

    private static final class Buffer extends AllocationManager {
        private final BufferPool pool;
        private final long address;
        private final long size;

        Buffer(BufferPool pool, BufferAllocator accountant, long address, long size) {
            super(accountant);
            this.pool = pool;
            this.address = address;
            this.size = size;
        }

        @Override
        public long getSize() {
            return size;
        }

        @Override
        protected long memoryAddress() {
            return address;
        }

        @Override
        protected void release0() {
            pool.giveBack(address, size);
        }
    }

    /// What is kept now.
    synchronized long keptBytes() {
        return keptBytes;
    }

    private static boolean isKept(long size) {
        return size >= 1L << SMALLEST_BITS && size <= KEPT_SIZE_MAX && Long.bitCount(size) == 1;
    }

    private Shelf shelf(long size) {
        return shelves[Long.numberOfTrailingZeros(size) - SMALLEST_BITS];
    }

    private long take(long size) {
        if (isKept(size)) {
            synchronized (this) {
                Shelf shelf = shelf(size);
                shelf.usedAt = ++time;
                if (shelf.count > 0) {
                    keptBytes -= size;
                    return shelf.addresses[--shelf.count];
                }
            }
        }
        return MemoryUtil.allocateMemory(size);
    }

    private void giveBack(long address, long size) {
        if (!keep(address, size)) {
            MemoryUtil.freeMemory(address);
        }
    }

    private synchronized boolean keep(long address, long size) {
        if (closed || !isKept(size)) {
            return false;
        }
        makeRoom(KEPT_BYTES_MAX - size);
        shelf(size).put(address);
        keptBytes += size;
        return true;
    }

    private void makeRoom(long keptBytesMax) {
        while (keptBytes > keptBytesMax) {
            int longestAgo = -1;
            for (int i = 0; i < shelves.length; i++) {
                boolean older = longestAgo < 0 || shelves[i].usedAt < shelves[longestAgo].usedAt;
                longestAgo = shelves[i].count > 0 && older ? i : longestAgo;
            }
            Shelf shelf = shelves[longestAgo];
            MemoryUtil.freeMemory(shelf.addresses[--shelf.count]);
            keptBytes -= 1L << (longestAgo + SMALLEST_BITS);
        }
    }

    /// A query has ended: no more is kept than the others hold, or a little.
    @Override
    public void onChildRemoved(BufferAllocator parent, BufferAllocator child) {
        long held = root.getAllocatedMemory();
        synchronized (this) {
            makeRoom(Math.max(held, KEPT_BYTES_MAX_IDLE));
        }
    }

    /// Gives back what is kept; buffers still held are freed when their turn comes.
    @Override
    public synchronized void close() {
        closed = true;
        makeRoom(0);
    }
}
