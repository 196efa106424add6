package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import org.apache.arrow.memory.BufferAllocator;

/// Keys with a time before them, for a table that orders them by it. **Part of the checkpoint format.**
///
/// ```
/// time, 8 bytes, big-endian, sign bit flipped
/// the key as it was
/// ```
///
/// The hash is that of the key alone, so a key that moves to another time keeps it.
/// Thread: one task. What is made is valid until the next call.
final class TimedKeys implements AutoCloseable {
    static final int LEAD = 8;

    private final Scratch scratch;
    private final EncodedKeys keys = new EncodedKeys(0);

    TimedKeys(BufferAllocator allocator) {
        this.scratch = new Scratch(allocator);
    }

    /// @param bare keys without a time, each with its own of `times`
    EncodedKeys of(EncodedKeys bare, long[] times) {
        int count = bare.count();
        long bytes = 0;
        for (int i = 0; i < count; i++) {
            bytes += LEAD + bare.length(i);
        }
        long at = scratch.reserve(bytes + 8);
        keys.reset(count);
        for (int i = 0; i < count; i++) {
            int length = bare.length(i);
            Memory.putLong(at, Long.reverseBytes(times[i] ^ Long.MIN_VALUE));
            Memory.copy(bare.address(i), at + LEAD, length);
            keys.set(i, at, LEAD + length, bare.hash(i));
            at += LEAD + length;
        }
        return keys;
    }

    @Override
    public void close() {
        scratch.close();
    }
}
