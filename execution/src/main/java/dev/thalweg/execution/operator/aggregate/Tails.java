package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.KeyedState;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/// The variable-length bytes of a group, cut into one part for each call that needs some: `length (4), bytes` each. A
/// group without a tail has empty parts.
final class Tails implements AutoCloseable {
    private @Nullable KeyedState groups;
    private final int parts;
    private final Scratch scratch;
    private int bytes;

    /// @param parts how many calls keep something here
    Tails(int parts, BufferAllocator allocator) {
        this.parts = parts;
        this.scratch = new Scratch(allocator);
    }

    /// The table of groups, which is opened when the accumulators have said how wide it is.
    void attach(KeyedState table) {
        groups = table;
    }

    private KeyedState groups() {
        return Objects.requireNonNull(groups, "attached before any row comes");
    }

    long tail(int slot) {
        return groups().tail(slot);
    }

    /// Where the length of a part stands.
    private static long entry(long tail, int part) {
        long at = tail;
        for (int i = 0; i < part; i++) {
            at += 4 + Memory.getInt(at);
        }
        return at;
    }

    static long address(long tail, int part) {
        return tail == 0 ? 0 : entry(tail, part) + 4;
    }

    static int length(long tail, int part) {
        return tail == 0 ? 0 : Memory.getInt(entry(tail, part));
    }

    /// Opens a part for writing: the others are kept, and the first `kept` bytes of the part.
    ///
    /// @return where to write the rest of the part, to be followed by [#end]
    long begin(int slot, int part, int kept, int added) {
        long tail = groups().tail(slot);
        int before = tail == 0 ? 4 * part : (int) (entry(tail, part) - tail);
        int oldPart = length(tail, part);
        int after = tail == 0 ? 4 * (parts - part - 1) : groups().tailLength(slot) - before - 4 - oldPart;
        int total = before + 4 + kept + added + after;
        long to = scratch.reserve(total);
        if (tail == 0) {
            for (int i = 0; i < parts; i++) {
                Memory.putInt(to + (i <= part ? 4L * i : 4L * i + kept + added), 0);
            }
        } else {
            Memory.copy(tail, to, before);
            Memory.copy(tail + before + 4, to + before + 4, kept);
            Memory.copy(tail + before + 4 + oldPart, to + before + 4 + kept + added, after);
        }
        Memory.putInt(to + before, kept + added);
        bytes = total;
        return to + before + 4 + kept;
    }

    /// Puts the tail that [#begin] has laid out in place.
    void end(int slot) {
        groups().setTail(slot, scratch.address(), bytes);
    }

    /// Replaces a part.
    void replace(int slot, int part, long address, int length) {
        long to = begin(slot, part, 0, length);
        Memory.copy(address, to, length);
        end(slot);
    }

    @Override
    public void close() {
        scratch.close();
    }
}
