package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.Murmur3;
import org.apache.arrow.memory.BufferAllocator;

/// Keys of a table that holds many entries a group: the key of the group, then a value. They live in the key group of
/// their group, so the lowest 16 bits of their hash are the group's.
final class MemberKeys implements AutoCloseable {
    private final Scratch scratch;
    private final EncodedKeys keys = new EncodedKeys(0);

    MemberKeys(BufferAllocator allocator) {
        scratch = new Scratch(allocator);
    }

    /// @param values one a row
    EncodedKeys of(CallRows rows, EncodedKeys values) {
        EncodedKeys groups = rows.keys();
        long total = 0;
        for (int i = 0; i < rows.count; i++) {
            total += groups.length(rows.key[i]) + values.length(i);
        }
        long at = scratch.reserve(total);
        keys.reset(rows.count);
        for (int i = 0; i < rows.count; i++) {
            int group = rows.key[i];
            int groupLength = groups.length(group);
            int length = groupLength + values.length(i);
            Memory.copy(groups.address(group), at, groupLength);
            Memory.copy(values.address(i), at + groupLength, values.length(i));
            keys.set(i, at, length, KeyEncoder.owned(Murmur3.hash(at, length), groups.hash(group)));
            at += length;
        }
        return keys;
    }

    @Override
    public void close() {
        scratch.close();
    }
}
