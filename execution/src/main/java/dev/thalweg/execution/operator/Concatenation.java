package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.RowCodec;
import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.EncodedKeys;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/// Many batches as one, for what must reach any row by a number.
public final class Concatenation {
    private Concatenation() {}

    /// Rows in order, without weights; the caller keeps and closes the batches.
    public static Batch of(RowType type, List<Batch> batches, BufferAllocator allocator) {
        int count = Math.toIntExact(batches.stream().mapToLong(Batch::rowCount).sum());
        try (RowCodec codec = new RowCodec(type, allocator); Scratch arena = new Scratch(allocator)) {
            long[] at = new long[count];
            long used = 0;
            int row = 0;
            for (Batch batch : batches) {
                EncodedKeys bytes = codec.encode(batch);
                for (int i = 0; i < batch.rowCount(); i++) {
                    long base = arena.grow(used, used + bytes.length(i));
                    Memory.copy(bytes.address(i), base + used, bytes.length(i));
                    at[row++] = used;
                    used += bytes.length(i);
                }
            }
            for (int i = 0; i < count; i++) {
                at[i] += arena.address(); // it has stopped moving
            }
            return codec.decode(at, count);
        }
    }
}
