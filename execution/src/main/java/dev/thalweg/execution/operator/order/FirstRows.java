package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.KeyedState;
import org.apache.arrow.memory.BufferAllocator;

/// The few first rows of a partition, in order, as the bytes behind its entry of state.
///
/// A row is `times (4), length of the order (4), length of the rest (4), order, rest`; the rest is what [RestOfRows] leaves beside the
/// partition's key. Rows lie in the order asked for, equal ones by their bytes; the value of the entry is how many there are, and
/// where the last one lies.
final class FirstRows {
    static final int VALUE_BYTES = 8;

    private static final int LAST = 4;
    private static final int ORDER_LENGTH = 4;
    private static final int REST_LENGTH = 8;
    private static final int HEAD = 12;

    private FirstRows() {}

    static int times(long entry) {
        return Memory.getInt(entry);
    }

    /// Where the rest of the row of an entry lies.
    static long rest(long entry) {
        return entry + HEAD + Memory.getInt(entry + ORDER_LENGTH);
    }

    static long next(long entry) {
        return rest(entry) + Memory.getInt(entry + REST_LENGTH);
    }

    /// Negative, 0 or positive as an entry comes before, is equal to or comes after another.
    static int compare(long one, long other) {
        int orders = compare(one + HEAD, Memory.getInt(one + ORDER_LENGTH), other + HEAD,
                Memory.getInt(other + ORDER_LENGTH));
        return orders != 0
                ? orders
                : compare(rest(one), Memory.getInt(one + REST_LENGTH), rest(other), Memory.getInt(other + REST_LENGTH));
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

    private static long last(KeyedState partitions, int slot, long value) {
        return partitions.tail(slot) + Memory.getInt(value + LAST);
    }

    /// Whether so many rows of a partition are kept, and each before one of this order.
    static boolean isBehindLast(KeyedState partitions, int slot, long limit, long order, int orderLength) {
        long value = partitions.value(slot);
        if (Memory.getInt(value) < limit) {
            return false;
        }
        long last = last(partitions, slot, value);
        return compare(order, orderLength, last + HEAD, Memory.getInt(last + ORDER_LENGTH)) > 0;
    }

    /// Puts rows into their partitions, one after the other.
    static final class Writer implements AutoCloseable {
        private final KeyedState partitions;
        private final int limit;
        private final Scratch entry;
        private final Scratch written;

        /// @param limit how many rows of a partition are kept
        Writer(KeyedState partitions, int limit, BufferAllocator allocator) {
            this.partitions = partitions;
            this.limit = limit;
            this.entry = new Scratch(allocator);
            this.written = new Scratch(allocator);
        }

        /// Takes in a row that is there so often; one behind the last that is asked for is left alone.
        void add(int slot, long times, long order, int orderLength, long rest, int restLength) {
            long at = entry.reserve(HEAD + orderLength + restLength + 8L);
            Memory.putInt(at, (int) Math.min(times, limit));
            Memory.putInt(at + ORDER_LENGTH, orderLength);
            Memory.putInt(at + REST_LENGTH, restLength);
            Memory.copyFew(order, at + HEAD, orderLength);
            Memory.copy(rest, at + HEAD + orderLength, restLength);
            long value = partitions.value(slot);
            int rows = Memory.getInt(value);
            if (rows < limit || compare(at, last(partitions, slot, value)) < 0) {
                if (rows == 0 || limit == 1) {
                    keep(slot, at, next(at) - at, times(at), 0);
                } else {
                    insert(slot, at);
                }
            }
        }

        private void keep(int slot, long from, long length, int rows, long last) {
            partitions.touch(slot);
            partitions.setTail(slot, from, Math.toIntExact(length));
            long value = partitions.value(slot);
            Memory.putInt(value, rows);
            Memory.putInt(value + LAST, (int) last);
        }

        /// Writes the rows before the fresh one, that one, and those behind it that are still among the first.
        private void insert(int slot, long fresh) {
            long from = partitions.tail(slot);
            long end = from + partitions.tailLength(slot);
            long place = from;
            int rows = 0;
            int order = 1;
            while (place < end && (order = compare(fresh, place)) > 0) {
                rows += times(place);
                place = next(place);
            }
            boolean isThere = order == 0;
            int times = times(fresh) + (isThere ? times(place) : 0);
            rows += times;
            long behind = isThere ? next(place) : place;
            long last = -1;
            long kept = behind;
            while (kept < end && rows < limit) {
                rows += times(kept);
                last = kept;
                kept = next(kept);
            }
            long length = next(fresh) - fresh; // of equal rows all bytes are equal, but for the times
            long to = written.reserve(end - from + length + 8);
            long at = to + (place - from);
            Memory.copy(from, to, place - from);
            Memory.copy(fresh, at, length);
            Memory.putInt(at, times);
            Memory.copy(behind, at + length, kept - behind);
            keep(slot, to, at - to + length + kept - behind, rows,
                    last < 0 ? at - to : at - to + length + last - behind);
        }

        @Override
        public void close() {
            entry.close();
            written.close();
        }
    }
}
