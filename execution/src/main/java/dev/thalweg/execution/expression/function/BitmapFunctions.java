package dev.thalweg.execution.expression.function;

/// Numbers as bits of bitmaps of 4 KiB: which bitmap, which bit of it, and how many are set. `bitmap_construct_agg` makes them.
public final class BitmapFunctions {
    private static final int BITS = 8 * 4 * 1024;

    private BitmapFunctions() {}

    public static long bitmapBucketNumber(long value) {
        return value > 0 ? 1 + (value - 1) / BITS : value / BITS;
    }

    public static long bitmapBitPosition(long value) {
        return value > 0 ? (value - 1) % BITS : -value % BITS;
    }

    public static long bitmapCount(byte[] bitmap) {
        long count = 0;
        for (byte bits : bitmap) {
            count += Integer.bitCount(bits & 0xFF);
        }
        return count;
    }
}
