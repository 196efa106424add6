package dev.thalweg.source.parquet;

import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/// Room for [Values#STEP] values on their way, one a column of a scan; made when first asked for.
final class Scratch implements AutoCloseable {
    final int[] indices = new int[Values.STEP];
    private final BufferAllocator allocator;
    private @Nullable ArrowBuf plain;
    private @Nullable ArrowBuf bits;
    private long @Nullable [] numbers;
    private byte @Nullable [] flags;

    Scratch(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /// Where plain values of that many bytes may lie.
    long plain(int width) {
        long bytes = (long) width * Values.STEP;
        if (plain == null || plain.capacity() < bytes) {
            closePlain();
            plain = allocator.buffer(bytes);
        }
        return plain.memoryAddress();
    }

    /// A bitmap of that many bits, none of which is set.
    long bits(int count) {
        int bytes = ((count + 63) >>> 6) << 3;
        if (bits == null || bits.capacity() < bytes) {
            closeBits();
            bits = allocator.buffer(bytes);
        }
        bits.setZero(0, bytes);
        return bits.memoryAddress();
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
        closePlain();
        closeBits();
    }

    private void closeBits() {
        if (bits != null) {
            bits.close();
            bits = null;
        }
    }

    private void closePlain() {
        if (plain != null) {
            plain.close();
            plain = null;
        }
    }
}
