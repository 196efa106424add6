package dev.thalweg.execution.expression;

import java.util.Random;

/// Spark's generator of random numbers, which gives the same numbers for the same seed.
///
/// **Source** G. Marsaglia, Xorshift RNGs, 2003; the seed is spread with MurmurHash3 (A. Appleby), once for each half.
final class XorShiftRandom extends Random {
    private static final long serialVersionUID = 1L;
    private static final int ARRAY_SEED = 0x3c074a61;
    private static final int BLOCK_1 = 0xcc9e2d51;
    private static final int BLOCK_2 = 0x1b873593;

    private long state;

    XorShiftRandom(long seed) {
        super(seed);
        int low = hash(seed, ARRAY_SEED);
        int high = hash(seed, low);
        state = ((long) high << 32) | (low & 0xFFFF_FFFFL);
    }

    @Override
    protected int next(int bits) {
        long next = state ^ (state << 21);
        next ^= next >>> 35;
        next ^= next << 4;
        state = next;
        return (int) (next & ((1L << bits) - 1));
    }

    /// Of the seed's bytes, the highest first, taken four at a time with the lowest first.
    private static int hash(long value, int start) {
        int hash = mixed(start, Integer.reverseBytes((int) (value >>> 32)));
        hash = mixed(hash, Integer.reverseBytes((int) value)) ^ Long.BYTES;
        hash = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        hash = (hash ^ (hash >>> 13)) * 0xc2b2ae35;
        return hash ^ (hash >>> 16);
    }

    private static int mixed(int hash, int block) {
        int mixed = hash ^ (Integer.rotateLeft(block * BLOCK_1, 15) * BLOCK_2);
        return Integer.rotateLeft(mixed, 13) * 5 + 0xe6546b64;
    }
}
