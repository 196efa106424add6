package dev.thalweg.state.overlay;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.state.MemoryCharge;
import org.apache.arrow.memory.util.MemoryUtil;

/// Memory outside the heap for one owner, every byte charged.
///
/// It comes from the C library and not from an `Arena`, because arenas count against the JVM's limit for direct buffers,
/// zero what they hand out, and stop all threads when a shared one closes. Arrow's way there is used because its loads and
/// stores are too, and because linking functions of our own takes a tenth of a second.
public final class OffHeap {
    private static final long LINE_BYTES = 64;

    private final MemoryCharge charge;
    private long bytes;

    public OffHeap(MemoryCharge charge) {
        this.charge = charge;
    }

    public long allocate(long size) {
        take(size);
        try {
            return MemoryUtil.allocateMemory(size);
        } catch (OutOfMemoryError failure) {
            take(-size);
            throw new Unavailable("THW-4501",
                    "The machine has no " + size + " bytes of memory left for state, of which "
                            + bytes + " are held by this table. Lower thalweg.state.residentBytesMax or free memory.",
                    failure);
        }
    }

    long allocateZeroed(long size) {
        long address = allocate(size);
        zero(address, size);
        return address;
    }

    void zero(long address, long size) {
        MemoryUtil.setMemory(address, size, (byte) 0);
    }

    /// Memory that begins with a line of the processor's cache, so that a record of one line is one miss and not two. It goes
    /// back by [#freeLines].
    long allocateLines(long size) {
        long allocated = allocate(size + LINE_BYTES + Long.BYTES);
        long address = allocated + Long.BYTES + LINE_BYTES - 1 & -LINE_BYTES;
        Memory.putLong(address - Long.BYTES, allocated);
        return address;
    }

    void freeLines(long address, long size) {
        free(Memory.getLong(address - Long.BYTES), size + LINE_BYTES + Long.BYTES);
    }

    public void free(long address, long size) {
        MemoryUtil.freeMemory(address);
        take(-size);
    }

    /// Accounts for bytes that are held in arrays on the heap.
    void take(long size) {
        charge.charge(size);
        bytes += size;
    }

    /// What is held now.
    public long bytes() {
        return bytes;
    }
}
