package dev.thalweg.execution.expression.kernel;

import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.Utf8;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.format.DateTimeText;
import dev.thalweg.spi.format.TimeOfDay;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Casts from STRING. White space around a value is of no consequence; text that is not a value of the type is an error.
///
/// **Cost** whole numbers and the usual forms of dates and times are read from bytes; anything else through a `String`.
public final class TextCasts {
    private static final int CLOCK_ONLY_MAX = 3; // where the first colon of a time without a date may stand
    private static final Pattern DAY_TIME = Pattern.compile(
            "(?:INTERVAL\\s+)?(?<outer>[+-])?'?(?<sign>[+-])?(?<day>\\d{1,9}) (?<hour>\\d{1,2}):(?<minute>\\d{1,2}):(?<second>\\d{1,2})"
                    + "(?:\\.(?<fraction>\\d{1,9}))?'?(?:\\s+DAY\\s+TO\\s+SECOND)?",
            Pattern.CASE_INSENSITIVE);
    private static final Pattern YEAR_MONTH = Pattern.compile(
            "(?:INTERVAL\\s+)?(?<outer>[+-])?'?(?<sign>[+-])?(?<year>\\d{1,9})-(?<month>\\d{1,2})'?(?:\\s+YEAR\\s+TO\\s+MONTH)?",
            Pattern.CASE_INSENSITIVE);

    private TextCasts() {}

    public static boolean toBoolean(Utf8 text) {
        return toBoolean(text.toString());
    }

    public static boolean toBoolean(String text) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "true", "t", "yes", "y", "1" -> true;
            case "false", "f", "no", "n", "0" -> false;
            default -> throw Failures.invalidText(text, "BOOLEAN");
        };
    }

    /// A whole number between `min` and `max`.
    public static long toInteger(Utf8 text, long min, long max, String type) {
        long at = text.address();
        long end = at + text.length();
        while (at < end && isSpace(Memory.getByte(at))) {
            at++;
        }
        while (end > at && isSpace(Memory.getByte(end - 1))) {
            end--;
        }
        boolean negative = at < end && Memory.getByte(at) == '-';
        if (negative || (at < end && Memory.getByte(at) == '+')) {
            at++;
        }
        if (at == end) {
            throw Failures.invalidText(text, type);
        }
        long value = 0; // kept negative, as that side has room for one more
        for (; at < end; at++) {
            int digit = Memory.getByte(at) - '0';
            if (digit < 0 || digit > 9 || value < Long.MIN_VALUE / 10 || 10 * value < Long.MIN_VALUE + digit) {
                throw Failures.invalidText(text, type);
            }
            value = 10 * value - digit;
        }
        if ((!negative && value == Long.MIN_VALUE) || (negative ? value < min : -value > max)) {
            throw Failures.invalidText(text, type);
        }
        return negative ? value : -value;
    }

    static boolean isSpace(byte character) {
        return (character >= 0 && character <= ' ') || character == 127;
    }

    public static long toInteger(String text, long min, long max, String type) {
        try {
            String number = text.strip();
            long value = Long.parseLong(number);
            if (value >= min && value <= max && number.chars().allMatch(c -> c < 128)) {
                return value;
            }
        } catch (NumberFormatException malformed) {
            throw Failures.invalidText(text, type);
        }
        throw Failures.invalidText(text, type);
    }

    public static double toDouble(Utf8 text) {
        return toDouble(text.toString());
    }

    public static double toDouble(String text) {
        String number = text.strip();
        try {
            if (number.indexOf('x') < 0 && number.indexOf('X') < 0) {
                return Double.parseDouble(number);
            }
        } catch (NumberFormatException word) {
            return named(text, "DOUBLE");
        }
        throw Failures.invalidText(text, "DOUBLE");
    }

    public static float toFloat(Utf8 text) {
        return toFloat(text.toString());
    }

    public static float toFloat(String text) {
        String number = text.strip();
        try {
            if (number.indexOf('x') < 0 && number.indexOf('X') < 0) {
                return Float.parseFloat(number);
            }
        } catch (NumberFormatException word) {
            return (float) named(text, "FLOAT");
        }
        throw Failures.invalidText(text, "FLOAT");
    }

    private static double named(String text, String type) {
        return switch (text.strip().toLowerCase(Locale.ROOT)) {
            case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
            case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> throw Failures.invalidText(text, type);
        };
    }

    public static BigDecimal toDecimal(Utf8 text, int precision, int scale) {
        return toDecimal(text.toString(), precision, scale);
    }

    public static BigDecimal toDecimal(String text, int precision, int scale) {
        BigDecimal value;
        try {
            value = new BigDecimal(text.strip());
        } catch (NumberFormatException malformed) {
            throw Failures.invalidText(text, "DECIMAL(%d,%d)".formatted(precision, scale));
        }
        if (value.precision() - (long) value.scale() > precision - scale + 1L) { // do not even try to write 1e999999999 out
            throw Failures.outOfRange(text, "STRING", "DECIMAL(%d,%d)".formatted(precision, scale));
        }
        return NumberCasts.toDecimal(value, precision, scale, "STRING");
    }

    // Dates and times.

    public static int toDate(Utf8 text, EvaluationContext context) {
        return date(context.dateTimeText().date(text.address(), text.address() + text.length()), text);
    }

    public static int toDate(String text, EvaluationContext context) {
        return date(context.dateTimeText().date(text), text);
    }

    private static int date(long days, Object text) {
        if (days == DateTimeText.NONE) {
            throw Failures.invalidText(text, "DATE");
        }
        return (int) days;
    }

    public static long toTimestamp(Utf8 text, EvaluationContext context) {
        long micros = context.dateTimeText().timestamp(text.address(), text.address() + text.length());
        return micros != DateTimeText.NONE
                ? micros
                : timeOfToday(text.toString(), context).orElseThrow(
                        () -> Failures.invalidText(text, "TIMESTAMP"));
    }

    public static long toTimestamp(String text, EvaluationContext context) {
        long micros = context.dateTimeText().timestamp(text);
        return micros != DateTimeText.NONE
                ? micros
                : timeOfToday(text, context).orElseThrow(
                        () -> Failures.invalidText(text, "TIMESTAMP"));
    }

    /// `12:34:56` and `T12:34` are times of the trigger's day.
    private static OptionalLong timeOfToday(String text, EvaluationContext context) {
        String time = text.strip();
        int colon = time.indexOf(':');
        if (colon < 1 || colon > CLOCK_ONLY_MAX) {
            return OptionalLong.empty();
        }
        LocalDate today = LocalDate.ofEpochDay(DateTimes.dayOf(context.localMicros(context.clockMicros())));
        long micros = context.dateTimeText().timestamp(today + (time.startsWith("T") ? "" : "T") + time);
        return micros == DateTimeText.NONE ? OptionalLong.empty() : OptionalLong.of(micros);
    }

    public static long toTimestampNtz(Utf8 text, EvaluationContext context) {
        return ntz(context.dateTimeText().timestampNtz(text.address(), text.address() + text.length()), text);
    }

    public static long toTimestampNtz(String text, EvaluationContext context) {
        return ntz(context.dateTimeText().timestampNtz(text), text);
    }

    private static long ntz(long micros, Object text) {
        if (micros == DateTimeText.NONE) {
            throw Failures.invalidText(text, "TIMESTAMP_NTZ");
        }
        return micros;
    }

    public static long toTime(Utf8 text) {
        return toTime(text.toString());
    }

    public static long toTime(String text) {
        long micros = TimeOfDay.read(text);
        if (micros == TimeOfDay.NONE) {
            throw Failures.invalidText(text, "TIME");
        }
        return micros;
    }

    // Intervals.

    public static long toDayTime(Utf8 text) {
        return toDayTime(text.toString());
    }

    public static long toDayTime(String text) {
        Matcher parts = DAY_TIME.matcher(text.strip());
        if (!parts.matches() || number(parts, "hour") > 23 || number(parts, "minute") > 59
                || number(parts, "second") > 59) {
            throw Failures.invalidText(text, "INTERVAL DAY TO SECOND");
        }
        long seconds = ((number(parts, "day") * 24 + number(parts, "hour")) * 60 + number(parts, "minute")) * 60
                + number(parts, "second");
        String fraction = parts.group("fraction");
        long micros = fraction == null ? 0 : Long.parseLong((fraction + "00000").substring(0, 6));
        try {
            return Math.multiplyExact(sign(parts), Math.addExact(Math.multiplyExact(seconds, 1_000_000L), micros));
        } catch (ArithmeticException overflow) {
            throw Failures.outOfRange(text, "STRING", "INTERVAL DAY TO SECOND");
        }
    }

    public static int toYearMonth(Utf8 text) {
        return toYearMonth(text.toString());
    }

    public static int toYearMonth(String text) {
        Matcher parts = YEAR_MONTH.matcher(text.strip());
        if (!parts.matches() || number(parts, "month") > 11) {
            throw Failures.invalidText(text, "INTERVAL YEAR TO MONTH");
        }
        return DateTimes.toMonths(sign(parts) * (number(parts, "year") * 12 + number(parts, "month")));
    }

    private static long number(Matcher parts, String name) {
        String digits = parts.group(name);
        return digits == null ? 0 : Long.parseLong(digits);
    }

    private static long sign(Matcher parts) {
        return ("-".equals(parts.group("outer")) ? -1L : 1L) * ("-".equals(parts.group("sign")) ? -1L : 1L);
    }
}
