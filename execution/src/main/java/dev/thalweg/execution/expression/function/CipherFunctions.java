package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.NonDeterministic;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.InvalidQuery;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Locale;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/// AES, laid out as Spark does it: the initialization vector, then the encrypted bytes (of GCM with their tag).
///
/// A vector that the query does not give is made of the key, the bytes and a number that the trigger draws: none comes twice, and
/// a trigger that runs again after a crash writes the same bytes.
public final class CipherFunctions {
    private static final int TAG_BITS = 128;
    private static final byte[] NOTHING = {};

    /// A mode of operation, with the only padding that it goes with.
    private enum Mode {
        ECB("AES/ECB/PKCS5Padding", "PKCS", 0), CBC("AES/CBC/PKCS5Padding", "PKCS", 16), GCM("AES/GCM/NoPadding",
                "NONE", 12);

        private final String transformation;
        private final String padding;
        private final int vectorBytes;

        Mode(String transformation, String padding, int vectorBytes) {
            this.transformation = transformation;
            this.padding = padding;
            this.vectorBytes = vectorBytes;
        }

        static Mode of(String function, String name, String padding) {
            for (Mode mode : values()) {
                boolean pads = padding.equalsIgnoreCase(mode.padding) || padding.equalsIgnoreCase("DEFAULT");
                if (mode.name().equalsIgnoreCase(name) && pads) {
                    return mode;
                }
            }
            throw Reject.argument(function, "mode and padding", name + " and " + padding,
                    "GCM and NONE, CBC and PKCS, or ECB and PKCS (DEFAULT is the padding that goes with the mode)");
        }

        boolean takesVector() {
            return vectorBytes > 0;
        }
    }

    private CipherFunctions() {}

    @NonDeterministic
    public static byte[] aesEncrypt(EvaluationContext context, byte[] input, byte[] key) {
        return aesEncrypt(context, input, key, "GCM", "DEFAULT");
    }

    @NonDeterministic
    public static byte[] aesEncrypt(EvaluationContext context, byte[] input, byte[] key, String mode) {
        return aesEncrypt(context, input, key, mode, "DEFAULT");
    }

    @NonDeterministic
    public static byte[] aesEncrypt(EvaluationContext context, byte[] input, byte[] key, String mode, String padding) {
        Mode chosen = Mode.of("aes_encrypt", mode, padding);
        byte[] vector = chosen.takesVector()
                ? Arrays.copyOf(drawn(context, checked("aes_encrypt", key), input), chosen.vectorBytes)
                : NOTHING;
        return encrypt(input, key, chosen, vector, NOTHING);
    }

    private static byte[] drawn(EvaluationContext context, byte[] key, byte[] input) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(key, "HmacSHA256"));
            mac.update(ByteBuffer.allocate(Long.BYTES).putLong(context.random().nextLong()).flip());
            return mac.doFinal(input);
        } catch (GeneralSecurityException e) {
            throw new Defect("THW-9408", "This Java has no HmacSHA256, which every Java must have.", e);
        }
    }

    public static byte[] aesEncrypt(byte[] input, byte[] key, String mode, String padding, byte[] vector) {
        return aesEncrypt(input, key, mode, padding, vector, NOTHING);
    }

    /// @param vector 16 bytes for CBC, 12 for GCM; empty for ECB, which has none
    /// @param associated bytes that GCM seals, but does not hide
    public static byte[] aesEncrypt(byte[] input, byte[] key, String mode, String padding, byte[] vector,
            byte[] associated) {
        Mode chosen = Mode.of("aes_encrypt", mode, padding);
        if (vector.length != chosen.vectorBytes) {
            throw Reject.argument("aes_encrypt", "initialization vector", vector.length + " bytes",
                    "of 12 bytes for GCM and of 16 for CBC; ECB has none");
        }
        if (associated.length > 0 && chosen != Mode.GCM) {
            throw Reject.argument("aes_encrypt", "mode", mode, "GCM, where there is additional data");
        }
        return encrypt(input, checked("aes_encrypt", key), chosen, vector, associated);
    }

    private static byte[] encrypt(byte[] input, byte[] key, Mode mode, byte[] vector, byte[] associated) {
        try {
            byte[] encrypted = cipher(Cipher.ENCRYPT_MODE, checked("aes_encrypt", key), mode, vector, associated)
                    .doFinal(input);
            byte[] whole = Arrays.copyOf(vector, vector.length + encrypted.length);
            System.arraycopy(encrypted, 0, whole, vector.length, encrypted.length);
            return whole;
        } catch (GeneralSecurityException e) {
            throw new Defect("THW-9408", "This Java has no " + mode.transformation + ", which every Java must have.",
                    e);
        }
    }

    private static Cipher cipher(int direction, byte[] key, Mode mode, byte[] vector, byte[] associated)
            throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(mode.transformation);
        SecretKeySpec secret = new SecretKeySpec(key, "AES");
        switch (mode) {
            case ECB -> cipher.init(direction, secret);
            case CBC -> cipher.init(direction, secret, new IvParameterSpec(vector));
            case GCM -> {
                cipher.init(direction, secret, new GCMParameterSpec(TAG_BITS, vector));
                cipher.updateAAD(associated);
            }
        }
        return cipher;
    }

    private static byte[] checked(String function, byte[] key) {
        if (key.length != 16 && key.length != 24 && key.length != 32) {
            throw Reject.argument(function, "key", key.length + " bytes", "of 16, 24 or 32 bytes");
        }
        return key;
    }

    public static byte[] aesDecrypt(byte[] input, byte[] key) {
        return aesDecrypt(input, key, "GCM");
    }

    public static byte[] aesDecrypt(byte[] input, byte[] key, String mode) {
        return aesDecrypt(input, key, mode, "DEFAULT");
    }

    public static byte[] aesDecrypt(byte[] input, byte[] key, String mode, String padding) {
        return aesDecrypt(input, key, mode, padding, NOTHING);
    }

    public static byte[] aesDecrypt(byte[] input, byte[] key, String mode, String padding, byte[] associated) {
        Mode chosen = Mode.of("aes_decrypt", mode, padding);
        byte[] secret = checked("aes_decrypt", key);
        if (associated.length > 0 && chosen != Mode.GCM) {
            throw Reject.argument("aes_decrypt", "mode", mode, "GCM, where there is additional data");
        }
        try {
            int vector = chosen.vectorBytes;
            if (input.length < vector) {
                throw new GeneralSecurityException("it is shorter than its vector");
            }
            return cipher(Cipher.DECRYPT_MODE, secret, chosen, Arrays.copyOf(input, vector), associated)
                    .doFinal(input, vector, input.length - vector);
        } catch (GeneralSecurityException e) {
            throw new InvalidQuery("THW-4005",
                    ("aes_decrypt cannot read %d bytes in mode %s: %s. The key, the mode or the"
                            + " additional data is another than that of aes_encrypt; try_aes_decrypt gives NULL instead.")
                            .formatted(input.length, chosen.name().toUpperCase(Locale.ROOT), e.getMessage()),
                    e);
        }
    }

    public static byte @Nullable [] tryAesDecrypt(byte[] input, byte[] key) {
        return tryAesDecrypt(input, key, "GCM");
    }

    public static byte @Nullable [] tryAesDecrypt(byte[] input, byte[] key, String mode) {
        return tryAesDecrypt(input, key, mode, "DEFAULT");
    }

    public static byte @Nullable [] tryAesDecrypt(byte[] input, byte[] key, String mode, String padding) {
        return tryAesDecrypt(input, key, mode, padding, NOTHING);
    }

    public static byte @Nullable [] tryAesDecrypt(byte[] input, byte[] key, String mode, String padding,
            byte[] associated) {
        try {
            return aesDecrypt(input, key, mode, padding, associated);
        } catch (InvalidQuery _) {
            return null;
        }
    }
}
