package dev.thalweg.spi.data;

import java.util.List;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.ipc.message.ArrowFieldNode;

/// Memory for vectors of one width whose values are all about to be written.
public final class FixedWidth {
    private FixedWidth() {}

    /// Gives an empty vector room for rows, none of which is there yet. Arrow's own `allocateNew` clears the values too, which costs
    /// as much as to write them.
    public static void allocate(BaseFixedWidthVector vector, int rows) {
        if (vector instanceof BitVector) {
            vector.allocateNew(rows); // its values are bits that are set one by one
            return;
        }
        long valueBytes = padded((long) Math.max(rows, 1) * vector.getTypeWidth());
        long validityBytes = padded((rows + 7) >>> 3);
        BufferAllocator allocator = vector.getAllocator();
        try (ArrowBuf both = allocator.buffer(valueBytes + validityBytes)) {
            both.setZero(valueBytes, validityBytes);
            vector.loadFieldBuffers(new ArrowFieldNode(0, 0),
                    List.of(both.slice(valueBytes, validityBytes), both.slice(0, valueBytes)));
        }
    }

    /// Gives an empty vector rows that are all there, whatever their values. It stays the caller's, also when there is no memory.
    public static void allocateAll(BaseFixedWidthVector vector, int rows) {
        allocate(vector, rows);
        vector.setValueCount(rows);
        setAll(vector.getValidityBuffer(), rows);
    }

    /// Says that the first rows are there, and no other.
    ///
    /// @param validity a bit a row, cleared
    public static void setAll(ArrowBuf validity, int rows) {
        int full = rows >>> 3;
        validity.setOne(0L, full);
        if ((rows & 7) != 0) {
            validity.setByte(full, (1 << (rows & 7)) - 1);
        }
    }

    private static long padded(long bytes) {
        return Math.max(8, (bytes + 7) & ~7L);
    }
}
