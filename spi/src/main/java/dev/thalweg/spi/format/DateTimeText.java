package dev.thalweg.spi.format;

import dev.thalweg.spi.data.Memory;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads dates and times as Spark casts strings to them, such as `2001-01-01 00:47:00.5 Europe/Berlin` or `2001-1`.
///
/// The usual forms `yyyy-MM-dd` and `yyyy-MM-dd[ T]HH:mm[:ss[.f]][Z]` are read straight from bytes; the rest goes through a
/// regular expression.
///
/// **Thread** One.
public final class DateTimeText {
    /// What the readers answer for text that is no date or time.
    public static final long NONE = Long.MIN_VALUE;

    static final long SECOND_MICROS = 1_000_000;
    static final long DAY_MICROS = 86_400 * SECOND_MICROS;

    private static final Pattern GENERAL = Pattern.compile("""
            (?<year>[+-]?\\d{4,7})(?:-(?<month>\\d{1,2})(?:-(?<day>\\d{1,2}))?)?\
            (?:(?<=-\\d{1,2}-\\d{1,2})(?:[T ](?<hour>\\d{1,2})(?::(?<minute>\\d{1,2})(?::(?<second>\\d{1,2})\
            (?:\\.(?<fraction>\\d*))?)?)?(?<zone>[ A-Z+\\-].*)?|[T ])?)?""");
    private static final Pattern OFFSET = Pattern
            .compile("(?:UTC|GMT|UT)?([+-])(\\d{1,2})(?::?(\\d{1,2}))?(?::?(\\d{2}))?");
    private static final long[] FRACTION_MICROS = {0, 100_000, 10_000, 1_000, 100, 10, 1};
    private static final int DATE_LENGTH = 10;
    private static final int MINUTE_LENGTH = 16;
    private static final int SECOND_LENGTH = 19;

    private final ZoneOffsets offsets;
    // The date read last, as bytes, and its days: times in one file tend to be of few dates.
    private long dateStart;
    private short dateEnd;
    private long dateDays = NONE;

    public DateTimeText(ZoneId zone) {
        this.offsets = new ZoneOffsets(zone);
    }

    /// Microseconds since the epoch; text without a zone is a wall-clock time of the session's. [#NONE] if it is no time.
    public long timestamp(long from, long end) {
        boolean utc = end - from > DATE_LENGTH && Memory.getByte(end - 1) == 'Z';
        long local = localMicros(from, utc ? end - 1 : end);
        if (local == NONE) {
            return timestamp(TextSlices.string(from, end));
        }
        return utc ? local : offsets.toInstant(local);
    }

    /// Microseconds of a wall-clock time; a zone in the text is passed over.
    public long timestampNtz(long from, long end) {
        long local = localMicros(from, end);
        return local == NONE ? timestampNtz(TextSlices.string(from, end)) : local;
    }

    /// Days since the epoch, or [#NONE].
    public long date(long from, long end) {
        long days = end - from == DATE_LENGTH ? days(from) : NONE;
        return days == NONE ? date(TextSlices.string(from, end)) : days;
    }

    private long localMicros(long from, long end) {
        int length = (int) (end - from);
        if (length < DATE_LENGTH) {
            return NONE;
        }
        long days = daysAsBefore(from);
        if (days == NONE || length == DATE_LENGTH) {
            return days == NONE ? NONE : days * DAY_MICROS;
        }
        byte between = Memory.getByte(from + DATE_LENGTH);
        if ((between != ' ' && between != 'T') || length < MINUTE_LENGTH || Memory.getByte(from + 13) != ':') {
            return NONE;
        }
        if (length == MINUTE_LENGTH) {
            int hour = twoDigits(from + 11);
            int minute = twoDigits(from + 14);
            return (hour | minute) < 0 || hour > 23 || minute > 59
                    ? NONE
                    : days * DAY_MICROS + (hour * 60L + minute) * 60 * SECOND_MICROS;
        }
        int second = length < SECOND_LENGTH ? -1 : Digits.secondOfDay(from + 11);
        long fraction = length <= SECOND_LENGTH ? 0 : fraction(from + SECOND_LENGTH, end);
        return second < 0 || fraction < 0 ? NONE : days * DAY_MICROS + second * SECOND_MICROS + fraction;
    }

    private long daysAsBefore(long from) {
        long start = Memory.getLong(from);
        short end = Memory.getShort(from + 8);
        if (start != dateStart || end != dateEnd) {
            dateStart = start;
            dateEnd = end;
            dateDays = days(from);
        }
        return dateDays;
    }

    /// The fraction of a second, from its point on, in microseconds; digits past the sixth are cut. -1 if it is none.
    private static long fraction(long from, long end) {
        long digits = end - from - 1;
        if (Memory.getByte(from) != '.' || digits < 1 || digits > 9) {
            return -1;
        }
        int inWord = (int) Math.min(digits, Digits.IN_WORD);
        long word = digits < Digits.IN_WORD ? Memory.getFew(from + 1, inWord) : Memory.getLong(from + 1);
        if (Digits.count(word) < inWord || (digits > inWord && Digits.count(Memory.getByte(end - 1)) == 0)) {
            return -1;
        }
        int kept = (int) Math.min(digits, 6);
        return Digits.value(word, kept) * FRACTION_MICROS[kept];
    }

    private static long days(long from) {
        int high = twoDigits(from);
        int low = twoDigits(from + 2);
        int month = twoDigits(from + 5);
        int day = twoDigits(from + 8);
        if ((high | low | month | day) < 0 || Memory.getByte(from + 4) != '-' || Memory.getByte(from + 7) != '-') {
            return NONE;
        }
        return days(high * 100 + low, month, day);
    }

    /// Days since the epoch of a date of the proleptic Gregorian calendar, [#NONE] if there is no such day.
    ///
    /// **Source** H. Hinnant, "chrono-compatible low-level date algorithms", `days_from_civil`.
    static long days(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1 || (day > 28 && day > monthLength(year, month))) {
            return NONE;
        }
        int shifted = month <= 2 ? year - 1 : year;
        int era = Math.floorDiv(shifted, 400);
        int yearOfEra = shifted - era * 400;
        int dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
        int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
        return era * 146_097L + dayOfEra - 719_468;
    }

    private static int monthLength(int year, int month) {
        return switch (month) {
            case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
            case 4, 6, 9, 11 -> 30;
            default -> 31;
        };
    }

    /// The number that two digits make, or something negative.
    static int twoDigits(long at) {
        int tens = Memory.getByte(at) - '0';
        int ones = Memory.getByte(at + 1) - '0';
        return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -1 : tens * 10 + ones;
    }

    public long timestamp(String text) {
        Matcher parts = GENERAL.matcher(text.strip());
        if (!parts.matches()) {
            return NONE;
        }
        long local = local(parts);
        String zone = parts.group("zone");
        if (local == NONE || zone == null) {
            return local == NONE ? NONE : offsets.toInstant(local);
        }
        return inZone(local, zone.strip());
    }

    public long timestampNtz(String text) {
        Matcher parts = GENERAL.matcher(text.strip());
        return parts.matches() ? local(parts) : NONE;
    }

    /// Spark takes the date of any text that begins as a date and goes on with a space or T.
    public long date(String text) {
        String stripped = text.strip();
        int end = 0;
        while (end < stripped.length() && stripped.charAt(end) != 'T' && stripped.charAt(end) != ' ') {
            end++;
        }
        Matcher parts = GENERAL.matcher(stripped.substring(0, end));
        return parts.matches() ? dateOf(parts) : NONE;
    }

    private static long dateOf(Matcher parts) {
        long days = days(Integer.parseInt(parts.group("year")), number(parts.group("month"), 1),
                number(parts.group("day"), 1));
        return days == (int) days ? days : NONE;
    }

    private static long local(Matcher parts) {
        long days = dateOf(parts);
        int hour = number(parts.group("hour"), 0);
        int minute = number(parts.group("minute"), 0);
        int second = number(parts.group("second"), 0);
        if (days == NONE || hour > 23 || minute > 59 || second > 59
                || Math.abs(days) > Long.MAX_VALUE / DAY_MICROS - 1) {
            return NONE;
        }
        String fraction = parts.group("fraction");
        long micros = 0;
        if (fraction != null) {
            for (int i = 0; i < Math.min(6, fraction.length()); i++) {
                micros += (fraction.charAt(i) - '0') * FRACTION_MICROS[i + 1];
            }
        }
        return days * DAY_MICROS + (hour * 3600L + minute * 60L + second) * SECOND_MICROS + micros;
    }

    private static int number(String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    private static long inZone(long local, String zone) {
        Matcher offset = OFFSET.matcher(zone);
        try {
            if (offset.matches()) {
                int seconds = number(offset.group(2), 0) * 3600 + number(offset.group(3), 0) * 60
                        + number(offset.group(4), 0);
                ZoneOffset fixed = ZoneOffset.ofTotalSeconds("-".equals(offset.group(1)) ? -seconds : seconds);
                return local - fixed.getTotalSeconds() * SECOND_MICROS;
            }
            return new ZoneOffsets(ZoneId.of(zone, ZoneId.SHORT_IDS)).toInstant(local);
        } catch (DateTimeException _) {
            return NONE;
        }
    }

}
