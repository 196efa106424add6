package dev.thalweg.execution.expression.kernel;

import dev.thalweg.execution.expression.Utf8;
import dev.thalweg.spi.data.Memory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;

/// Memory for the text that one row's expressions make: handed out by moving a pointer, taken back all at once.
///
/// **Cost** nothing a row once it has grown to what the largest row needs.
public final class Scratch implements AutoCloseable {
    private static final int FIRST_BYTES = 1 << 12;
    private static final long WIDE_BYTES = 1 << 20;

    private final BufferAllocator allocator;
    private final List<ArrowBuf> full = new ArrayList<>(); // still referred to by this row's slices
    private ArrowBuf current;
    private long next;
    private long end;

    public Scratch(BufferAllocator allocator) {
        this.allocator = allocator;
        this.current = allocator.buffer(FIRST_BYTES);
        this.next = current.memoryAddress();
        this.end = next + current.capacity();
    }

    /// Address of `bytes` bytes, valid until the next [#reset].
    public long allocate(int bytes) {
        if (end - next < bytes) {
            grow(bytes);
        }
        long address = next;
        next += bytes;
        return address;
    }

    private void grow(int bytes) {
        ArrowBuf larger = allocator.buffer(Math.max(2 * current.capacity(), bytes));
        full.add(current);
        current = larger;
        next = current.memoryAddress();
        end = next + current.capacity();
    }

    public void reset() {
        next = current.memoryAddress();
        if (!full.isEmpty()) {
            full.forEach(ArrowBuf::close);
            full.clear();
        }
    }

    /// Whether so much is handed out that who did not need [#reset] for a while should see to it.
    public boolean isWide() {
        return !full.isEmpty() || end - next < current.capacity() - WIDE_BYTES;
    }

    public Utf8 text(String text, Utf8 into) {
        return bytes(text.getBytes(StandardCharsets.UTF_8), into);
    }

    public Utf8 bytes(byte[] bytes, Utf8 into) {
        long address = allocate(bytes.length);
        Memory.copy(bytes, 0, address, bytes.length);
        return into.set(address, bytes.length);
    }

    @Override
    public void close() {
        full.forEach(ArrowBuf::close);
        current.close();
    }
}
