package dev.thalweg.source.parquet;

import static java.util.Objects.requireNonNull;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/// A stretch of a file in memory, which moves on as its bytes are asked for and reads ahead.
final class FileWindow implements AutoCloseable {
    private static final int AHEAD_BYTES = 512 << 10;

    private final FileChannel file;
    private final BufferAllocator allocator;
    private @Nullable ArrowBuf buffer;
    /// It holds the file's bytes `[from, to)`.
    private long from;
    private long to;
    private long end;

    FileWindow(FileChannel file, BufferAllocator allocator) {
        this.file = file;
        this.allocator = allocator;
    }

    /// Nothing is read from that byte of the file on.
    void end(long byteInFile) {
        end = byteInFile;
    }

    /// Where bytes of the file lie in memory, until the next call; [ChunkPages#PADDING_BYTES] may be loaded behind them.
    long address(long start, int bytes) {
        if (buffer == null || start < from || start + bytes > to) {
            fill(start, bytes);
        }
        return requireNonNull(buffer).memoryAddress() + start - from;
    }

    /// The bytes at an address that [#address] gave.
    ByteBuffer buffer(long address, int bytes) {
        ArrowBuf held = requireNonNull(buffer);
        return held.nioBuffer(address - held.memoryAddress(), bytes);
    }

    private void fill(long start, int bytes) {
        int wanted = (int) Math.min(end - start, Math.max(bytes, AHEAD_BYTES));
        if (wanted < bytes) {
            throw new DamagedFile("the pages of a column end too early");
        }
        to = from;
        if (buffer == null || buffer.capacity() < wanted + ChunkPages.PADDING_BYTES) {
            close();
            buffer = allocator.buffer((long) wanted + ChunkPages.PADDING_BYTES);
        }
        ByteBuffer into = buffer.nioBuffer(0, wanted);
        try {
            while (into.hasRemaining()) {
                if (file.read(into, start + into.position()) < 0) {
                    throw new EOFException("it is shorter than it was when it was found");
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        from = start;
        to = start + wanted;
    }

    @Override
    public void close() {
        if (buffer != null) {
            buffer.close();
            buffer = null;
        }
    }
}
