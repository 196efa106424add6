package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.ArgumentTypes;
import dev.thalweg.execution.expression.NullAware;
import dev.thalweg.spi.error.Defect;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/// Checksums and hashes of values; `hash` and `xxhash64` give the same numbers as Spark's.
public final class HashFunctions {
    private static final int SEED = 42;

    private HashFunctions() {}

    public static String md5(byte[] bytes) {
        return digest("MD5", bytes);
    }

    public static String sha1(byte[] bytes) {
        return digest("SHA-1", bytes);
    }

    /// The SHA-2 digest of so many bits, in hex.
    ///
    /// @param bits 224, 256 (or 0), 384 or 512; NULL for any other
    public static @Nullable String sha2(byte[] bytes, int bits) {
        return switch (bits) {
            case 0, 256 -> digest("SHA-256", bytes);
            case 224 -> digest("SHA-224", bytes);
            case 384 -> digest("SHA-384", bytes);
            case 512 -> digest("SHA-512", bytes);
            default -> null;
        };
    }

    private static String digest(String algorithm, byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance(algorithm).digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new Defect("THW-9408", "This Java has no " + algorithm + ", which every Java must have.", e);
        }
    }

    public static long crc32(byte[] bytes) {
        CRC32 checksum = new CRC32();
        checksum.update(bytes);
        return checksum.getValue();
    }

    /// Murmur3 of the values that are not NULL, each seeded with the hash of those before.
    @NullAware
    public static int hash(ArgumentTypes types, @Nullable Object... values) {
        Murmur3 hash = new Murmur3(SEED);
        for (int i = 0; i < values.length; i++) {
            ValueBytes.feed(hash, values[i], types.arguments().get(i));
        }
        return hash.value();
    }

    @NullAware
    public static long xxhash64(ArgumentTypes types, @Nullable Object... values) {
        XxHash64 hash = new XxHash64(SEED);
        for (int i = 0; i < values.length; i++) {
            ValueBytes.feed(hash, values[i], types.arguments().get(i));
        }
        return hash.value();
    }
}
