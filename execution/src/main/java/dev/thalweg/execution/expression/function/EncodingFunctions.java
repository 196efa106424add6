package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.EvaluationContext;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Bytes as text and text as bytes: base64, hexadecimal, character sets.
public final class EncodingFunctions {
    private static final HexFormat HEX = HexFormat.of().withUpperCase();
    private static final Set<String> CHARSETS = Set.of("US-ASCII", "ISO-8859-1", "UTF-8", "UTF-16BE", "UTF-16LE",
            "UTF-16", "UTF-32");

    private EncodingFunctions() {}

    /// In lines of 76 characters, as MIME has it.
    public static String base64(byte[] bytes) {
        return Base64.getMimeEncoder().encodeToString(bytes);
    }

    public static byte[] unbase64(String text) {
        try {
            return Base64.getMimeDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            throw Reject.argument("unbase64", "argument", text, "text in base64");
        }
    }

    public static String hex(long number) {
        return Long.toHexString(number).toUpperCase(Locale.ROOT);
    }

    public static String hex(byte[] bytes) {
        return HEX.formatHex(bytes);
    }

    public static String hex(String text) {
        return HEX.formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    public static byte @Nullable [] unhex(String text) {
        String even = text.length() % 2 == 0 ? text : "0" + text;
        byte[] bytes = new byte[even.length() / 2];
        for (int i = 0; i < bytes.length; i++) {
            int high = digit(even.charAt(2 * i));
            int low = digit(even.charAt(2 * i + 1));
            if (high < 0 || low < 0) {
                return null;
            }
            bytes[i] = (byte) (high << 4 | low);
        }
        return bytes;
    }

    private static int digit(char sign) {
        return sign < 0x80 ? Character.digit(sign, 16) : -1;
    }

    public static byte[] encode(EvaluationContext context, String text, String charset) {
        try {
            ByteBuffer encoded = charset(context, "encode", charset).newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw Reject.argument("encode", "text", text, "made of characters that " + charset + " has");
        }
    }

    public static String decode(EvaluationContext context, byte[] bytes, String charset) {
        try {
            return charset(context, "decode", charset).newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        } catch (CharacterCodingException e) {
            throw Reject.argument("decode", "binary", HEX.formatHex(bytes), "text in " + charset);
        }
    }

    private static Charset charset(EvaluationContext context, String function, String name) {
        if (!CHARSETS.contains(name.toUpperCase(Locale.ROOT))) {
            throw Reject.argument(function, "character set", name, "one of " + CHARSETS.stream().sorted().toList());
        }
        return context.remember(Charset.class, name, Charset::forName);
    }

    public static byte[] toBinary(String text) {
        return toBinary(text, "hex");
    }

    /// Reads bytes from text; text that is not in the format is an error.
    ///
    /// @param format hex, base64, or utf-8
    public static byte[] toBinary(String text, String format) {
        byte[] bytes = tryToBinary(text, format);
        if (bytes == null) {
            throw Reject.text(text, "BINARY in the format " + format, "try_to_binary");
        }
        return bytes;
    }

    public static byte @Nullable [] tryToBinary(String text) {
        return unhex(text);
    }

    public static byte @Nullable [] tryToBinary(String text, String format) {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "hex" -> unhex(text);
            case "utf-8", "utf8" -> text.getBytes(StandardCharsets.UTF_8);
            case "base64" -> strictBase64(text);
            default -> throw Reject.argument("to_binary", "format", format, "'hex', 'utf-8' or 'base64'");
        };
    }

    private static byte @Nullable [] strictBase64(String text) {
        try {
            return Base64.getDecoder().decode(text.replaceAll("\\s", ""));
        } catch (IllegalArgumentException _) {
            return null;
        }
    }

    /// Writes bytes as text.
    ///
    /// @param format hex, base64, or utf-8
    public static String binaryToChar(byte[] bytes, String format) {
        return switch (format.toLowerCase(Locale.ROOT)) {
            case "hex" -> hex(bytes);
            case "base64" -> base64(bytes);
            case "utf-8" -> new String(bytes, StandardCharsets.UTF_8);
            default -> throw Reject.argument("to_char", "format", format, "'hex', 'utf-8' or 'base64'");
        };
    }
}
