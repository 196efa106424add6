package dev.thalweg.execution.expression.kernel;

import dev.thalweg.execution.expression.Utf8;
import dev.thalweg.spi.data.Memory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/// Memory for the text that one row's expressions make: handed out by moving a pointer, taken back all at once.
///
/// A String that comes again, the same object, is not encoded again: the bytes of the last few are kept for the batch.
///
/// **Cost** nothing a row once it has grown to what the largest row needs; where that is much, it grows anew each batch.
public final class Scratch implements AutoCloseable {
    private static final int FIRST_BYTES = 1 << 12;
    private static final long WIDE_BYTES = 1 << 20;
    private static final int KEPT_TEXTS = 4;
    private static final int KEPT_BYTES = 1 << 12;

    private final BufferAllocator allocator;
    private final List<ArrowBuf> full = new ArrayList<>(); // still referred to by this row's slices
    private ArrowBuf current;
    private long next;
    private long end;
    private final @Nullable String[] kept = new String[KEPT_TEXTS];
    private final long[] keptAt = new long[KEPT_TEXTS];
    private final int[] keptLength = new int[KEPT_TEXTS];
    private @Nullable ArrowBuf keptBytes;
    private int keptUsed;
    private int keptNext;

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
        ArrowBuf larger = allocator.buffer(Math.max(FIRST_BYTES, Math.max(2 * current.capacity(), bytes)));
        if (current.capacity() > 0) {
            full.add(current);
        }
        current = larger;
        next = current.memoryAddress();
        end = next + current.capacity();
    }

    /// Where the next text will lie: for [#release].
    public long mark() {
        return next;
    }

    /// Takes back what was handed out since a mark, which nothing refers to any more: for loops within a row.
    public void release(long mark) {
        long start = current.memoryAddress();
        next = mark >= start && mark <= next ? mark : start; // else it has grown since, and holds nothing of before
    }

    public void reset() {
        next = current.memoryAddress();
        if (!full.isEmpty()) {
            full.forEach(ArrowBuf::close);
            full.clear();
        }
    }

    /// Like [#reset], and gives memory back that few batches need: texts that lie here until the end of theirs.
    public void endBatch() {
        reset();
        if (current.capacity() > WIDE_BYTES) {
            current.close();
            current = allocator.getEmpty();
            next = current.memoryAddress();
            end = next;
        }
    }

    /// Whether so much is handed out that who did not need [#reset] for a while should see to it.
    public boolean isWide() {
        return !full.isEmpty() || end - next < current.capacity() - WIDE_BYTES;
    }

    /// Says that no text of before is referred to any more.
    public void beginBatch() {
        if (keptUsed > KEPT_BYTES / 2) {
            Arrays.fill(kept, null);
            keptUsed = 0;
        }
    }

    @SuppressWarnings("ReferenceEquality") // the same object is what is kept; another of the same text is encoded anew
    public Utf8 text(String text, Utf8 into) {
        for (int i = 0; i < KEPT_TEXTS; i++) {
            if (kept[i] == text) {
                return into.set(keptAt[i], keptLength[i]);
            }
        }
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return bytes.length <= KEPT_BYTES - keptUsed ? keep(text, bytes, into) : bytes(bytes, into);
    }

    /// Until the room is used up; what lies there stays where it is for the batch, because rows may refer to it.
    private Utf8 keep(String text, byte[] bytes, Utf8 into) {
        ArrowBuf room = keptBytes;
        if (room == null) {
            room = allocator.buffer(KEPT_BYTES);
            keptBytes = room;
        }
        long address = room.memoryAddress() + keptUsed;
        Memory.copy(bytes, 0, address, bytes.length);
        kept[keptNext] = text;
        keptAt[keptNext] = address;
        keptLength[keptNext] = bytes.length;
        keptNext = (keptNext + 1) % KEPT_TEXTS;
        keptUsed += bytes.length;
        return into.set(address, bytes.length);
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
        if (keptBytes != null) {
            keptBytes.close();
        }
    }
}
