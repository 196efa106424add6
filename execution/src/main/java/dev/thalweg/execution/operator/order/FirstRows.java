package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.KeyedState;
import org.apache.arrow.memory.BufferAllocator;

/// The few first rows of a partition, in order, as the bytes behind its entry of state.
///
/// A row is `times (8), length of the order (4), length of the row (4), order, row`. Rows lie in the order asked for, equal ones
/// by their bytes; the value of the entry is how many there are, and where the last one lies.
final class FirstRows {
    static final int VALUE_BYTES = 16;

    private static final int LAST = 8;
    private static final int ORDER_LENGTH = 8;
    private static final int ROW_LENGTH = 12;
    private static final int HEAD = 16;

    private FirstRows() {}

    static long times(long entry) {
        return Memory.getLong(entry);
    }

    /// Where the row of an entry lies.
    static long row(long entry) {
        return entry + HEAD + Memory.getInt(entry + ORDER_LENGTH);
    }

    static long next(long entry) {
        return row(entry) + Memory.getInt(entry + ROW_LENGTH);
    }

    /// Negative, 0 or positive as an entry comes before, is equal to or comes after another.
    static int compare(long one, long other) {
        int orders = compare(one + HEAD, Memory.getInt(one + ORDER_LENGTH), other + HEAD,
                Memory.getInt(other + ORDER_LENGTH));
        return orders != 0
                ? orders
                : compare(row(one), Memory.getInt(one + ROW_LENGTH), row(other), Memory.getInt(other + ROW_LENGTH));
    }

    /// The order of bytes.
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

    /// Whether so many rows of a partition are kept, and each before one of this order.
    static boolean isBehindLast(KeyedState partitions, int slot, long limit, long order, int orderLength) {
        long value = partitions.value(slot);
        if (Memory.getLong(value) < limit) {
            return false;
        }
        long last = partitions.tail(slot) + Memory.getLong(value + LAST);
        return compare(order, orderLength, last + HEAD, Memory.getInt(last + ORDER_LENGTH)) > 0;
    }

    /// Puts rows into their partitions, one after the other.
    static final class Writer implements AutoCloseable {
        private final KeyedState partitions;
        private final long limit;
        private final Scratch entry;
        private final Scratch written;
        private long used;
        private long rows;
        private long last;

        /// @param limit how many rows of a partition are kept
        Writer(KeyedState partitions, long limit, BufferAllocator allocator) {
            this.partitions = partitions;
            this.limit = limit;
            this.entry = new Scratch(allocator);
            this.written = new Scratch(allocator);
        }

        /// Takes in a row that is there so often; one behind the last that is asked for is left alone.
        void add(int slot, long times, long order, int orderLength, long row, int rowLength) {
            long at = entry.reserve(HEAD + orderLength + rowLength + 8L);
            Memory.putLong(at, Math.min(times, limit));
            Memory.putInt(at + ORDER_LENGTH, orderLength);
            Memory.putInt(at + ROW_LENGTH, rowLength);
            Memory.copy(order, at + HEAD, orderLength);
            Memory.copy(row, at + HEAD + orderLength, rowLength);
            long value = partitions.value(slot);
            boolean isFull = Memory.getLong(value) >= limit;
            if (!isFull || compare(at, partitions.tail(slot) + Memory.getLong(value + LAST)) < 0) {
                if (limit == 1) {
                    keep(slot, at, next(at) - at, 1, 0);
                } else {
                    insert(slot, at);
                }
            }
        }

        private void keep(int slot, long from, long length, long rows, long last) {
            partitions.touch(slot);
            partitions.setTail(slot, from, Math.toIntExact(length));
            long value = partitions.value(slot);
            Memory.putLong(value, rows);
            Memory.putLong(value + LAST, last);
        }

        private void insert(int slot, long fresh) {
            long from = partitions.tail(slot);
            long end = from + partitions.tailLength(slot);
            written.reserve(end - from + next(fresh) - fresh + 8);
            used = 0;
            rows = 0;
            boolean isIn = false;
            while (from < end && rows < limit) {
                int order = isIn ? 1 : compare(fresh, from);
                if (order < 0) {
                    put(fresh, times(fresh));
                    isIn = true;
                } else {
                    put(from, times(from) + (order == 0 ? times(fresh) : 0));
                    isIn |= order == 0;
                    from = next(from);
                }
            }
            if (!isIn && rows < limit) {
                put(fresh, times(fresh));
            }
            keep(slot, written.address(), used, rows, last);
        }

        private void put(long from, long times) {
            long to = written.address() + used;
            int length = (int) (next(from) - from);
            Memory.copy(from, to, length);
            Memory.putLong(to, times);
            last = used;
            used += length;
            rows += times;
        }

        @Override
        public void close() {
            entry.close();
            written.close();
        }
    }
}
