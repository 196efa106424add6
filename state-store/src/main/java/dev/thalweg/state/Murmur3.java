package dev.thalweg.state;

import dev.thalweg.spi.data.Memory;

/// The hash of encoded keys: it places a key in its key group and in the tables of a task.
///
/// Murmur3 x64 with 128 bits and seed 0, of which the lower 64 are kept. The checkpoint rests on it, so it never changes
/// within a format version. **Cost** about 3 ns for a key of 8 bytes. **Source** Austin Appleby, MurmurHash3, public domain.
public final class Murmur3 {
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;

    private Murmur3() {}

    public static long hash(long address, int length) {
        long h1 = 0;
        long h2 = 0;
        int whole = length & ~15;
        for (int i = 0; i < whole; i += 16) {
            h1 = (Long.rotateLeft(h1 ^ mix1(Memory.getLong(address + i)), 27) + h2) * 5 + 0x52dce729;
            h2 = (Long.rotateLeft(h2 ^ mix2(Memory.getLong(address + i + 8)), 31) + h1) * 5 + 0x38495ab5;
        }
        int rest = length - whole;
        if (rest > 8) {
            h2 ^= mix2(Memory.getLong(address + length - 8) >>> (8 * (16 - rest)));
            h1 ^= mix1(Memory.getLong(address + whole));
        } else if (rest > 0) {
            h1 ^= mix1(length >= 8
                    ? Memory.getLong(address + length - 8) >>> (8 * (8 - rest))
                    : partial(address, length));
        }
        return finish(h1, h2, length);
    }

    /// The hash of the 8 bytes that `word` has in little-endian memory.
    public static long hash8(long word) {
        return finish(mix1(word), 0, 8);
    }

    /// The hash of the 16 bytes that the two words have in little-endian memory.
    public static long hash16(long first, long second) {
        long h1 = Long.rotateLeft(mix1(first), 27) * 5 + 0x52dce729;
        long h2 = (Long.rotateLeft(mix2(second), 31) + h1) * 5 + 0x38495ab5;
        return finish(h1, h2, 16);
    }

    /// The hash of 9 to 15 bytes that are at hand as two words, the second padded with zeros.
    public static long hash9To15(long first, long second, int length) {
        return finish(mix1(first), mix2(second), length);
    }

    /// Fewer than 8 bytes as a word, by loads that overlap instead of a loop over bytes.
    private static long partial(long address, int bytes) {
        if (bytes >= 4) {
            long low = Memory.getInt(address) & 0xFFFF_FFFFL;
            long high = Memory.getInt(address + bytes - 4) & 0xFFFF_FFFFL;
            return low | high << (8 * (bytes - 4));
        }
        long first = Memory.getByte(address) & 0xFF;
        long middle = Memory.getByte(address + (bytes >> 1)) & 0xFF;
        long last = Memory.getByte(address + bytes - 1) & 0xFF;
        return first | middle << (8 * (bytes >> 1)) | last << (8 * (bytes - 1));
    }

    private static long mix1(long k) {
        return Long.rotateLeft(k * C1, 31) * C2;
    }

    private static long mix2(long k) {
        return Long.rotateLeft(k * C2, 33) * C1;
    }

    private static long finish(long left, long right, int length) {
        long h1 = left ^ length;
        long h2 = right ^ length;
        h1 += h2;
        h2 += h1;
        return avalanche(h1) + avalanche(h2);
    }

    private static long avalanche(long hash) {
        long k = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
        k = (k ^ k >>> 33) * 0xc4ceb9fe1a85ec53L;
        return k ^ k >>> 33;
    }
}
