package dev.thalweg.execution.expression.kernel;

import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.Utf8;
import dev.thalweg.spi.data.Memory;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/// STRING and BINARY operators, on bytes where that is possible.
public final class Texts {
    private Texts() {}

    public static Utf8 concat(Scratch scratch, Utf8 into, Utf8 left, Utf8 right) {
        int length = Math.addExact(left.length(), right.length());
        long address = scratch.allocate(length);
        Memory.copyFew(left.address(), address, left.length());
        Memory.copyFew(right.address(), address + left.length(), right.length());
        return into.set(address, length);
    }

    public static boolean like(Utf8 value, Utf8 pattern, Utf8 escape, EvaluationContext context) {
        char sign = escapeSign(escape.toString());
        return context
                .remember(LikePattern.class, sign + pattern.toString(), key -> LikePattern.of(key.substring(1), sign))
                .matches(value);
    }

    public static char escapeSign(String escape) {
        if (escape.length() != 1) {
            throw Failures.invalidArgument("ESCAPE must be one character, not '%s'.".formatted(escape));
        }
        return escape.charAt(0);
    }

    public static boolean rlike(Utf8 value, Pattern pattern) {
        return pattern.matcher(value.toString()).find();
    }

    public static boolean rlike(Utf8 value, Utf8 pattern, EvaluationContext context) {
        return rlike(value, pattern(pattern.toString(), context));
    }

    static Pattern pattern(String regex, EvaluationContext context) {
        try {
            return context.pattern(regex);
        } catch (PatternSyntaxException malformed) {
            throw Failures.invalidArgument("The regular expression '%s' is malformed: %s.".formatted(regex,
                    malformed.getDescription()));
        }
    }

    /// Whether a sorted list of distinct values holds `value`.
    public static boolean isAmong(Utf8 value, Utf8[] sorted) {
        int low = 0;
        int high = sorted.length - 1;
        while (low <= high) {
            int middle = (low + high) >>> 1;
            int order = value.compareTo(sorted[middle]);
            if (order == 0) {
                return true;
            }
            if (order < 0) {
                high = middle - 1;
            } else {
                low = middle + 1;
            }
        }
        return false;
    }
}
