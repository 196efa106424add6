package dev.thalweg.execution.hash;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/// Off-heap memory that one owner writes over and over: grows, never shrinks, is closed with its owner.
public final class Scratch implements AutoCloseable {
    private final BufferAllocator allocator;
    private @Nullable ArrowBuf buffer;

    public Scratch(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /// Room for `bytes`; what was there before is gone.
    public long reserve(long bytes) {
        ArrowBuf current = buffer;
        if (current != null && current.capacity() >= bytes) {
            return current.memoryAddress();
        }
        close();
        ArrowBuf fresh = allocator.buffer(capacity(bytes));
        buffer = fresh;
        return fresh.memoryAddress();
    }

    /// Room for `bytes`, of which the first `kept` are what they were.
    public long grow(long kept, long bytes) {
        ArrowBuf current = buffer;
        if (current == null) {
            return reserve(bytes);
        }
        if (current.capacity() < bytes) {
            ArrowBuf fresh = allocator.buffer(capacity(Math.max(bytes, current.capacity() * 2)));
            fresh.setBytes(0, current, 0, kept);
            current.close();
            buffer = fresh;
            return fresh.memoryAddress();
        }
        return current.memoryAddress();
    }

    public long address() {
        return buffer == null ? 0 : buffer.memoryAddress();
    }

    public long bytes() {
        return buffer == null ? 0 : buffer.capacity();
    }

    private static long capacity(long bytes) {
        return Math.max(1024, bytes + (bytes >>> 2));
    }

    @Override
    public void close() {
        if (buffer != null) {
            buffer.close();
            buffer = null;
        }
    }
}
