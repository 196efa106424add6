package dev.thalweg.execution.expression.function;

/// Single bits of integers.
public final class BitFunctions {
    private BitFunctions() {}

    public static int shiftleft(int x, int bits) {
        return x << bits;
    }

    public static long shiftleft(long x, int bits) {
        return x << bits;
    }

    public static int shiftright(int x, int bits) {
        return x >> bits;
    }

    public static long shiftright(long x, int bits) {
        return x >> bits;
    }

    public static int shiftrightunsigned(int x, int bits) {
        return x >>> bits;
    }

    public static long shiftrightunsigned(long x, int bits) {
        return x >>> bits;
    }

    public static int bitCount(boolean x) {
        return x ? 1 : 0;
    }

    /// Of the number as a BIGINT, whatever its type.
    public static int bitCount(long x) {
        return Long.bitCount(x);
    }

    public static int getbit(int x, int position) {
        return bit(x, position, Integer.SIZE);
    }

    public static int getbit(long x, int position) {
        return bit(x, position, Long.SIZE);
    }

    public static int getbitOfByte(int x, int position) {
        return bit(x, position, Byte.SIZE);
    }

    public static int getbitOfShort(int x, int position) {
        return bit(x, position, Short.SIZE);
    }

    private static int bit(long x, int position, int size) {
        if (position < 0 || position >= size) {
            throw Reject.argument("getbit", "position", position, "0 to " + (size - 1));
        }
        return (int) (x >> position & 1);
    }
}
