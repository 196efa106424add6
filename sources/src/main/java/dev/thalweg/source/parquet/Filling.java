package dev.thalweg.source.parquet;

import dev.thalweg.spi.data.FixedWidth;
import dev.thalweg.spi.data.Memory;
import org.apache.arrow.memory.ArrowBuf;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BaseFixedWidthVector;
import org.apache.arrow.vector.BaseVariableWidthVector;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// A vector while it is filled, at raw addresses: values are written side by side first, then moved apart to where the
/// validity bits are set.
///
/// BOOLEAN values lie in bytes until [#finish] packs them into bits, so that they are moved like all others.
final class Filling implements AutoCloseable {
    private static final int TEXT_BYTES_EXPECTED = 24;

    /// Bytes a value; 0 for byte strings.
    final int width;
    private final FieldVector vector;
    private @Nullable ArrowBuf flags;
    private int capacity;
    private long validity;
    private long values;
    private long offsets;
    private long dataCapacity;

    /// @param vector takes the values; it stays the caller's
    /// @param rows how many at first; [#ensure] makes room for more
    /// @param dataBytes room for byte strings to begin with
    Filling(FieldVector vector, ValueForm form, int rows, long dataBytes, BufferAllocator allocator) {
        this.width = switch (form) {
            case ValueForm.Fixed fixed -> fixed.to();
            case ValueForm.Bytes _ -> 0;
            case ValueForm.DecimalBytes _ -> 16;
            case ValueForm.Bits _ -> 1;
        };
        this.vector = vector;
        if (vector instanceof BaseVariableWidthVector bytes) {
            bytes.allocateNew(Math.max(dataBytes, (long) rows * TEXT_BYTES_EXPECTED), rows);
        } else {
            FixedWidth.allocate((BaseFixedWidthVector) vector, rows);
        }
        this.flags = form instanceof ValueForm.Bits ? allocator.buffer(Math.max(1, rows)) : null;
        locate();
    }

    private void locate() {
        validity = vector.getValidityBufferAddress();
        capacity = vector.getValueCapacity();
        if (flags != null) {
            capacity = (int) Math.min(capacity, flags.capacity());
            values = flags.memoryAddress();
        } else {
            values = vector.getDataBufferAddress();
        }
        if (width == 0) {
            offsets = vector.getOffsetBufferAddress();
            dataCapacity = vector.getDataBuffer().capacity();
        }
    }

    void ensure(int rows) {
        while (rows > capacity) {
            if (flags != null && rows > flags.capacity()) {
                ArrowBuf wider = flags.getReferenceManager().getAllocator()
                        .buffer(2 * Math.max(rows, flags.capacity()));
                Memory.copy(flags.memoryAddress(), wider.memoryAddress(), flags.capacity());
                flags.close();
                flags = wider;
            }
            if (rows > vector.getValueCapacity()) {
                vector.reAlloc();
            }
            locate();
        }
    }

    long validity() {
        return validity;
    }

    long address(int row) {
        return values + (long) width * row;
    }

    /// Where the bytes of a row may be written, `length` of them; the rows before it are whole.
    long room(int row, long length) {
        int start = Memory.getInt(offsets + 4L * row);
        if (start + length > dataCapacity) {
            if (start + length > Integer.MAX_VALUE - 16) {
                throw new DamagedFile("a batch of its texts would have " + (start + length) + " bytes");
            }
            ((BaseVariableWidthVector) vector).reallocDataBuffer(Math.max(start + length, 2 * dataCapacity));
            locate();
        }
        return values + start;
    }

    long dataRoom() {
        return dataCapacity;
    }

    /// Where the offset of a row lies: its start; that of the row after it is its end.
    long offset(int row) {
        return offsets + 4L * row;
    }

    int dataBytes(int row) {
        return Memory.getInt(offsets + 4L * row);
    }

    /// Says that every row is there.
    void setAllValid(int rows) {
        for (int i = 0; i < rows >>> 3; i++) {
            Memory.putByte(validity + i, (byte) -1);
        }
        if ((rows & 7) != 0) {
            Memory.putByte(validity + (rows >>> 3), (byte) ((1 << (rows & 7)) - 1));
        }
    }

    /// Moves the first `present` of `rows` values, from row `at` on, apart to the rows whose validity bits are set.
    void spread(int at, int rows, int present) {
        if (present == rows) {
            return;
        }
        switch (width) {
            case 0 -> spreadOffsets(at, rows, present);
            case 4 -> spreadInts(at, rows, present);
            case 8 -> spreadLongs(at, rows, present);
            default -> spreadAny(at, rows, present);
        }
    }

    private void spreadOffsets(int at, int rows, int present) {
        int from = present;
        for (int row = at + rows - 1; row >= at && from >= 0; row--) {
            Memory.putInt(offsets + 4L * (row + 1), Memory.getInt(offsets + 4L * (at + from)));
            from -= Memory.getBit(validity, row) ? 1 : 0;
        }
    }

    private void spreadInts(int at, int rows, int present) {
        int from = present;
        for (int row = at + rows - 1; from > 0; row--) {
            if (Memory.getBit(validity, row)) {
                from--;
                Memory.putInt(values + 4L * row, Memory.getInt(values + 4L * (at + from)));
            }
        }
    }

    private void spreadLongs(int at, int rows, int present) {
        int from = present;
        for (int row = at + rows - 1; from > 0; row--) {
            if (Memory.getBit(validity, row)) {
                from--;
                Memory.putLong(values + 8L * row, Memory.getLong(values + 8L * (at + from)));
            }
        }
    }

    private void spreadAny(int at, int rows, int present) {
        int from = present;
        for (int row = at + rows - 1; from > 0; row--) {
            if (Memory.getBit(validity, row)) {
                from--;
                for (int i = 0; i < width; i++) {
                    Memory.putByte(values + (long) width * row + i,
                            Memory.getByte(values + (long) width * (at + from) + i));
                }
            }
        }
    }

    /// Makes the vector a whole one, of that many rows.
    void finish(int rows) {
        if (flags != null) {
            long packed = vector.getDataBufferAddress();
            for (int row = 0; row < rows; row++) {
                Memory.putBit(packed, row, Memory.getByte(values + row) != 0);
            }
        }
        if (vector instanceof BaseVariableWidthVector bytes) {
            bytes.setLastSet(rows - 1);
        }
        vector.setValueCount(rows);
    }

    /// Gives back what only the filling needed.
    @Override
    public void close() {
        if (flags != null) {
            flags.close();
            flags = null;
        }
    }
}
