package dev.thalweg.execution.expression.function;

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
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A pattern of Spark's for dates and times (`yyyy-MM-dd HH:mm`): `java.time`'s letters, less those that Spark forbids.
///
/// `y` is the proleptic year unless an era stands in the pattern. Fields that are missing when text is read are those of
/// 1970-01-01 00:00:00; a run of `S` reads as many digits or fewer.
final class DateTimePattern {
    private static final String WEEK_BASED = "YWwuec";
    private static final String FORBIDDEN = "ABnNp{}#";
    private static final String ONLY_PRINTED = "EFqQ";
    private static final Pattern TOO_LONG = Pattern.compile("([GMLEQq])\\1{4}|y{7}");
    private static final Pattern FRACTION = Pattern.compile("([^S]*)(S+)([^S]*)");

    private final DateTimeFormatter formatter;

    private DateTimePattern(DateTimeFormatter formatter) {
        this.formatter = formatter;
    }

    static DateTimePattern forPrinting(String pattern) {
        return new DateTimePattern(formatter(new DateTimeFormatterBuilder(), pattern, false));
    }

    /// How long a text printed by the pattern stays the same on the clock: that of its finest letter, or 0 where it shows
    /// more than the wall clock, or fractions of a second.
    static long printedUnitMicros(String pattern) {
        long unit = Times.DAY;
        String[] parts = pattern.split("'", -1); // every other part is quoted
        for (int part = 0; part < parts.length; part += 2) {
            for (int i = 0; i < parts[part].length(); i++) {
                unit = Math.min(unit, unitOf(parts[part].charAt(i)));
            }
        }
        return unit;
    }

    private static long unitOf(char letter) {
        if ("HhKka".indexOf(letter) >= 0) {
            return Times.HOUR;
        }
        return switch (letter) {
            case 'm' -> Times.MINUTE;
            case 's' -> Times.SECOND;
            default -> "GyuMLdDEqQF".indexOf(letter) >= 0 || !Character.isLetter(letter) ? Times.DAY : 0;
        };
    }

    static DateTimePattern forReading(String pattern) {
        return new DateTimePattern(formatter(new DateTimeFormatterBuilder().parseCaseInsensitive(), pattern, true));
    }

    private static DateTimeFormatter formatter(DateTimeFormatterBuilder builder, String pattern, boolean reading) {
        try {
            String known = checked(pattern, reading);
            Matcher fraction = FRACTION.matcher(known);
            if (reading && fraction.matches()) {
                builder.appendPattern(fraction.group(1));
                builder.appendFraction(ChronoField.NANO_OF_SECOND, 1, fraction.group(2).length(), false);
                builder.appendPattern(fraction.group(3));
            } else {
                builder.appendPattern(known);
            }
            return builder.parseDefaulting(ChronoField.ERA, 1).toFormatter(Locale.US)
                    .withChronology(IsoChronology.INSTANCE).withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw unknown(pattern, "one such as 'yyyy-MM-dd HH:mm:ss'");
        }
    }

    private static String checked(String pattern, boolean reading) {
        boolean era = pattern.contains("G");
        StringBuilder known = new StringBuilder();
        String[] parts = (pattern + " ").split("'", -1); // every other part is quoted
        for (int i = 0; i < parts.length; i++) {
            known.append(i == 0 ? "" : "'").append(i % 2 == 0 ? unquoted(pattern, parts[i], reading, era) : parts[i]);
        }
        return known.substring(0, known.length() - 1);
    }

    private static String unquoted(String pattern, String part, boolean reading, boolean era) {
        for (int i = 0; i < part.length(); i++) {
            char letter = part.charAt(i);
            if (WEEK_BASED.indexOf(letter) >= 0) {
                throw unknown(pattern, "without the letters of week-based years and days, such as '" + letter
                        + "'; use weekofyear, dayofweek or date_part instead");
            }
            if (FORBIDDEN.indexOf(letter) >= 0 || (reading && ONLY_PRINTED.indexOf(letter) >= 0)) {
                throw unknown(pattern, "without '" + letter + "'" + (reading ? ", which cannot be read" : ""));
            }
        }
        if (TOO_LONG.matcher(part).find()) {
            throw unknown(pattern, "with at most four letters for a name and six for a year");
        }
        return era ? part : part.replace('y', 'u');
    }

    private static RuntimeException unknown(String pattern, String expected) {
        return Reject.argument("a date-time function", "pattern", pattern, expected);
    }

    String print(long localMicros, ZoneId zone, long instantMicros) {
        ZoneOffset offset = ZoneOffset.ofTotalSeconds((int) ((localMicros - instantMicros) / Times.SECOND));
        LocalDateTime local = Zones.wallClock(localMicros);
        return formatter.format(java.time.ZonedDateTime.ofInstant(local, offset, zone));
    }

    String print(LocalDate date) {
        return formatter.format(date.atStartOfDay());
    }

    /// The wall-clock time that the text shows, in microseconds; the zone it names is in `zone`.
    record Read(long localMicros, Optional<ZoneId> zone) {}

    Optional<Read> read(String text) {
        try {
            TemporalAccessor parsed = formatter.parse(text);
            long local = Zones.localMicros(LocalDateTime.of(date(parsed), time(parsed)));
            return Optional.of(new Read(local, Optional.ofNullable(parsed.query(TemporalQueries.zone()))));
        } catch (DateTimeException | ArithmeticException _) {
            return Optional.empty();
        }
    }

    OptionalLong readDate(String text) {
        try {
            return OptionalLong.of(date(formatter.parse(text)).toEpochDay());
        } catch (DateTimeException | ArithmeticException _) {
            return OptionalLong.empty();
        }
    }

    private static LocalDate date(TemporalAccessor parsed) {
        LocalDate date = parsed.query(TemporalQueries.localDate());
        return date != null
                ? date
                : LocalDate.of(field(parsed, ChronoField.YEAR, 1970),
                        field(parsed, ChronoField.MONTH_OF_YEAR, 1), field(parsed, ChronoField.DAY_OF_MONTH, 1));
    }

    private static LocalTime time(TemporalAccessor parsed) {
        LocalTime time = parsed.query(TemporalQueries.localTime());
        if (time != null) {
            return time;
        }
        int hour = field(parsed, ChronoField.HOUR_OF_DAY, field(parsed, ChronoField.HOUR_OF_AMPM,
                12 * field(parsed, ChronoField.AMPM_OF_DAY, 0)));
        return LocalTime.of(hour, field(parsed, ChronoField.MINUTE_OF_HOUR, 0),
                field(parsed, ChronoField.SECOND_OF_MINUTE, 0), field(parsed, ChronoField.NANO_OF_SECOND, 0));
    }

    private static int field(TemporalAccessor parsed, ChronoField field, int otherwise) {
        return parsed.isSupported(field) ? parsed.get(field) : otherwise;
    }
}
