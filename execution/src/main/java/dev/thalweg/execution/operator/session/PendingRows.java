package dev.thalweg.execution.operator.session;

import dev.thalweg.execution.hash.Scratch;
import dev.thalweg.spi.data.Memory;
import java.util.Arrays;
import org.apache.arrow.memory.BufferAllocator;

/// Rows while their sessions are found: those of a trigger, and those that were there, each with what it was and what changes.
///
/// Plain arrays, the first [#count] entries valid. The bytes of all rows lie in one arena, which may move: offsets stay.
final class PendingRows implements AutoCloseable {
    /// Of a row that is new.
    static final long NO_SESSION = Long.MIN_VALUE;

    int count;
    int[] key = new int[256];
    long[] time = new long[256];
    /// The end of a session of this row alone.
    long[] end = new long[256];
    /// How often the row was there.
    long[] was = new long[256];
    /// How often it is there now.
    long[] is = new long[256];
    /// The bounds of the session that it was in.
    long[] wasStart = new long[256];
    long[] wasEnd = new long[256];
    long[] offset = new long[256];
    int[] length = new int[256];
    private final Scratch arena;
    private long used;

    PendingRows(BufferAllocator allocator) {
        arena = new Scratch(allocator);
    }

    /// Adds a row, whose bytes are copied; what it was and is the caller says.
    int add(int keyNumber, long rowTime, long rowEnd, long bytes, int size) {
        if (count == key.length) {
            grow(count * 2);
        }
        long base = arena.grow(used, used + size + 8);
        Memory.copy(bytes, base + used, size);
        key[count] = keyNumber;
        time[count] = rowTime;
        end[count] = rowEnd;
        offset[count] = used;
        length[count] = size;
        wasStart[count] = NO_SESSION;
        wasEnd[count] = NO_SESSION;
        was[count] = 0;
        is[count] = 0;
        used += size + 7 & ~7L;
        return count++;
    }

    private void grow(int size) {
        key = Arrays.copyOf(key, size);
        time = Arrays.copyOf(time, size);
        end = Arrays.copyOf(end, size);
        was = Arrays.copyOf(was, size);
        is = Arrays.copyOf(is, size);
        wasStart = Arrays.copyOf(wasStart, size);
        wasEnd = Arrays.copyOf(wasEnd, size);
        offset = Arrays.copyOf(offset, size);
        length = Arrays.copyOf(length, size);
    }

    /// Where the bytes of a row lie until the next [#add].
    long bytes(int row) {
        return arena.address() + offset[row];
    }

    /// What [#offset] counts from, until the next [#add].
    long bytesFrom() {
        return arena.address();
    }

    /// By time, then by bytes.
    int compare(int left, int right) {
        int byTime = Long.compare(time[left], time[right]);
        return byTime != 0 ? byTime : compareBytes(left, right);
    }

    int compareBytes(int left, int right) {
        long a = bytes(left);
        long b = bytes(right);
        int both = Math.min(length[left], length[right]);
        int i = 0;
        for (; i + 8 <= both; i += 8) {
            long x = Memory.getLong(a + i);
            long y = Memory.getLong(b + i);
            if (x != y) {
                return Long.compareUnsigned(Long.reverseBytes(x), Long.reverseBytes(y));
            }
        }
        for (; i < both; i++) {
            int difference = (Memory.getByte(a + i) & 0xFF) - (Memory.getByte(b + i) & 0xFF);
            if (difference != 0) {
                return difference;
            }
        }
        return length[left] - length[right];
    }

    /// Sorts row numbers by [#compare]; a merge sort, because rows that were there are in order already.
    void sort(int[] rows, int size) {
        int[] from = rows;
        int[] to = new int[size];
        boolean isElsewhere = false;
        for (int width = 1; width < size; width *= 2) {
            for (int low = 0; low < size; low += 2 * width) {
                merge(from, to, low, Math.min(low + width, size), Math.min(low + 2 * width, size));
            }
            int[] swapped = from;
            from = to;
            to = swapped;
            isElsewhere = !isElsewhere;
        }
        if (isElsewhere) {
            System.arraycopy(from, 0, rows, 0, size);
        }
    }

    private void merge(int[] from, int[] to, int low, int middle, int high) {
        int left = low;
        int right = middle;
        for (int i = low; i < high; i++) {
            boolean takesLeft = right >= high || (left < middle && compare(from[left], from[right]) <= 0);
            to[i] = takesLeft ? from[left++] : from[right++];
        }
    }

    void clear() {
        count = 0;
        used = 0;
    }

    @Override
    public void close() {
        arena.close();
    }
}
