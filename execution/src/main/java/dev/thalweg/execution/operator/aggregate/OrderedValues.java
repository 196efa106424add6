package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.OrderedBytes;
import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.VectorValues;
import dev.thalweg.state.EncodedKeys;
import java.util.Objects;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// Values as bytes whose order, byte by byte and unsigned, is the order of the values. **Part of the checkpoint format.**
///
/// Numbers, dates, times and intervals: 8 bytes, big-endian, sign bit flipped (FLOAT and DOUBLE by their ordered bits, NaN
/// last); DECIMAL likewise in 16; STRING and BINARY as they are; arrays and structs as [OrderedBytes] has them.
final class OrderedValues implements AutoCloseable {
    private final DataType type;
    private final Scratch scratch;
    private final ArgumentValues values = new ArgumentValues();
    private final EncodedKeys encoded = new EncodedKeys(0);

    OrderedValues(DataType type, BufferAllocator allocator) {
        this.type = type;
        this.scratch = new Scratch(allocator);
    }

    /// No row may be null. The hashes are not set.
    EncodedKeys encode(FieldVector vector, int[] row, int count) {
        encoded.reset(count);
        if (type == Simple.STRING || type == Simple.BINARY) {
            slices(vector, row, count);
        } else if (type instanceof Decimal) {
            decimals(vector.getDataBufferAddress(), row, count);
        } else if (type.isNested()) {
            nested(vector, row, count);
        } else {
            longs(values.orderedLongs(vector, type, row, count), count);
        }
        return encoded;
    }

    private void slices(FieldVector vector, int[] row, int count) {
        long offsets = vector.getOffsetBufferAddress();
        long data = vector.getDataBufferAddress();
        for (int i = 0; i < count; i++) {
            int start = Memory.getInt(offsets + ((long) row[i] << 2));
            int end = Memory.getInt(offsets + (((long) row[i] + 1) << 2));
            encoded.set(i, data + start, end - start, 0);
        }
    }

    private void nested(FieldVector vector, int[] row, int count) {
        byte[][] bytes = new byte[count][];
        long total = 0;
        for (int i = 0; i < count; i++) {
            bytes[i] = OrderedBytes.write(Objects.requireNonNull(VectorValues.get(vector, row[i], type)), type);
            total += bytes[i].length;
        }
        long to = scratch.reserve(total);
        for (int i = 0; i < count; i++) {
            Memory.copy(bytes[i], 0, to, bytes[i].length);
            encoded.set(i, to, bytes[i].length, 0);
            to += bytes[i].length;
        }
    }

    private void decimals(long data, int[] row, int count) {
        long to = scratch.reserve((long) count * 16);
        for (int i = 0; i < count; i++, to += 16) {
            long from = data + ((long) row[i] << 4);
            Memory.putLong(to, Long.reverseBytes(Memory.getLong(from + 8) ^ Long.MIN_VALUE));
            Memory.putLong(to + 8, Long.reverseBytes(Memory.getLong(from)));
            encoded.set(i, to, 16, 0);
        }
    }

    private void longs(long[] ordered, int count) {
        long to = scratch.reserve((long) count * 8);
        for (int i = 0; i < count; i++, to += 8) {
            Memory.putLong(to, Long.reverseBytes(ordered[i] ^ Long.MIN_VALUE));
            encoded.set(i, to, 8, 0);
        }
    }

    static long toLong(long bytes) {
        return Long.reverseBytes(Memory.getLong(bytes)) ^ Long.MIN_VALUE;
    }

    /// Negative, 0 or positive as the left bytes come before, equal or come after the right ones.
    static int compare(long left, int leftLength, long right, int rightLength) {
        int common = Math.min(leftLength, rightLength);
        int i = 0;
        for (; i + 8 <= common; i += 8) {
            long a = Memory.getLong(left + i);
            long b = Memory.getLong(right + i);
            if (a != b) {
                return Long.compareUnsigned(Long.reverseBytes(a), Long.reverseBytes(b));
            }
        }
        for (; i < common; i++) {
            int difference = (Memory.getByte(left + i) & 0xFF) - (Memory.getByte(right + i) & 0xFF);
            if (difference != 0) {
                return difference;
            }
        }
        return leftLength - rightLength;
    }

    @Override
    public void close() {
        scratch.close();
    }
}
