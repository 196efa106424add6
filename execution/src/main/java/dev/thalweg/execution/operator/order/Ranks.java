package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.hash.RawVectors;
import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.Memory;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// The functions that say where a row stands in its partition.
final class Ranks {
    private Ranks() {}

    /// Allocates a column that is then filled in a loop; nothing in between fails.
    private static FieldVector column(WindowRows rows, Field field, BufferAllocator allocator) {
        FieldVector vector = ArrowTypes.newVector(field, allocator);
        RawVectors.allocate(vector, rows.count);
        return vector;
    }

    static FieldVector rowNumber(WindowRows rows, Field field, BufferAllocator allocator) {
        FieldVector vector = column(rows, field, allocator);
        long data = vector.getDataBufferAddress();
        for (int i = 0; i < rows.count; i++) {
            Memory.putInt(data + ((long) i << 2), rows.start(i).partial().rows() + i - rows.begin[i] + 1);
        }
        return vector;
    }

    static FieldVector rank(WindowRows rows, Field field, BufferAllocator allocator) {
        FieldVector vector = column(rows, field, allocator);
        long data = vector.getDataBufferAddress();
        for (int i = 0; i < rows.count; i++) {
            int before = rows.start(i).partial().rows() + rows.peerBegin[i] - rows.begin[i];
            Memory.putInt(data + ((long) i << 2), before + 1);
        }
        return vector;
    }

    static FieldVector denseRank(WindowRows rows, Field field, BufferAllocator allocator) {
        FieldVector vector = column(rows, field, allocator);
        long data = vector.getDataBufferAddress();
        int rank = 0;
        for (int i = 0; i < rows.count; i++) {
            rank = i == rows.begin[i]
                    ? rows.start(i).partial().groups() + 1
                    : rank + (i == rows.peerBegin[i] ? 1 : 0);
            Memory.putInt(data + ((long) i << 2), rank);
        }
        return vector;
    }

    static FieldVector percentRank(WindowRows rows, Field field, BufferAllocator allocator) {
        FieldVector vector = column(rows, field, allocator);
        long data = vector.getDataBufferAddress();
        for (int i = 0; i < rows.count; i++) {
            int others = rows.end[i] - rows.begin[i] - 1;
            double part = others == 0 ? 0 : (double) (rows.peerBegin[i] - rows.begin[i]) / others;
            Memory.putDouble(data + ((long) i << 3), part);
        }
        return vector;
    }

    static FieldVector cumeDist(WindowRows rows, Field field, BufferAllocator allocator) {
        FieldVector vector = column(rows, field, allocator);
        long data = vector.getDataBufferAddress();
        for (int i = 0; i < rows.count; i++) {
            Memory.putDouble(data + ((long) i << 3),
                    (double) (rows.peerEnd[i] - rows.begin[i]) / (rows.end[i] - rows.begin[i]));
        }
        return vector;
    }

    /// The first tiles are one row larger where the rows cannot be dealt out evenly.
    static FieldVector ntile(WindowRows rows, long tiles, Field field, BufferAllocator allocator) {
        FieldVector vector = column(rows, field, allocator);
        long data = vector.getDataBufferAddress();
        for (int i = 0; i < rows.count; i++) {
            long size = (long) rows.end[i] - rows.begin[i];
            long small = size / tiles;
            long inLarge = (size % tiles) * (small + 1L);
            long at = (long) i - rows.begin[i];
            long tile = at < inLarge ? at / (small + 1) : size % tiles + (at - inLarge) / small;
            Memory.putInt(data + ((long) i << 2), (int) tile + 1);
        }
        return vector;
    }
}
