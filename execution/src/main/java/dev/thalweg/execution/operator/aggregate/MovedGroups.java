package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.hash.KeyLayout;
import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.Murmur3;
import org.apache.arrow.memory.BufferAllocator;

/// Makes the keys that groups had when their sessions had other bounds: the key of a row, with those in the place of its own.
final class MovedGroups implements AutoCloseable {
    private final KeyLayout layout;
    private final AggregateDeclaration spec;
    private final Scratch bytes;
    private final EncodedKeys keys = new EncodedKeys(16);
    private int[] slots = new int[16];

    MovedGroups(AggregateDeclaration spec, KeyLayout layout, BufferAllocator allocator) {
        this.spec = spec;
        this.layout = layout;
        this.bytes = new Scratch(allocator);
    }

    int[] slots(int count) {
        if (slots.length < count) {
            slots = new int[Math.max(count, slots.length * 2)];
        }
        return slots;
    }

    /// The bounds of a session are the last two columns of the input.
    EncodedKeys keys(EncodedKeys rows, SessionMoves moves) {
        long total = 0;
        for (int i = 0; i < moves.count; i++) {
            total += rows.length(moves.row[i]) + 15 & ~7L;
        }
        long at = bytes.reserve(total + 8);
        keys.reset(moves.count);
        int width = spec.input().size();
        for (int i = 0; i < moves.count; i++) {
            int row = moves.row[i];
            int length = rows.length(row);
            Memory.copy(rows.address(row), at, length);
            for (int key = 0; key < spec.keys().size(); key++) {
                int column = spec.keys().get(key);
                if (column >= width - 2) {
                    layout.putTime(at, key, column == width - 2 ? moves.start[i] : moves.end[i]);
                }
            }
            keys.set(i, at, length, KeyEncoder.owned(Murmur3.hash(at, length), rows.hash(row)));
            at += length + 15 & ~7L;
        }
        return keys;
    }

    @Override
    public void close() {
        bytes.close();
    }
}
