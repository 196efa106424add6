package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.NullAware;
import dev.thalweg.spi.error.InvalidQuery;
import java.math.BigDecimal;
import java.text.DecimalFormat;
import java.text.DecimalFormatSymbols;
import java.util.IllegalFormatException;
import java.util.IllegalFormatPrecisionException;
import java.util.IllegalFormatWidthException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Numbers and other values put into text as a format says, and numbers read from such text.
public final class FormatFunctions {
    private static final String GROUPED = "#,###,###,###,###,###,##0";

    private FormatFunctions() {}

    /// As C's `printf`, by [java.util.Formatter].
    @NullAware
    public static @Nullable String formatString(@Nullable String format, @Nullable Object... values) {
        if (format == null) {
            return null;
        }
        @Nullable
        Object[] shown = new @Nullable Object[values.length];
        for (int i = 0; i < values.length; i++) {
            shown[i] = values[i] instanceof BigDecimal decimal ? decimal.toPlainString() : values[i];
        }
        try {
            return String.format(Locale.US, format, shown);
        } catch (IllegalFormatException e) {
            throw new InvalidQuery("THW-4005",
                    "The format '%s' of format_string does not fit its values: %s. Use %%d for integers, %%f for DOUBLE, %%s for anything."
                            .formatted(
                                    format, misfit(e)),
                    e);
        }
    }

    /// The JDK says no more than the number, cut to 32 bits, of a width that is too large.
    private static @Nullable String misfit(IllegalFormatException error) {
        return error instanceof IllegalFormatWidthException || error instanceof IllegalFormatPrecisionException
                ? "a width or precision in it is too large"
                : error.getMessage();
    }

    public static @Nullable String formatNumber(EvaluationContext context, long number, int decimals) {
        return decimals < 0 ? null : grouped(context, decimals).format(number);
    }

    public static @Nullable String formatNumber(EvaluationContext context, double number, int decimals) {
        return decimals < 0 ? null : grouped(context, decimals).format(number);
    }

    public static @Nullable String formatNumber(EvaluationContext context, BigDecimal number, int decimals) {
        return decimals < 0 ? null : grouped(context, decimals).format(number);
    }

    public static String formatNumber(EvaluationContext context, long number, String format) {
        return format(context, format).format(number);
    }

    public static String formatNumber(EvaluationContext context, double number, String format) {
        return format(context, format).format(number);
    }

    public static String formatNumber(EvaluationContext context, BigDecimal number, String format) {
        return format(context, format).format(number);
    }

    private static DecimalFormat grouped(EvaluationContext context, int decimals) {
        return format(context, decimals == 0 ? GROUPED : GROUPED + "." + "0".repeat(decimals));
    }

    private static DecimalFormat format(EvaluationContext context, String format) {
        try {
            return context.remember(DecimalFormat.class, format.isEmpty() ? GROUPED : format,
                    text -> new DecimalFormat(text, DecimalFormatSymbols.getInstance(Locale.US)));
        } catch (IllegalArgumentException e) {
            throw Reject.argument("format_number", "format", format, "a pattern such as '#,###.##'");
        }
    }

    public static String toChar(EvaluationContext context, BigDecimal number, String format) {
        return context.remember(NumberPattern.class, format, NumberPattern::of).print(number);
    }

    public static BigDecimal toNumber(EvaluationContext context, String text, String format) {
        BigDecimal number = tryToNumber(context, text, format);
        if (number == null) {
            throw Reject.text(text, "number in the format '" + format + "'", "try_to_number");
        }
        return number;
    }

    public static @Nullable BigDecimal tryToNumber(EvaluationContext context, String text, String format) {
        return context.remember(NumberPattern.class, format, NumberPattern::of).parse(text).orElse(null);
    }
}
