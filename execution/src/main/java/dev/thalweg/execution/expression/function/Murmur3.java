package dev.thalweg.execution.expression.function;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Murmur3, 32 bits, as Spark computes it: bytes past the last full word are mixed in one by one.
///
/// **Source** A. Appleby, MurmurHash3_x86_32; Spark's `Murmur3_x86_32`.
final class Murmur3 implements ValueBytes.Hash {
    private static final VarHandle INTS = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    private int hash;

    Murmur3(int seed) {
        this.hash = seed;
    }

    int value() {
        return hash;
    }

    @Override
    public void take(int value) {
        hash = finished(mixed(hash, value), Integer.BYTES);
    }

    @Override
    public void take(long value) {
        hash = finished(mixed(mixed(hash, (int) value), (int) (value >>> 32)), Long.BYTES);
    }

    @Override
    public void take(byte[] value) {
        int mixed = hash;
        int aligned = value.length - value.length % Integer.BYTES;
        for (int i = 0; i < aligned; i += Integer.BYTES) {
            mixed = mixed(mixed, (int) INTS.get(value, i));
        }
        for (int i = aligned; i < value.length; i++) {
            mixed = mixed(mixed, value[i]);
        }
        hash = finished(mixed, value.length);
    }

    private static int mixed(int hash, int word) {
        int key = Integer.rotateLeft(word * 0xcc9e2d51, 15) * 0x1b873593;
        return Integer.rotateLeft(hash ^ key, 13) * 5 + 0xe6546b64;
    }

    private static int finished(int hash, int length) {
        int mixed = hash ^ length;
        mixed = (mixed ^ mixed >>> 16) * 0x85ebca6b;
        mixed = (mixed ^ mixed >>> 13) * 0xc2b2ae35;
        return mixed ^ mixed >>> 16;
    }
}
