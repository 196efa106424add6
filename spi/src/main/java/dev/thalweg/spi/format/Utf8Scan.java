package dev.thalweg.spi.format;

import dev.thalweg.spi.data.Memory;

/// Searches and checks UTF-8 bytes in off-heap memory, eight at a time.
///
/// Loads may reach up to seven bytes past the end that was asked for; buffers of this package end in [#PADDING_BYTES]
/// bytes that nobody minds.
public final class Utf8Scan {
    /// How many readable bytes must follow the end of a region that is scanned.
    public static final int PADDING_BYTES = 64;

    private static final long ONES = 0x0101_0101_0101_0101L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

    private Utf8Scan() {}

    /// The address of the first such byte in `[from, end)`, or `end`.
    public static long find(long from, long end, int wanted) {
        long pattern = ONES * wanted;
        for (long at = from; at < end; at += Long.BYTES) {
            long differing = Memory.getLong(at) ^ pattern;
            long hits = differing - ONES & ~differing & HIGH_BITS;
            if (hits != 0) {
                return Math.min(end, at + (Long.numberOfTrailingZeros(hits) >>> 3));
            }
        }
        return end;
    }

    /// The address after the last such byte in `[from, end)`, or `from` when there is none.
    public static long afterLast(long from, long end, int wanted) {
        long at = end;
        while (at > from && Memory.getByte(at - 1) != wanted) {
            at--;
        }
        return at;
    }

    public static boolean isAscii(long from, long end) {
        long at = from;
        long seen = 0;
        for (; at + Long.BYTES <= end; at += Long.BYTES) {
            seen |= Memory.getLong(at);
        }
        for (; at < end; at++) {
            seen |= Memory.getByte(at);
        }
        return (seen & HIGH_BITS) == 0;
    }

    /// Whether the bytes are UTF-8 as RFC 3629 has it: no overlong forms, no surrogates, nothing above U+10FFFF.
    public static boolean isValid(long from, long end) {
        long at = from;
        while (at < end) {
            if (at + Long.BYTES <= end && (Memory.getLong(at) & HIGH_BITS) == 0) {
                at += Long.BYTES;
                continue;
            }
            int length = sequenceLength(at, end);
            if (length == 0) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /// How many bytes the well-formed sequence at an address has; 0 when it is malformed.
    static int sequenceLength(long at, long end) {
        int lead = Memory.getByte(at) & 0xFF;
        if (lead < 0x80) {
            return 1;
        }
        int length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
        if (lead < 0xC2 || lead > 0xF4 || at + length > end) {
            return 0;
        }
        int second = Memory.getByte(at + 1) & 0xFF;
        boolean secondFits = switch (lead) {
            case 0xE0 -> second >= 0xA0 && second <= 0xBF;
            case 0xED -> second >= 0x80 && second <= 0x9F;
            case 0xF0 -> second >= 0x90 && second <= 0xBF;
            case 0xF4 -> second >= 0x80 && second <= 0x8F;
            default -> second >= 0x80 && second <= 0xBF;
        };
        if (!secondFits) {
            return 0;
        }
        for (int i = 2; i < length; i++) {
            if ((Memory.getByte(at + i) & 0xC0) != 0x80) {
                return 0;
            }
        }
        return length;
    }
}
