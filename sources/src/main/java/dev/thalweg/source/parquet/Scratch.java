package dev.thalweg.source.parquet;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/// Room for [Values#STEP] values on their way, one a column of a scan; made when first asked for.
final class Scratch implements AutoCloseable {
    final int[] indices = new int[Values.STEP];
    private final BufferAllocator allocator;
    private @Nullable ArrowBuf plain;
    private long @Nullable [] numbers;
    private byte @Nullable [] flags;

    Scratch(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /// Where plain values of that many bytes may lie.
    long plain(int width) {
        long bytes = (long) width * Values.STEP;
        if (plain == null || plain.capacity() < bytes) {
            close();
            plain = allocator.buffer(bytes);
        }
        return plain.memoryAddress();
    }

    long[] numbers() {
        numbers = numbers == null ? new long[Values.STEP] : numbers;
        return numbers;
    }

    byte[] flags() {
        flags = flags == null ? new byte[Values.STEP] : flags;
        return flags;
    }

    @Override
    public void close() {
        if (plain != null) {
            plain.close();
            plain = null;
        }
    }
}
