package dev.thalweg.state.overlay;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.state.MemoryCharge;
import java.lang.foreign.MemorySegment;
import java.nio.ByteBuffer;

/// A growing run of off-heap bytes, little-endian: the changes of a trigger on their way to the log.
public final class ByteSink implements AutoCloseable {
    private static final int CAPACITY_MIN = 4 << 10;
    private static final int CAPACITY_MAX = Integer.MAX_VALUE - 8;
    /// Up to here what does not fit doubles the memory.
    private static final int CAPACITY_DOUBLED = 16 << 20;
    /// More goes back at once: others may need it.
    private static final int CAPACITY_KEPT = 64 << 20;

    private final OffHeap memory;
    private long address;
    private int capacity;
    private int size;
    private long expected;

    public ByteSink(MemoryCharge charge) {
        memory = new OffHeap(charge);
    }

    public int size() {
        return size;
    }

    /// Makes room for `bytes` more at once.
    public void reserve(int bytes) {
        if (capacity - size < bytes) {
            grow(bytes);
        }
    }

    /// Makes room for what is likely to come, so that little of it is copied.
    public void reserveAtMost(long bytes) {
        long wanted = size + bytes;
        if (wanted > capacity && wanted < CAPACITY_MAX / 2) {
            moveTo((int) Math.max(wanted, CAPACITY_MIN));
        }
    }

    /// Where the bytes begin; moves when more are written.
    public long address() {
        return address;
    }

    /// Makes room for `bytes` that the caller writes himself, where this says.
    public long claim(int bytes) {
        return advance(bytes);
    }

    public void putByte(int value) {
        Memory.putByte(advance(1), (byte) value);
    }

    public void putShort(int value) {
        Memory.putShort(advance(2), (short) value);
    }

    public void putInt(int value) {
        Memory.putInt(advance(4), value);
    }

    public void putLong(long value) {
        Memory.putLong(advance(8), value);
    }

    public void putBytes(byte[] bytes) {
        Memory.copy(bytes, 0, advance(bytes.length), bytes.length);
    }

    /// Overwrites what was written at `position`, such as a length that was not known then.
    public void setInt(int position, int value) {
        Memory.putInt(address + position, value);
    }

    public void setShort(int position, int value) {
        Memory.putShort(address + position, (short) value);
    }

    /// The bytes as a channel takes them; good until the next write.
    @SuppressWarnings("restricted") // it ends where the sink's own memory does
    public ByteBuffer buffer() {
        return MemorySegment.ofAddress(address).reinterpret(size).asByteBuffer();
    }

    /// Takes back what was written from `position` on.
    public void truncate(int position) {
        size = position;
    }

    /// Forgets what was written, keeps the memory.
    public void clear() {
        size = 0;
    }

    /// Forgets what was written. The memory is kept for about as much next time, unless it is very much, or much that was not used:
    /// fresh pages cost more than what is written to them.
    public void settle() {
        expected = size;
        if (capacity > CAPACITY_KEPT || (capacity > CAPACITY_DOUBLED && size < capacity / 4)) {
            close();
        } else {
            clear();
        }
    }

    @Override
    public void close() {
        if (capacity > 0) {
            memory.free(address, capacity);
        }
        address = 0;
        capacity = 0;
        size = 0;
    }

    private long advance(int bytes) {
        if (capacity - size < bytes) {
            grow(bytes);
        }
        long at = address + size;
        size += bytes;
        return at;
    }

    private void grow(int bytes) {
        long wanted = Math.max((long) size + bytes, CAPACITY_MIN);
        if (wanted > CAPACITY_MAX) {
            throw new Unavailable("THW-5014",
                    "A trigger changes " + wanted + " bytes of state in one task, more than the "
                            + CAPACITY_MAX
                            + " that can be written at once. Take less input a trigger, with maxFilesPerTrigger or a"
                            + " like option of the source.");
        }
        long doubled = Math.max(wanted, capacity * 2L);
        long likely = expected + expected / 8;
        moveTo((int) Math.min(CAPACITY_MAX, doubled > CAPACITY_DOUBLED && likely >= wanted ? likely : doubled));
    }

    private void moveTo(int grown) {
        long moved = memory.allocate(grown);
        if (capacity > 0) {
            Memory.copy(address, moved, size);
            memory.free(address, capacity);
        }
        address = moved;
        capacity = grown;
    }
}
