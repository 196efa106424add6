package dev.thalweg.spi.format;

import java.time.LocalTime;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Values of TIME as text and back: `12:34:56.5` is how they are written; read are also `9:05`, `T12:34:56` and `1:02:03 PM`, as
/// Spark casts strings to TIME.
public final class TimeOfDay {
    /// What [#read] answers for text that is no time of day.
    public static final long NONE = DateTimeText.NONE;
    public static final long DAY_MICROS = DateTimeText.DAY_MICROS;

    private static final Pattern TIME = Pattern.compile(
            "T?(\\d{1,2}):(\\d{1,2})(?::(\\d{1,2})(?:\\.(\\d*))?)?(?: ?(am|pm))?", Pattern.CASE_INSENSITIVE);
    private static final int FRACTION_DIGITS = 6;
    private static final int NANOS_PER_MICRO = 1_000;

    private TimeOfDay() {}

    /// Microseconds since midnight, or [#NONE]; digits past the sixth are cut.
    public static long read(String text) {
        Matcher parts = TIME.matcher(text.strip());
        if (!parts.matches()) {
            return NONE;
        }
        int hour = hour(Integer.parseInt(parts.group(1)), parts.group(5));
        int minute = Integer.parseInt(parts.group(2));
        int second = parts.group(3) == null ? 0 : Integer.parseInt(parts.group(3));
        if (hour < 0 || hour > 23 || minute > 59 || second > 59) {
            return NONE;
        }
        return ((hour * 60L + minute) * 60 + second) * DateTimeText.SECOND_MICROS + fraction(parts.group(4));
    }

    /// Negative where a clock of twelve hours has no such hour.
    private static int hour(int shown, @Nullable String half) {
        if (half == null) {
            return shown;
        }
        boolean afternoon = half.toLowerCase(Locale.ROOT).equals("pm");
        return shown < 1 || shown > 12 ? -1 : shown % 12 + (afternoon ? 12 : 0);
    }

    private static long fraction(@Nullable String digits) {
        if (digits == null || digits.isEmpty()) {
            return 0;
        }
        String six = (digits + "000000").substring(0, FRACTION_DIGITS);
        return Long.parseLong(six);
    }

    /// `12:34:56`, and as many digits of a second as there are.
    public static String text(long micros) {
        long seconds = micros / DateTimeText.SECOND_MICROS;
        StringBuilder text = new StringBuilder(15);
        two(seconds / 3_600, text).append(':');
        two(seconds / 60 % 60, text).append(':');
        two(seconds % 60, text);
        long fraction = micros % DateTimeText.SECOND_MICROS;
        if (fraction > 0) {
            text.append('.').append(Long.toString(DateTimeText.SECOND_MICROS + fraction), 1, 1 + FRACTION_DIGITS);
            while (text.charAt(text.length() - 1) == '0') {
                text.setLength(text.length() - 1);
            }
        }
        return text.toString();
    }

    private static StringBuilder two(long number, StringBuilder text) {
        return text.append((char) ('0' + number / 10)).append((char) ('0' + number % 10));
    }

    public static LocalTime localTime(long micros) {
        return LocalTime.ofNanoOfDay(micros * NANOS_PER_MICRO);
    }

    /// What is below a microsecond is cut.
    public static long micros(LocalTime time) {
        return time.toNanoOfDay() / NANOS_PER_MICRO;
    }
}
