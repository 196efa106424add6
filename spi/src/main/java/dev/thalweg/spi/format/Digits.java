package dev.thalweg.spi.format;

import dev.thalweg.spi.data.Memory;

/// Decimal digits in off-heap text, eight at a time: a loop over single digits mispredicts the end of nearly every number.
final class Digits {
    /// How many digits a word holds.
    static final int IN_WORD = Long.BYTES;

    private static final long ZEROS = 0x3030_3030_3030_3030L;
    private static final long HIGH_BITS = 0x8080_8080_8080_8080L;
    /// Lifts every byte above 9 to where its high bit shows.
    private static final long ABOVE_NINE = 0x7676_7676_7676_7676L;
    private static final long[] POWERS = {1, 10, 100, 1_000, 10_000, 100_000, 1_000_000, 10_000_000, 100_000_000};

    private Digits() {}

    /// How many of the eight bytes of a word are digits, from its first on.
    static int count(long word) {
        long values = word ^ ZEROS;
        return Long.numberOfTrailingZeros((values + ABOVE_NINE | values) & HIGH_BITS) >>> 3;
    }

    /// The number that the first `count` bytes of a word make, which are digits. Neighbours are added up in pairs.
    ///
    /// @param count from 1 to 8
    static long value(long word, int count) {
        long digits = (word ^ ZEROS) << (8 * (IN_WORD - count));
        long pairs = (digits * 10 + (digits >>> 8)) & 0x00FF_00FF_00FF_00FFL;
        long fours = (pairs * 100 + (pairs >>> 16)) & 0x0000_FFFF_0000_FFFFL;
        return fours * 10_000 + (fours >>> 32) & 0xFFFF_FFFFL;
    }

    /// `sum` with `count` more digits behind it.
    static long append(long sum, long word, int count) {
        return count == 0 ? sum : sum * POWERS[count] + value(word, count);
    }

    /// The seconds of a time of day `HH:mm:ss`; -1 if the eight bytes are none.
    static int secondOfDay(long at) {
        long values = Memory.getLong(at) ^ 0x3030_3A30_303A_3030L; // digits become their values, colons 0
        if (((values + 0x7676_7F76_767F_7676L | values) & HIGH_BITS) != 0) {
            return -1;
        }
        int hour = (int) (values & 0xF) * 10 + (int) (values >>> 8 & 0xF);
        int minute = (int) (values >>> 24 & 0xF) * 10 + (int) (values >>> 32 & 0xF);
        int second = (int) (values >>> 48 & 0xF) * 10 + (int) (values >>> 56 & 0xF);
        return hour > 23 || minute > 59 || second > 59 ? -1 : (hour * 60 + minute) * 60 + second;
    }
}
