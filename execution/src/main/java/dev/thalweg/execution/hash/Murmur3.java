package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.Memory;

/// The hash of encoded keys: murmur3, x64, 128 bits, seed 0, of which the lower 64 are kept.
///
/// Key groups are made of it, so it never changes within a checkpoint format version.
///
/// **Source** Austin Appleby, MurmurHash3 (public domain).
public final class Murmur3 {
    private static final long C1 = 0x87c37b91114253d5L;
    private static final long C2 = 0x4cf5ad432745937fL;

    private Murmur3() {}

    public static long hash(long address, int length) {
        long h1 = 0;
        long h2 = 0;
        int blocks = length >>> 4;
        long at = address;
        for (int i = 0; i < blocks; i++, at += 16) {
            h1 ^= mixFirst(Memory.getLong(at));
            h1 = (Long.rotateLeft(h1, 27) + h2) * 5 + 0x52dce729;
            h2 ^= mixSecond(Memory.getLong(at + 8));
            h2 = (Long.rotateLeft(h2, 31) + h1) * 5 + 0x38495ab5;
        }
        int rest = length & 15;
        if (rest > 8) {
            h2 ^= mixSecond(partial(at + 8, rest - 8));
            h1 ^= mixFirst(Memory.getLong(at));
        } else if (rest > 0) {
            h1 ^= mixFirst(rest == 8 ? Memory.getLong(at) : partial(at, rest));
        }
        h1 ^= length;
        h2 ^= length;
        h1 += h2;
        h2 += h1;
        return finish(h1) + finish(h2);
    }

    /// The hash of 9 to 16 bytes that are at hand as two little-endian numbers, the second padded with zeros.
    static long hash(long first, long second, int length) {
        long h1 = mixFirst(first) ^ length;
        long h2 = mixSecond(second) ^ length;
        h1 += h2;
        h2 += h1;
        return finish(h1) + finish(h2);
    }

    private static long mixFirst(long k) {
        return Long.rotateLeft(k * C1, 31) * C2;
    }

    private static long mixSecond(long k) {
        return Long.rotateLeft(k * C2, 33) * C1;
    }

    private static long finish(long h) {
        long mixed = (h ^ h >>> 33) * 0xff51afd7ed558ccdL;
        mixed = (mixed ^ mixed >>> 33) * 0xc4ceb9fe1a85ec53L;
        return mixed ^ mixed >>> 33;
    }

    /// 1 to 7 bytes as a little-endian number, without reading past them.
    private static long partial(long address, int bytes) {
        long value = 0;
        int done = 0;
        if ((bytes & 4) != 0) {
            value = Memory.getInt(address) & 0xFFFF_FFFFL;
            done = 4;
        }
        if ((bytes & 2) != 0) {
            value |= (Memory.getShort(address + done) & 0xFFFFL) << (done * 8);
            done += 2;
        }
        if ((bytes & 1) != 0) {
            value |= (Memory.getByte(address + done) & 0xFFL) << (done * 8);
        }
        return value;
    }
}
