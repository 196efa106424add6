package dev.thalweg.source.parquet;

import dev.thalweg.spi.data.Memory;
import java.util.Arrays;

/// Byte strings of which each shares its beginning with the one before (DELTA_BYTE_ARRAY).
final class PrefixedBytes {
    private final int[] prefixes;
    private final int[] suffixes;
    private final long end;
    private long at;
    private int next;
    private byte[] last = new byte[64];
    private int length;

    /// @param entries there are no more strings
    PrefixedBytes(long from, long end, int entries) {
        DeltaReader first = new DeltaReader(from, end);
        this.prefixes = all(first, entries);
        DeltaReader second = new DeltaReader(first.position(), end);
        this.suffixes = all(second, entries);
        this.at = second.position();
        this.end = end;
    }

    static int[] all(DeltaReader numbers, int most) {
        int total = numbers.total();
        if (total > most) {
            throw new DamagedFile("a page has " + total + " lengths for " + most + " values");
        }
        int[] all = new int[total];
        long[] step = new long[Values.STEP];
        for (int done = 0; done < total; done += step.length) {
            int count = Math.min(step.length, total - done);
            numbers.read(step, count);
            for (int i = 0; i < count; i++) {
                all[done + i] = (int) step[i];
            }
        }
        return all;
    }

    /// Goes on to the next string.
    ///
    /// @return its length
    int advance() {
        if (next >= prefixes.length || next >= suffixes.length) {
            throw FixedValues.tooFew();
        }
        int prefix = prefixes[next];
        int suffix = suffixes[next++];
        if (prefix < 0 || prefix > length || suffix < 0 || suffix > end - at) {
            throw new DamagedFile("a value shares " + prefix + " bytes with one of " + length);
        }
        if (prefix + suffix > last.length) {
            last = Arrays.copyOf(last, Math.max(prefix + suffix, 2 * last.length));
        }
        Memory.copy(at, last, prefix, suffix);
        at += suffix;
        length = prefix + suffix;
        return length;
    }

    int length() {
        return length;
    }

    void copy(long to) {
        Memory.copy(last, 0, to, length);
    }
}
