package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.Utf8;
import dev.thalweg.spi.format.DateTimeText;
import java.time.LocalDate;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/// Dates and times read from text and put into text; without a pattern, text is read as a cast reads it.
public final class DateFormatFunctions {
    private static final String SECONDS = "yyyy-MM-dd HH:mm:ss";

    /// A pattern parsed once a task.
    private record Reader(DateTimePattern pattern) {}

    private record Text(DateTimeText text) {}

    private DateFormatFunctions() {}

    public static String dateFormat(EvaluationContext context, long instant, Utf8 pattern) {
        return context.remember(TimePrinter.class, pattern, TimePrinter::new).print(context, instant);
    }

    public static String dateFormatOfDate(EvaluationContext context, int date, Utf8 pattern) {
        return context.remember(TimePrinter.class, pattern, TimePrinter::new).print(LocalDate.ofEpochDay(date));
    }

    public static String fromUnixtime(EvaluationContext context, long seconds) {
        return context.remember(TimePrinter.class, SECONDS, TimePrinter::new).print(context,
                UnixTimeFunctions.timestampSeconds(seconds));
    }

    public static String fromUnixtime(EvaluationContext context, long seconds, Utf8 pattern) {
        return dateFormat(context, UnixTimeFunctions.timestampSeconds(seconds), pattern);
    }

    public static int toDate(EvaluationContext context, String text) {
        return date(tryDate(context, text), text);
    }

    public static int toDate(EvaluationContext context, String text, String pattern) {
        return date(reader(context, pattern).readDate(text), text);
    }

    public static @Nullable Integer tryToDate(EvaluationContext context, String text) {
        OptionalLong date = tryDate(context, text);
        return date.isPresent() ? (int) date.getAsLong() : null;
    }

    public static @Nullable Integer tryToDate(EvaluationContext context, String text, String pattern) {
        OptionalLong date = reader(context, pattern).readDate(text);
        return date.isPresent() ? (int) date.getAsLong() : null;
    }

    public static long toTimestamp(EvaluationContext context, String text) {
        return timestamp(tryTimestamp(context, text), text);
    }

    public static long toTimestamp(EvaluationContext context, String text, String pattern) {
        return timestamp(tryTimestamp(context, text, pattern), text);
    }

    public static @Nullable Long tryToTimestamp(EvaluationContext context, String text) {
        OptionalLong time = tryTimestamp(context, text);
        return time.isPresent() ? time.getAsLong() : null;
    }

    public static @Nullable Long tryToTimestamp(EvaluationContext context, String text, String pattern) {
        OptionalLong time = tryTimestamp(context, text, pattern);
        return time.isPresent() ? time.getAsLong() : null;
    }

    public static long toTimestampNtz(EvaluationContext context, String text) {
        return timestamp(known(text(context).timestampNtz(text)), text);
    }

    public static long toTimestampNtz(EvaluationContext context, String text, String pattern) {
        return timestamp(reader(context, pattern).read(text).map(read -> OptionalLong.of(read.localMicros()))
                .orElse(OptionalLong.empty()), text);
    }

    public static long unixTimestamp(long instant) {
        return instant / Times.SECOND; // towards zero, as Spark does
    }

    public static long unixTimestamp(long instant, String pattern) {
        return unixTimestamp(instant); // the pattern is for strings
    }

    public static long unixTimestamp(EvaluationContext context, String text) {
        return unixTimestamp(context, text, SECONDS);
    }

    public static long unixTimestamp(EvaluationContext context, String text, String pattern) {
        return Math.floorDiv(toTimestamp(context, text, pattern), Times.SECOND);
    }

    static DateTimePattern reader(EvaluationContext context, String pattern) {
        return context.remember(Reader.class, pattern, text -> new Reader(DateTimePattern.forReading(text))).pattern();
    }

    private static DateTimeText text(EvaluationContext context) {
        return context.remember(Text.class, "", _ -> new Text(new DateTimeText(context.zone()))).text();
    }

    private static OptionalLong tryDate(EvaluationContext context, String text) {
        return known(text(context).date(text));
    }

    private static OptionalLong tryTimestamp(EvaluationContext context, String text) {
        return known(text(context).timestamp(text));
    }

    private static OptionalLong tryTimestamp(EvaluationContext context, String text, String pattern) {
        return reader(context, pattern).read(text).map(read -> OptionalLong.of(read.zone().isPresent()
                ? Zones.toInstant(read.localMicros(), read.zone().get())
                : context.instantMicros(read.localMicros()))).orElse(OptionalLong.empty());
    }

    private static OptionalLong known(long value) {
        return value == DateTimeText.NONE ? OptionalLong.empty() : OptionalLong.of(value);
    }

    private static int date(OptionalLong date, String text) {
        return (int) date.orElseThrow(() -> Reject.text(text, "DATE of that form", "try_to_date"));
    }

    private static long timestamp(OptionalLong time, String text) {
        return time.orElseThrow(() -> Reject.text(text, "TIMESTAMP of that form", "try_to_timestamp"));
    }
}
