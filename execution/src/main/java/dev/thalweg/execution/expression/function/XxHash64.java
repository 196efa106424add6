package dev.thalweg.execution.expression.function;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// xxHash, 64 bits.
///
/// **Source** Y. Collet, XXH64.
final class XxHash64 implements ValueBytes.Hash {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
    private static final VarHandle LONGS = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long P1 = 0x9E3779B185EBCA87L;
    private static final long P2 = 0xC2B2AE3D27D4EB4FL;
    private static final long P3 = 0x165667B19E3779F9L;
    private static final long P4 = 0x85EBCA77C2B2AE63L;
    private static final long P5 = 0x27D4EB2F165667C5L;
    private static final int STRIPE = 32;

    private long hash;

    XxHash64(long seed) {
        this.hash = seed;
    }

    long value() {
        return hash;
    }

    @Override
    public void take(int value) {
        hash = finished(withInt(hash + P5 + Integer.BYTES, value));
    }

    @Override
    public void take(long value) {
        hash = finished(withLong(hash + P5 + Long.BYTES, value));
    }

    @Override
    public void take(byte[] value) {
        int at = 0;
        long mixed = hash + P5;
        if (value.length >= STRIPE) {
            mixed = stripes(value, hash);
            at = value.length - value.length % STRIPE;
        }
        mixed += value.length;
        for (; at + Long.BYTES <= value.length; at += Long.BYTES) {
            mixed = withLong(mixed, (long) LONGS.get(value, at));
        }
        if (at + Integer.BYTES <= value.length) {
            mixed = withInt(mixed, (int) INTS.get(value, at));
            at += Integer.BYTES;
        }
        for (; at < value.length; at++) {
            mixed = Long.rotateLeft(mixed ^ (value[at] & 0xFF) * P5, 11) * P1;
        }
        hash = finished(mixed);
    }

    private static long stripes(byte[] value, long seed) {
        long v1 = seed + P1 + P2;
        long v2 = seed + P2;
        long v3 = seed;
        long v4 = seed - P1;
        for (int at = 0; at + STRIPE <= value.length; at += STRIPE) {
            v1 = round(v1, (long) LONGS.get(value, at));
            v2 = round(v2, (long) LONGS.get(value, at + 8));
            v3 = round(v3, (long) LONGS.get(value, at + 16));
            v4 = round(v4, (long) LONGS.get(value, at + 24));
        }
        long mixed = Long.rotateLeft(v1, 1) + Long.rotateLeft(v2, 7) + Long.rotateLeft(v3, 12)
                + Long.rotateLeft(v4, 18);
        mixed = (mixed ^ round(0, v1)) * P1 + P4;
        mixed = (mixed ^ round(0, v2)) * P1 + P4;
        mixed = (mixed ^ round(0, v3)) * P1 + P4;
        return (mixed ^ round(0, v4)) * P1 + P4;
    }

    private static long round(long accumulator, long input) {
        return Long.rotateLeft(accumulator + input * P2, 31) * P1;
    }

    private static long withLong(long mixed, long value) {
        return Long.rotateLeft(mixed ^ round(0, value), 27) * P1 + P4;
    }

    private static long withInt(long mixed, int value) {
        return Long.rotateLeft(mixed ^ (value & 0xFFFFFFFFL) * P1, 23) * P2 + P3;
    }

    private static long finished(long hash) {
        long mixed = (hash ^ hash >>> 33) * P2;
        mixed = (mixed ^ mixed >>> 29) * P3;
        return mixed ^ mixed >>> 32;
    }
}
