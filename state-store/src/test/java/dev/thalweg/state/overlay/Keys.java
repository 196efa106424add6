package dev.thalweg.state.overlay;

import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.MemoryCharge;
import dev.thalweg.state.Murmur3;
import java.util.List;

/// Keys of a test in off-heap memory, freed together.
public final class Keys implements AutoCloseable {
    private final ByteSink bytes = new ByteSink(MemoryCharge.UNLIMITED);
    private final EncodedKeys encoded = new EncodedKeys(16);

    public EncodedKeys of(List<byte[]> keys) {
        bytes.clear();
        keys.forEach(bytes::putBytes);
        encoded.reset(keys.size());
        long at = bytes.address();
        for (int i = 0; i < keys.size(); i++) {
            int length = keys.get(i).length;
            encoded.set(i, at, length, Murmur3.hash(at, length));
            at += length;
        }
        return encoded;
    }

    public EncodedKeys of(byte[] key) {
        return of(List.of(key));
    }

    /// Big-endian with the sign flipped, as event times lead a key.
    public static byte[] timed(long time, byte[] rest) {
        byte[] key = new byte[8 + rest.length];
        for (int i = 0; i < 8; i++) {
            key[i] = (byte) ((time ^ Long.MIN_VALUE) >>> (56 - 8 * i));
        }
        System.arraycopy(rest, 0, key, 8, rest.length);
        return key;
    }

    public static byte[] bytesAt(long address, int length) {
        byte[] copy = new byte[length];
        if (length > 0) {
            Memory.copy(address, copy, 0, length);
        }
        return copy;
    }

    @Override
    public void close() {
        bytes.close();
    }
}
