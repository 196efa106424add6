package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.NullAware;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// How alike words are, how they sound, and how to hide them.
public final class WordFunctions {
    private static final String SOUNDEX = "01230127022455012623017202"; // of A to Z; 7: passed over

    private WordFunctions() {}

    /// The least number of characters to insert, delete or change.
    public static int levenshtein(String left, String right) {
        int[] from = left.codePoints().toArray();
        int[] to = right.codePoints().toArray();
        int[] previous = new int[to.length + 1];
        int[] row = new int[to.length + 1];
        for (int j = 0; j <= to.length; j++) {
            previous[j] = j;
        }
        for (int i = 1; i <= from.length; i++) {
            row[0] = i;
            for (int j = 1; j <= to.length; j++) {
                int changed = previous[j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1);
                row[j] = Math.min(changed, Math.min(previous[j], row[j - 1]) + 1);
            }
            int[] swapped = previous;
            previous = row;
            row = swapped;
        }
        return previous[to.length];
    }

    /// -1 if it is more than `threshold`.
    public static int levenshtein(String left, String right, int threshold) {
        int distance = levenshtein(left, right);
        return distance > threshold ? -1 : distance;
    }

    /// A letter and three digits: words that sound alike in English have the same.
    public static String soundex(String word) {
        if (word.isEmpty() || !isLetter(word.charAt(0))) {
            return word;
        }
        char[] code = {upper(word.charAt(0)), '0', '0', '0'};
        char last = SOUNDEX.charAt(code[0] - 'A');
        int digits = 1;
        for (int i = 1; i < word.length() && digits < code.length; i++) {
            if (!isLetter(word.charAt(i))) {
                last = '0';
                continue;
            }
            char digit = SOUNDEX.charAt(upper(word.charAt(i)) - 'A');
            if (digit == '7') {
                continue; // H and W do not part letters of one sound
            }
            if (digit != '0' && digit != last) {
                code[digits++] = digit;
            }
            last = digit;
        }
        return new String(code);
    }

    private static boolean isLetter(char letter) {
        return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
    }

    private static char upper(char letter) {
        return (char) (letter & ~0x20);
    }

    @NullAware
    public static @Nullable String mask(@Nullable String text) {
        return mask(text, "X", "x", "n", null);
    }

    @NullAware
    public static @Nullable String mask(@Nullable String text, @Nullable String upper) {
        return mask(text, upper, "x", "n", null);
    }

    @NullAware
    public static @Nullable String mask(@Nullable String text, @Nullable String upper, @Nullable String lower) {
        return mask(text, upper, lower, "n", null);
    }

    @NullAware
    public static @Nullable String mask(@Nullable String text, @Nullable String upper, @Nullable String lower,
            @Nullable String digit) {
        return mask(text, upper, lower, digit, null);
    }

    /// Puts a sign for every character of its kind; a kind whose sign is NULL stays as it is.
    @NullAware
    public static @Nullable String mask(@Nullable String text, @Nullable String upper, @Nullable String lower,
            @Nullable String digit, @Nullable String other) {
        if (text == null) {
            return null;
        }
        StringBuilder masked = new StringBuilder(text.length());
        text.codePoints().forEach(point -> {
            @Nullable
            String sign = sign(point, upper, lower, digit, other);
            if (sign == null) {
                masked.appendCodePoint(point);
            } else if (sign.codePointCount(0, sign.length()) == 1) {
                masked.append(sign);
            } else {
                throw Reject.argument("mask", "sign", sign, "one character");
            }
        });
        return masked.toString();
    }

    private static @Nullable String sign(int point, @Nullable String upper, @Nullable String lower,
            @Nullable String digit, @Nullable String other) {
        return switch (Character.getType(point)) {
            case Character.UPPERCASE_LETTER -> upper;
            case Character.LOWERCASE_LETTER -> lower;
            case Character.DECIMAL_DIGIT_NUMBER -> digit;
            default -> other;
        };
    }

    public static List<List<String>> sentences(String text) {
        return sentences(text, Locale.US);
    }

    public static List<List<String>> sentences(String text, String language) {
        return sentences(text, Locale.of(language));
    }

    public static List<List<String>> sentences(String text, String language, String country) {
        return sentences(text, Locale.of(language, country));
    }

    private static List<List<String>> sentences(String text, Locale locale) {
        List<List<String>> sentences = new ArrayList<>();
        BreakIterator breaks = BreakIterator.getSentenceInstance(locale);
        breaks.setText(text);
        int from = breaks.first();
        for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
            sentences.add(words(text.substring(from, to), locale));
            from = to;
        }
        return sentences;
    }

    private static List<String> words(String sentence, Locale locale) {
        List<String> words = new ArrayList<>();
        BreakIterator breaks = BreakIterator.getWordInstance(locale);
        breaks.setText(sentence);
        int from = breaks.first();
        for (int to = breaks.next(); to != BreakIterator.DONE; to = breaks.next()) {
            if (Character.isLetterOrDigit(sentence.charAt(from))) {
                words.add(sentence.substring(from, to));
            }
            from = to;
        }
        return words;
    }
}
