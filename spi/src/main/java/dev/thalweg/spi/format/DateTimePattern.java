package dev.thalweg.spi.format;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.error.InvalidOption;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.chrono.IsoChronology;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;
import java.util.Optional;

/// Reads and prints dates and times by a pattern of the user's (`timestampFormat`, `dateFormat`), such as `yyyy/MM/dd HH:mm`.
///
/// A pattern of fixed-width digits and punctuation is read straight from bytes; any other through `java.time`, as strictly as
/// Spark does. Fields that the pattern lacks are those of 1970-01-01 00:00:00.
///
/// **Thread** One.
public final class DateTimePattern {
    private final DateTimeFormatter formatter;
    private final Optional<FixedFields> fixed;
    private final ZoneId zone;
    private final ZoneOffsets offsets;

    /// @param option which option the pattern comes from, for the message when it is none
    public DateTimePattern(String option, String pattern, ZoneId zone) {
        this.zone = zone;
        this.offsets = new ZoneOffsets(zone);
        this.fixed = FixedFields.of(pattern);
        try {
            this.formatter = new DateTimeFormatterBuilder().parseCaseInsensitive().appendPattern(pattern)
                    .parseDefaulting(ChronoField.ERA, 1).toFormatter(Locale.US).withChronology(IsoChronology.INSTANCE)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw new InvalidOption(option, pattern,
                    "a date-time pattern, such as yyyy/MM/dd HH:mm (" + e.getMessage() + ")");
        }
    }

    /// Microseconds since the epoch, or [DateTimeText#NONE].
    public long timestamp(long from, long end) {
        if (fixed.isPresent()) {
            long local = fixed.get().localMicros(from, end);
            return local == DateTimeText.NONE ? local : offsets.toInstant(local);
        }
        return timestamp(TextSlices.string(from, end));
    }

    public long timestampNtz(long from, long end) {
        return fixed.isPresent() ? fixed.get().localMicros(from, end) : timestampNtz(TextSlices.string(from, end));
    }

    public long date(long from, long end) {
        if (fixed.isPresent()) {
            long local = fixed.get().localMicros(from, end);
            return local == DateTimeText.NONE ? local : Math.floorDiv(local, DateTimeText.DAY_MICROS);
        }
        return date(TextSlices.string(from, end));
    }

    public long timestamp(String text) {
        try {
            TemporalAccessor parsed = formatter.parse(text);
            long local = localMicros(parsed);
            ZoneId written = parsed.query(TemporalQueries.zone());
            return written == null || written.equals(zone)
                    ? offsets.toInstant(local)
                    : new ZoneOffsets(written).toInstant(local);
        } catch (DateTimeException _) {
            return DateTimeText.NONE;
        }
    }

    public long timestampNtz(String text) {
        try {
            return localMicros(formatter.parse(text));
        } catch (DateTimeException _) {
            return DateTimeText.NONE;
        }
    }

    public long date(String text) {
        try {
            return dateOf(formatter.parse(text)).toEpochDay();
        } catch (DateTimeException _) {
            return DateTimeText.NONE;
        }
    }

    public String printTimestamp(long instantMicros) {
        return formatter.format(local(offsets.toLocal(instantMicros))
                .atOffset(ZoneOffset.ofTotalSeconds(offsets.offsetSeconds(instantMicros))).atZoneSimilarLocal(zone));
    }

    public String printTimestampNtz(long localMicros) {
        return formatter.format(local(localMicros));
    }

    public String printDate(int days) {
        return formatter.format(LocalDate.ofEpochDay(days));
    }

    static LocalDateTime local(long micros) {
        return LocalDateTime.ofEpochSecond(Math.floorDiv(micros, DateTimeText.SECOND_MICROS),
                (int) Math.floorMod(micros, DateTimeText.SECOND_MICROS) * 1000, ZoneOffset.UTC);
    }

    private static long localMicros(TemporalAccessor parsed) {
        LocalTime time = parsed.query(TemporalQueries.localTime());
        long micros = time == null ? timeOf(parsed) : time.toNanoOfDay() / 1000;
        return dateOf(parsed).toEpochDay() * DateTimeText.DAY_MICROS + micros;
    }

    private static long timeOf(TemporalAccessor parsed) {
        int hour = field(parsed, ChronoField.HOUR_OF_DAY, 0);
        int minute = field(parsed, ChronoField.MINUTE_OF_HOUR, 0);
        int second = field(parsed, ChronoField.SECOND_OF_MINUTE, 0);
        return (hour * 3600L + minute * 60L + second) * DateTimeText.SECOND_MICROS;
    }

    private static LocalDate dateOf(TemporalAccessor parsed) {
        LocalDate date = parsed.query(TemporalQueries.localDate());
        return date != null
                ? date
                : LocalDate.of(field(parsed, ChronoField.YEAR, field(parsed, ChronoField.YEAR_OF_ERA, 1970)),
                        field(parsed, ChronoField.MONTH_OF_YEAR, 1), field(parsed, ChronoField.DAY_OF_MONTH, 1));
    }

    private static int field(TemporalAccessor parsed, ChronoField field, int otherwise) {
        return parsed.isSupported(field) ? parsed.get(field) : otherwise;
    }

    /// A pattern whose every letter is a digit of a known width: read by position.
    ///
    /// @param pattern its bytes without quotes
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two
    private record FixedFields(byte[] pattern) {
        static Optional<FixedFields> of(String pattern) {
            String rest = pattern;
            for (String field : new String[] {"yyyy", "MM", "dd", "HH", "mm", "ss"}) {
                int at = rest.indexOf(field);
                if (at >= 0) {
                    rest = rest.substring(0, at) + " ".repeat(field.length()) + rest.substring(at + field.length());
                }
            }
            boolean plain = rest.chars().allMatch(c -> c == ' ' || "/-:.,_".indexOf(c) >= 0);
            boolean hasDate = pattern.contains("yyyy") && pattern.contains("MM") && pattern.contains("dd");
            return plain && hasDate
                    ? Optional.of(new FixedFields(pattern.getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                    : Optional.empty();
        }

        long localMicros(long from, long end) {
            if (end - from != pattern.length) {
                return DateTimeText.NONE;
            }
            int year = 0;
            int month = 0;
            int day = 0;
            int hour = 0;
            int minute = 0;
            int second = 0;
            for (int i = 0; i < pattern.length; i++) {
                int digit = Memory.getByte(from + i) - '0';
                byte field = pattern[i];
                if (field < 'A') {
                    if (digit + '0' != field) {
                        return DateTimeText.NONE;
                    }
                    continue;
                }
                if (digit < 0 || digit > 9) {
                    return DateTimeText.NONE;
                }
                switch (field) {
                    case 'y' -> year = year * 10 + digit;
                    case 'M' -> month = month * 10 + digit;
                    case 'd' -> day = day * 10 + digit;
                    case 'H' -> hour = hour * 10 + digit;
                    case 'm' -> minute = minute * 10 + digit;
                    default -> second = second * 10 + digit;
                }
            }
            long days = DateTimeText.days(year, month, day);
            if (days == DateTimeText.NONE || year == 0 || hour > 23 || minute > 59 || second > 59) {
                return DateTimeText.NONE;
            }
            return days * DateTimeText.DAY_MICROS + (hour * 3600L + minute * 60L + second) * DateTimeText.SECOND_MICROS;
        }
    }

    /// The pattern that an option holds, if it does; refused here if it is none, not by the first who reads a file.
    ///
    /// @throws InvalidOption when it is no pattern
    public static Optional<String> checked(TableOptions options, String option) {
        Optional<String> pattern = options.text(option);
        pattern.ifPresent(text -> new DateTimePattern(option, text, ZoneOffset.UTC));
        return pattern;
    }

    /// Checks a time zone that an option names.
    public static Optional<ZoneId> zone(Optional<String> name) {
        return name.map(text -> {
            try {
                return ZoneId.of(text.strip());
            } catch (DateTimeException e) {
                throw new InvalidOption("timeZone", text, "a time zone, such as Europe/Berlin, UTC or +02:00");
            }
        });
    }
}
