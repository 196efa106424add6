package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.NullAware;
import dev.thalweg.execution.expression.Utf8;
import dev.thalweg.spi.data.Memory;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Plain text looked for, replaced and split at.
public final class SearchFunctions {
    private SearchFunctions() {}

    public static boolean startswith(Utf8 text, Utf8 prefix) {
        return text.startsWith(prefix);
    }

    public static boolean startswith(byte[] bytes, byte[] prefix) {
        return prefix.length <= bytes.length
                && java.util.Arrays.equals(bytes, 0, prefix.length, prefix, 0, prefix.length);
    }

    public static boolean endswith(Utf8 text, Utf8 suffix) {
        return text.endsWith(suffix);
    }

    public static boolean endswith(byte[] bytes, byte[] suffix) {
        return suffix.length <= bytes.length
                && java.util.Arrays.equals(bytes, bytes.length - suffix.length, bytes.length, suffix, 0, suffix.length);
    }

    public static boolean contains(Utf8 text, Utf8 part) {
        return text.indexOf(part, 0) >= 0;
    }

    public static boolean contains(byte[] bytes, byte[] part) {
        for (int i = 0; i <= bytes.length - part.length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return true;
            }
        }
        return false;
    }

    /// The character position of the first `part`, from 1, or 0.
    public static int instr(Utf8 text, Utf8 part) {
        int at = text.indexOf(part, 0);
        return at < 0 ? 0 : Characters.countBefore(text, at) + 1;
    }

    public static int locate(Utf8 part, Utf8 text) {
        return instr(text, part);
    }

    @NullAware
    public static @Nullable Integer locate(@Nullable String part, @Nullable String text, @Nullable Integer from) {
        if (from == null) {
            return 0;
        }
        if (part == null || text == null) {
            return null;
        }
        if (from < 1) {
            return 0;
        }
        if (part.isEmpty()) {
            return 1;
        }
        int characters = text.codePointCount(0, text.length());
        int at = from > characters ? -1 : text.indexOf(part, text.offsetByCodePoints(0, from - 1));
        return at < 0 ? 0 : text.codePointCount(0, at) + 1;
    }

    public static String replace(Utf8 text, Utf8 search) {
        return replace(text, search, text.slice(0, 0));
    }

    public static String replace(Utf8 text, Utf8 search, Utf8 replacement) {
        String whole = text.toString();
        return search.length() == 0 || text.indexOf(search, 0) < 0
                ? whole
                : whole.replace(search.toString(), replacement.toString());
    }

    /// Each character of `from` by the one of `to` in its place, or by none where `to` is shorter.
    public static String translate(String text, String from, String to) {
        int[] replacements = to.codePoints().toArray();
        Map<Integer, Integer> dictionary = new HashMap<>();
        int i = 0;
        for (int point : from.codePoints().toArray()) {
            dictionary.putIfAbsent(point, i < replacements.length ? replacements[i] : -1);
            i++;
        }
        StringBuilder translated = new StringBuilder(text.length());
        text.codePoints().map(point -> dictionary.getOrDefault(point, point)).filter(point -> point >= 0)
                .forEach(translated::appendCodePoint);
        return translated.toString();
    }

    /// Part number `number`, from 1, or from the end if negative; the empty string if there is none.
    public static Utf8 splitPart(Utf8 text, Utf8 delimiter, int number) {
        if (number == 0) {
            throw Reject.argument("split_part", "part number", 0, "1 or more, or -1 or less to count from the end");
        }
        int skipped = number > 0 ? number - 1 : countParts(text, delimiter) + number;
        int from = 0;
        int end = end(text, delimiter, 0);
        for (int i = 0; i < skipped; i++) {
            if (end == text.length()) {
                return text.slice(0, 0);
            }
            from = end + delimiter.length();
            end = end(text, delimiter, from);
        }
        return skipped < 0 ? text.slice(0, 0) : text.slice(from, end);
    }

    /// Where the part that begins at byte `from` ends. An empty delimiter separates nothing.
    private static int end(Utf8 text, Utf8 delimiter, int from) {
        int at = delimiter.length() == 0 ? -1 : text.indexOf(delimiter, from);
        return at < 0 ? text.length() : at;
    }

    private static int countParts(Utf8 text, Utf8 delimiter) {
        int parts = 1;
        for (int end = end(text, delimiter, 0); end < text.length(); end = end(text, delimiter,
                end + delimiter.length())) {
            parts++;
        }
        return parts;
    }

    /// What stands before the `count`th delimiter, or after it, counted from the end, if `count` is negative.
    public static Utf8 substringIndex(Utf8 text, Utf8 delimiter, int count) {
        if (delimiter.length() == 0 || count == 0) {
            return text.slice(0, 0);
        }
        int at = count > 0 ? -1 : text.length() + 1;
        for (int i = 0; i < Math.abs((long) count); i++) {
            at = count > 0 ? text.indexOf(delimiter, at + 1) : text.lastIndexOf(delimiter, at - 1);
            if (at < 0) {
                return text;
            }
        }
        return count > 0 ? text.slice(0, at) : text.slice(at + delimiter.length(), text.length());
    }

    /// The place, from 1, of `text` in a list with commas; 0 if it is not there or holds a comma.
    public static int findInSet(Utf8 text, Utf8 list) {
        int place = 1;
        int from = 0;
        for (int at = 0; at <= list.length(); at++) {
            if (at == list.length() || list.byteAt(at) == ',') {
                if (at - from == text.length() && Memory.equal(list.address() + from, text.address(), at - from)) {
                    return place;
                }
                place++;
                from = at + 1;
            }
        }
        return 0;
    }
}
