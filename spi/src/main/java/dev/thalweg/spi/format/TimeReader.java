package dev.thalweg.spi.format;

import java.time.ZoneId;
import java.util.Optional;

/// Reads dates and times the way a table's options say: by the user's pattern where there is one, else as SQL casts text.
///
/// **Thread** One.
final class TimeReader {
    private final DateTimeText text;
    private final Optional<DateTimePattern> timestamps;
    private final Optional<DateTimePattern> ntz;
    private final Optional<DateTimePattern> dates;

    TimeReader(ZoneId zone, Optional<String> timestampFormat, Optional<String> timestampNtzFormat,
            Optional<String> dateFormat) {
        this.text = new DateTimeText(zone);
        this.timestamps = timestampFormat.map(f -> new DateTimePattern("timestampFormat", f, zone));
        this.ntz = timestampNtzFormat.map(f -> new DateTimePattern("timestampNTZFormat", f, zone));
        this.dates = dateFormat.map(f -> new DateTimePattern("dateFormat", f, zone));
    }

    /// The value of a [ColumnBuffer] of kind DATE, TIMESTAMP, TIMESTAMP_NTZ or TIME, or [DateTimeText#NONE].
    long read(int kind, long from, long end) {
        return switch (kind) {
            case ColumnBuffer.DATE -> dates.isPresent() ? dates.get().date(from, end) : text.date(from, end);
            case ColumnBuffer.TIMESTAMP ->
                    timestamps.isPresent() ? timestamps.get().timestamp(from, end) : text.timestamp(from, end);
            case ColumnBuffer.TIME -> TimeOfDay.read(TextSlices.string(from, end));
            default -> ntz.isPresent() ? ntz.get().timestampNtz(from, end) : text.timestampNtz(from, end);
        };
    }

    long read(int kind, String value) {
        return switch (kind) {
            case ColumnBuffer.DATE -> dates.isPresent() ? dates.get().date(value) : text.date(value);
            case ColumnBuffer.TIMESTAMP ->
                    timestamps.isPresent() ? timestamps.get().timestamp(value) : text.timestamp(value);
            case ColumnBuffer.TIME -> TimeOfDay.read(value);
            default -> ntz.isPresent() ? ntz.get().timestampNtz(value) : text.timestampNtz(value);
        };
    }
}
