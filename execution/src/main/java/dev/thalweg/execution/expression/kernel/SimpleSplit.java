package dev.thalweg.execution.expression.kernel;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// A separator of `split` that can be searched for byte by byte: a literal, or a class of bytes, perhaps repeated (`\\s+`).
///
/// Other regular expressions go through `java.util.regex`; what they mean is the same.
public final class SimpleSplit {
    private static final String META = "\\[](){}.*+?^$|";

    private final boolean[] separators; // by byte; used when there is no literal
    private final byte[] literal;
    private final boolean repeated;
    private final boolean single;

    private SimpleSplit(boolean[] separators, byte[] literal, boolean repeated) {
        this.separators = separators;
        this.literal = literal;
        this.repeated = repeated;
        this.single = separators.length > 0 && !repeated && IntStream.range(0, 256).filter(b -> separators[b])
                .count() == 1;
    }

    /// Empty when the regular expression is more than that.
    public static Optional<SimpleSplit> of(String regex) {
        Optional<String> literal = literal(regex);
        if (literal.isPresent() && !literal.get().isEmpty()) {
            byte[] bytes = literal.get().getBytes(StandardCharsets.UTF_8);
            return Optional.of(bytes.length == 1 ? oneByte(bytes[0]) : new SimpleSplit(new boolean[0], bytes, false));
        }
        boolean repeated = regex.endsWith("+");
        String single = repeated ? regex.substring(0, regex.length() - 1) : regex;
        return byteClass(single, repeated).map(bytes -> new SimpleSplit(bytes, new byte[0], repeated));
    }

    private static SimpleSplit oneByte(byte separator) {
        boolean[] bytes = new boolean[256];
        bytes[separator & 0xFF] = true;
        return new SimpleSplit(bytes, new byte[0], false);
    }

    /// What a regular expression without operators matches.
    private static Optional<String> literal(String regex) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < regex.length(); i++) {
            char c = regex.charAt(i);
            if (c == '\\' && i + 1 < regex.length() && !Character.isLetterOrDigit(regex.charAt(i + 1))) {
                text.append(regex.charAt(++i));
            } else if (META.indexOf(c) >= 0) {
                return Optional.empty();
            } else {
                text.append(c);
            }
        }
        return Optional.of(text.toString());
    }

    private static Optional<boolean[]> byteClass(String regex, boolean repeated) {
        boolean[] bytes = new boolean[256];
        if (regex.length() == 1 && META.indexOf(regex.charAt(0)) < 0 && regex.charAt(0) < 128) {
            bytes[regex.charAt(0)] = true;
            return Optional.of(bytes);
        }
        if (regex.length() == 2 && regex.charAt(0) == '\\') {
            return addEscape(bytes, regex.charAt(1)) && (repeated || !hasHighBytes(bytes))
                    ? Optional.of(bytes)
                    : Optional.empty();
        }
        boolean bracket = regex.length() > 2 && regex.charAt(0) == '[' && regex.indexOf(']') == regex.length() - 1;
        return bracket && addBracket(bytes, regex.substring(1, regex.length() - 1))
                && (repeated || !hasHighBytes(bytes))
                        ? Optional.of(bytes)
                        : Optional.empty();
    }

    /// A class that holds all of UTF-8's high bytes matches a character byte by byte, which only a repetition hides.
    private static boolean hasHighBytes(boolean[] bytes) {
        return bytes[255];
    }

    private static boolean addEscape(boolean[] bytes, char escape) {
        boolean negated = Character.isUpperCase(escape);
        OptionalInt known = OptionalInt.empty();
        for (int b = 0; b < 256; b++) {
            boolean in = switch (Character.toLowerCase(escape)) {
                case 's' -> b == ' ' || (b >= '\t' && b <= '\r');
                case 'd' -> b >= '0' && b <= '9';
                case 'w' -> b < 128 && (Character.isLetterOrDigit(b) || b == '_');
                default -> b == escape;
            };
            bytes[b] |= in != negated;
            known = OptionalInt.of(b);
        }
        return known.isPresent() && (!Character.isLetterOrDigit(escape) || "sdwSDW".indexOf(escape) >= 0);
    }

    private static boolean addBracket(boolean[] bytes, String inside) {
        boolean negated = inside.startsWith("^");
        String members = negated ? inside.substring(1) : inside;
        for (int i = 0; i < members.length(); i++) {
            char c = members.charAt(i);
            if (c >= 128 || c == '[' || c == '&') {
                return false;
            }
            if (c == '\\') {
                if (++i >= members.length() || !addEscape(bytes, members.charAt(i))) {
                    return false;
                }
            } else if (i + 2 < members.length() && members.charAt(i + 1) == '-') {
                char last = members.charAt(i + 2);
                if (last >= 128 || last == '\\' || last < c) {
                    return false;
                }
                for (int b = c; b <= last; b++) {
                    bytes[b] = true;
                }
                i += 2;
            } else {
                bytes[c] = true;
            }
        }
        if (negated) {
            for (int b = 0; b < 256; b++) {
                bytes[b] = !bytes[b];
            }
        }
        return !members.isEmpty();
    }

    boolean isLiteral() {
        return literal.length > 0;
    }

    byte[] literal() {
        return literal;
    }

    boolean[] separators() {
        return separators;
    }

    boolean isRepeated() {
        return repeated;
    }

    /// Whether one byte, once, is all that separates; [#separator] is it.
    boolean isSingle() {
        return single;
    }

    byte separator() {
        return (byte) IntStream.range(0, 256).filter(b -> separators[b]).findFirst().orElseThrow();
    }
}
