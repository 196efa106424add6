package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.NullAware;
import dev.thalweg.execution.expression.Utf8;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Parts, lengths and cases of strings. Positions count characters (code points) from 1.
public final class StringFunctions {
    private StringFunctions() {}

    public static String upper(Utf8 text) {
        byte[] bytes = text.toBytes();
        for (int i = 0; i < bytes.length; i++) {
            byte letter = bytes[i];
            if (letter < 0) {
                return new String(bytes, StandardCharsets.UTF_8).toUpperCase(Locale.ROOT);
            }
            bytes[i] = letter >= 'a' && letter <= 'z' ? (byte) (letter - 32) : letter;
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    public static String lower(Utf8 text) {
        byte[] bytes = text.toBytes();
        for (int i = 0; i < bytes.length; i++) {
            byte letter = bytes[i];
            if (letter < 0) {
                return new String(bytes, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
            }
            bytes[i] = letter >= 'A' && letter <= 'Z' ? (byte) (letter + 32) : letter;
        }
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }

    public static int length(Utf8 text) {
        return text.characters();
    }

    public static int length(byte[] bytes) {
        return bytes.length;
    }

    public static int octetLength(Utf8 text) {
        return text.length();
    }

    public static int octetLength(byte[] bytes) {
        return bytes.length;
    }

    public static int bitLength(Utf8 text) {
        return text.length() * Byte.SIZE;
    }

    public static int bitLength(byte[] bytes) {
        return bytes.length * Byte.SIZE;
    }

    public static Utf8 substring(Utf8 text, int position) {
        return substring(text, position, Integer.MAX_VALUE);
    }

    /// A negative position counts from the end; what lies before the first character counts, but gives nothing.
    public static Utf8 substring(Utf8 text, int position, int length) {
        int start = position > 0 ? position - 1 : position < 0 ? text.characters() + position : 0;
        return Characters.between(text, start, end(start, length));
    }

    public static byte[] substring(byte[] bytes, int position) {
        return substring(bytes, position, Integer.MAX_VALUE);
    }

    public static byte[] substring(byte[] bytes, int position, int length) {
        int start = position > 0 ? position - 1 : position < 0 ? bytes.length + position : 0;
        int from = Math.clamp(start, 0, bytes.length);
        int to = Math.clamp(end(start, length), from, bytes.length);
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }

    private static int end(int start, int length) {
        return Math.clamp((long) start + length, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }

    public static Utf8 left(Utf8 text, int length) {
        return Characters.between(text, 0, length);
    }

    public static byte[] left(byte[] bytes, int length) {
        return substring(bytes, 1, length);
    }

    public static Utf8 right(Utf8 text, int length) {
        return length <= 0
                ? text.slice(0, 0)
                : text.slice(Characters.skip(text, 0, text.characters() - length),
                        text.length());
    }

    public static byte[] concat(byte[]... parts) {
        int length = 0;
        for (byte[] part : parts) {
            length = Math.addExact(length, part.length);
        }
        byte[] all = new byte[length];
        int at = 0;
        for (byte[] part : parts) {
            System.arraycopy(part, 0, all, at, part.length);
            at += part.length;
        }
        return all;
    }

    /// Strings, and the strings of arrays, that are not NULL.
    @NullAware
    public static @Nullable String concatWs(@Nullable String separator, @Nullable Object... values) {
        if (separator == null) {
            return null;
        }
        StringBuilder joined = new StringBuilder();
        boolean first = true;
        for (Object value : values) {
            List<?> parts = value instanceof List<?> list ? list : value == null ? List.of() : List.of(value);
            for (Object part : parts) {
                if (part != null) {
                    joined.append(first ? "" : separator).append(part);
                    first = false;
                }
            }
        }
        return joined.toString();
    }

    public static String repeat(String text, int times) {
        ResultLength.checkText("repeat", (long) text.length() * Math.max(0, times));
        return text.repeat(Math.max(0, times));
    }

    public static String space(int length) {
        ResultLength.checkText("space", length);
        return " ".repeat(Math.max(0, length));
    }

    public static String reverse(Utf8 text) {
        byte[] reversed = new byte[text.length()];
        int at = 0;
        while (at < reversed.length) {
            int width = Math.min(Characters.width(text.byteAt(at)), reversed.length - at);
            for (int i = 0; i < width; i++) {
                reversed[reversed.length - at - width + i] = text.byteAt(at + i);
            }
            at += width;
        }
        return new String(reversed, StandardCharsets.UTF_8);
    }

    /// The code point of the first character, 0 of the empty string.
    public static int ascii(String text) {
        return text.isEmpty() ? 0 : text.codePointAt(0);
    }

    /// The character of ISO 8859-1 with that code, modulo 256.
    public static String chr(long code) {
        return code < 0 ? "" : String.valueOf((char) (code & 0xFF));
    }

    /// Every word between blanks with its first letter in title case, the rest in lower case.
    public static String initcap(String text) {
        StringBuilder capitalised = new StringBuilder(text.length());
        boolean first = true;
        String lower = text.toLowerCase(Locale.ROOT);
        for (int i = 0; i < lower.length(); i += Character.charCount(lower.codePointAt(i))) {
            int letter = lower.codePointAt(i);
            capitalised.appendCodePoint(first ? Character.toTitleCase(letter) : letter);
            first = letter == ' ';
        }
        return capitalised.toString();
    }

    @NullAware
    public static @Nullable String elt(@Nullable Integer index, @Nullable String... values) {
        if (index == null) {
            return null;
        }
        if (index < 1 || index > values.length) {
            throw Reject.index("elt", index, values.length);
        }
        return values[index - 1];
    }

    /// In single quotes, as a literal.
    public static String quote(String text) {
        return "'" + text.replace("'", "\\'") + "'";
    }

    public static boolean isValidUtf8(Utf8 text) {
        return isValidUtf8(text.toBytes());
    }

    public static boolean isValidUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException _) {
            return false;
        }
    }

    /// With U+FFFD for what is no character.
    public static String makeValidUtf8(Utf8 text) {
        return text.toString();
    }

    public static String makeValidUtf8(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
