package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.Utf8;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/// Regular expressions (`java.util.regex`, as in Spark) looked for, extracted, replaced and split at.
///
/// **Cost** A pattern is compiled once a task.
public final class RegexFunctions {
    private static final String META = "\\^$.|?*+()[]{}";

    private RegexFunctions() {}

    static Pattern pattern(EvaluationContext context, String function, String regex) {
        try {
            return context.pattern(regex);
        } catch (PatternSyntaxException e) {
            throw new InvalidQuery("THW-4005",
                    "The pattern of %s, '%s', is not a regular expression: %s. A literal \\ is written \\\\ in a pattern, \\\\\\\\ in a string literal."
                            .formatted(
                                    function, regex, e.getDescription()),
                    e);
        }
    }

    public static List<String> split(EvaluationContext context, Utf8 text, Utf8 regex) {
        return split(context, text, regex, -1);
    }

    public static List<String> split(EvaluationContext context, Utf8 text, Utf8 regex, int limit) {
        if (regex.length() == 1 && META.indexOf(regex.byteAt(0)) < 0 && regex.byteAt(0) > 0) {
            return splitAt(text, regex.byteAt(0), limit);
        }
        String whole = text.toString();
        if (regex.length() == 0 && text.length() > 0) {
            return characters(whole, limit);
        }
        return List.of(pattern(context, "split", regex.toString()).split(whole, limit == 0 ? -1 : limit));
    }

    private static List<String> splitAt(Utf8 text, byte delimiter, int limit) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.byteAt(i) == delimiter && (limit <= 0 || parts.size() < limit - 1)) {
                parts.add(text.slice(from, i).toString());
                from = i + 1;
            }
        }
        parts.add(text.slice(from, text.length()).toString());
        return parts;
    }

    private static List<String> characters(String text, int limit) {
        List<String> parts = new ArrayList<>();
        int at = 0;
        while (at < text.length()) {
            int to = limit > 0 && parts.size() == limit - 1 ? text.length() : text.offsetByCodePoints(at, 1);
            parts.add(text.substring(at, to));
            at = to;
        }
        return parts;
    }

    public static String regexpExtract(EvaluationContext context, String text, String regex) {
        return regexpExtract(context, text, regex, 1);
    }

    /// The group of the first match; the empty string if there is none.
    public static String regexpExtract(EvaluationContext context, String text, String regex, int group) {
        Matcher matcher = pattern(context, "regexp_extract", regex).matcher(text);
        return matcher.find() ? group(matcher, group, "regexp_extract") : "";
    }

    public static List<String> regexpExtractAll(EvaluationContext context, String text, String regex) {
        return regexpExtractAll(context, text, regex, 1);
    }

    public static List<String> regexpExtractAll(EvaluationContext context, String text, String regex, int group) {
        List<String> all = new ArrayList<>();
        Matcher matcher = pattern(context, "regexp_extract_all", regex).matcher(text);
        while (matcher.find()) {
            all.add(group(matcher, group, "regexp_extract_all"));
        }
        return all;
    }

    private static String group(MatchResult match, int group, String function) {
        if (group < 0 || group > match.groupCount()) {
            throw Reject.argument(function, "group index", group, "0 to " + match.groupCount()
                    + ", the number of groups in the pattern");
        }
        String found = match.group(group);
        return found == null ? "" : found;
    }

    public static String regexpReplace(EvaluationContext context, String text, String regex, String replacement) {
        return regexpReplace(context, text, regex, replacement, 1);
    }

    /// Every match from character `position` on, from 1.
    public static String regexpReplace(EvaluationContext context, String text, String regex, String replacement,
            int position) {
        if (position < 1) {
            throw Reject.argument("regexp_replace", "position", position, "1 or more");
        }
        Matcher matcher = pattern(context, "regexp_replace", regex).matcher(text);
        if (position > text.length() && position > 1) {
            return text;
        }
        try {
            StringBuilder replaced = new StringBuilder(text.length());
            matcher.region(position - 1, text.length());
            while (matcher.find()) {
                matcher.appendReplacement(replaced, replacement);
            }
            return matcher.appendTail(replaced).toString();
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw Reject.argument("regexp_replace", "replacement", replacement,
                    "text in which $n names a group of the pattern and \\$ is a dollar sign");
        }
    }

    public static int regexpCount(EvaluationContext context, String text, String regex) {
        return (int) pattern(context, "regexp_count", regex).matcher(text).results().count();
    }

    public static @Nullable String regexpSubstr(EvaluationContext context, String text, String regex) {
        Matcher matcher = pattern(context, "regexp_substr", regex).matcher(text);
        return matcher.find() && !matcher.group().isEmpty() ? matcher.group() : null;
    }

    public static int regexpInstr(EvaluationContext context, String text, String regex) {
        Matcher matcher = pattern(context, "regexp_instr", regex).matcher(text);
        return matcher.find() ? matcher.start() + 1 : 0;
    }

    /// The group index is there for other dialects' sake, and passed over.
    public static int regexpInstr(EvaluationContext context, String text, String regex, int group) {
        return regexpInstr(context, text, regex);
    }

    public static boolean ilike(EvaluationContext context, String text, String like) {
        return ilike(context, text, like, "\\");
    }

    public static boolean ilike(EvaluationContext context, String text, String like, String escape) {
        if (escape.length() != 1) {
            throw Reject.argument("ilike", "escape character", escape, "one character, such as '\\'");
        }
        String lower = likeRegex(like.toLowerCase(java.util.Locale.ROOT), escape.charAt(0));
        return context.remember(LikePattern.class, lower, LikePattern::of)
                .matches(text.toLowerCase(java.util.Locale.ROOT));
    }

    private record LikePattern(Pattern pattern) {
        static LikePattern of(String regex) {
            return new LikePattern(Pattern.compile(regex, Pattern.DOTALL));
        }

        boolean matches(String text) {
            return pattern.matcher(text).matches();
        }
    }

    /// `%` any text, `_` any character; the escape character only before one of these or itself.
    private static String likeRegex(String like, char escape) {
        StringBuilder regex = new StringBuilder();
        for (int i = 0; i < like.length(); i++) {
            char sign = like.charAt(i);
            if (sign == escape) {
                i++;
                boolean known = i < like.length()
                        && (like.charAt(i) == '%' || like.charAt(i) == '_' || like.charAt(i) == escape);
                if (!known) {
                    throw Reject.argument("ilike", "pattern", like,
                            "one in which the escape character %s stands before %%, _ or %s".formatted(escape, escape));
                }
                regex.append(Pattern.quote(String.valueOf(like.charAt(i))));
            } else if (sign == '%') {
                regex.append(".*");
            } else if (sign == '_') {
                regex.append('.');
            } else {
                regex.append(Pattern.quote(String.valueOf(sign)));
            }
        }
        return regex.toString();
    }
}
