package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.Utf8;
import java.util.Arrays;

/// What is taken from or put to the ends of a string: trim, pad, overlay.
public final class PaddingFunctions {
    private PaddingFunctions() {}

    public static Utf8 trim(Utf8 text) {
        int from = blanksBefore(text);
        return text.slice(from, blanksFrom(text, from));
    }

    public static Utf8 ltrim(Utf8 text) {
        return text.slice(blanksBefore(text), text.length());
    }

    public static Utf8 rtrim(Utf8 text) {
        return text.slice(0, blanksFrom(text, 0));
    }

    private static int blanksBefore(Utf8 text) {
        int from = 0;
        while (from < text.length() && text.byteAt(from) == ' ') {
            from++;
        }
        return from;
    }

    private static int blanksFrom(Utf8 text, int from) {
        int to = text.length();
        while (to > from && text.byteAt(to - 1) == ' ') {
            to--;
        }
        return to;
    }

    public static Utf8 btrim(Utf8 text) {
        return trim(text);
    }

    public static Utf8 btrim(Utf8 text, Utf8 characters) {
        return trim(characters, text);
    }

    public static Utf8 trim(Utf8 characters, Utf8 text) {
        return rtrim(characters, ltrim(characters, text));
    }

    public static Utf8 ltrim(Utf8 characters, Utf8 text) {
        int from = 0;
        while (from < text.length()) {
            int to = Characters.skip(text, from, 1);
            if (characters.indexOf(text.slice(from, to), 0) < 0) {
                break;
            }
            from = to;
        }
        return text.slice(from, text.length());
    }

    public static Utf8 rtrim(Utf8 characters, Utf8 text) {
        int to = text.length();
        while (to > 0) {
            int from = to - 1;
            while (from > 0 && (text.byteAt(from) & 0xC0) == 0x80) {
                from--;
            }
            if (characters.indexOf(text.slice(from, to), 0) < 0) {
                break;
            }
            to = from;
        }
        return text.slice(0, to);
    }

    public static String lpad(String text, int length) {
        return lpad(text, length, " ");
    }

    public static String lpad(String text, int length, String pad) {
        int characters = text.codePointCount(0, text.length());
        return characters >= length || pad.isEmpty()
                ? first(text, Math.min(length, characters))
                : padding("lpad", pad, length, characters) + text;
    }

    public static String rpad(String text, int length) {
        return rpad(text, length, " ");
    }

    public static String rpad(String text, int length, String pad) {
        int characters = text.codePointCount(0, text.length());
        return characters >= length || pad.isEmpty()
                ? first(text, Math.min(length, characters))
                : text + padding("rpad", pad, length, characters);
    }

    private static String first(String text, int characters) {
        return characters <= 0 ? "" : text.substring(0, text.offsetByCodePoints(0, characters));
    }

    private static String padding(String function, String pad, int length, int given) {
        ResultLength.checkText(function, length);
        int characters = length - given;
        int width = pad.codePointCount(0, pad.length());
        return pad.repeat(characters / width) + first(pad, characters % width);
    }

    public static byte[] lpad(byte[] bytes, int length) {
        return lpad(bytes, length, new byte[1]);
    }

    public static byte[] lpad(byte[] bytes, int length, byte[] pad) {
        if (bytes.length >= length || pad.length == 0) {
            return Arrays.copyOf(bytes, Math.clamp(length, 0, bytes.length));
        }
        ResultLength.checkText("lpad", length);
        byte[] padded = padding(pad, length);
        System.arraycopy(bytes, 0, padded, length - bytes.length, bytes.length);
        return padded;
    }

    public static byte[] rpad(byte[] bytes, int length) {
        return rpad(bytes, length, new byte[1]);
    }

    public static byte[] rpad(byte[] bytes, int length, byte[] pad) {
        if (bytes.length >= length || pad.length == 0) {
            return Arrays.copyOf(bytes, Math.clamp(length, 0, bytes.length));
        }
        ResultLength.checkText("rpad", length);
        byte[] padded = Arrays.copyOf(bytes, length);
        byte[] padding = padding(pad, length - bytes.length);
        System.arraycopy(padding, 0, padded, bytes.length, padding.length);
        return padded;
    }

    private static byte[] padding(byte[] pad, int length) {
        byte[] padding = new byte[length];
        for (int i = 0; i < length; i++) {
            padding[i] = pad[i % pad.length];
        }
        return padding;
    }

    public static String overlay(Utf8 text, Utf8 part, int position) {
        return overlay(text, part, position, part.characters());
    }

    /// `text` with `length` characters from `position` on replaced; a negative length means that of `part`.
    public static String overlay(Utf8 text, Utf8 part, int position, int length) {
        int replaced = length >= 0 ? length : part.characters();
        return StringFunctions.substring(text, 1, position - 1).toString() + part
                + StringFunctions.substring(text, position + replaced);
    }

    public static byte[] overlay(byte[] bytes, byte[] part, int position) {
        return overlay(bytes, part, position, part.length);
    }

    public static byte[] overlay(byte[] bytes, byte[] part, int position, int length) {
        int replaced = length >= 0 ? length : part.length;
        return StringFunctions.concat(StringFunctions.substring(bytes, 1, position - 1), part,
                StringFunctions.substring(bytes, position + replaced));
    }
}
