package dev.thalweg.spi.format;

import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Optional;

/// Writes dates and times the way a table's options say: by the user's pattern where there is one, else in ISO form,
/// `2001-01-01T00:47:00.000Z`. Microseconds are written where milliseconds would lose something.
///
/// **Thread** One.
final class TimeWriter {
    private final ZoneOffsets offsets;
    private final Optional<DateTimePattern> timestamps;
    private final Optional<DateTimePattern> ntz;
    private final Optional<DateTimePattern> dates;

    TimeWriter(ZoneId zone, Optional<String> timestampFormat, Optional<String> timestampNtzFormat,
            Optional<String> dateFormat) {
        this.offsets = new ZoneOffsets(zone);
        this.timestamps = timestampFormat.map(f -> new DateTimePattern("timestampFormat", f, zone));
        this.ntz = timestampNtzFormat.map(f -> new DateTimePattern("timestampNTZFormat", f, zone));
        this.dates = dateFormat.map(f -> new DateTimePattern("dateFormat", f, zone));
    }

    void date(int days, TextBuffer out) {
        if (dates.isPresent()) {
            out.put(dates.get().printDate(days));
        } else {
            isoDate(days, out);
        }
    }

    private static void isoDate(long days, TextBuffer out) {
        LocalDate date = LocalDate.ofEpochDay(days);
        if (date.getYear() < 0 || date.getYear() > 9999) {
            out.put(date.toString());
            return;
        }
        out.putPadded(date.getYear(), 4).put('-').putPadded(date.getMonthValue(), 2).put('-')
                .putPadded(date.getDayOfMonth(), 2);
    }

    void timestamp(long micros, TextBuffer out) {
        if (timestamps.isPresent()) {
            out.put(timestamps.get().printTimestamp(micros));
            return;
        }
        isoTime(offsets.toLocal(micros), out);
        int offset = offsets.offsetSeconds(micros);
        if (offset == 0) {
            out.put('Z');
            return;
        }
        int minutes = Math.abs(offset) / 60;
        out.put(offset < 0 ? '-' : '+').putPadded(minutes / 60, 2).put(':').putPadded(minutes % 60, 2);
    }

    void timestampNtz(long micros, TextBuffer out) {
        if (ntz.isPresent()) {
            out.put(ntz.get().printTimestampNtz(micros));
        } else {
            isoTime(micros, out);
        }
    }

    private static void isoTime(long localMicros, TextBuffer out) {
        isoDate(Math.floorDiv(localMicros, DateTimeText.DAY_MICROS), out);
        long ofDay = Math.floorMod(localMicros, DateTimeText.DAY_MICROS);
        long seconds = ofDay / DateTimeText.SECOND_MICROS;
        out.put('T').putPadded(seconds / 3600, 2).put(':').putPadded(seconds / 60 % 60, 2).put(':')
                .putPadded(seconds % 60, 2).put('.');
        long fraction = ofDay % DateTimeText.SECOND_MICROS;
        if (fraction % 1000 == 0) {
            out.putPadded(fraction / 1000, 3);
        } else {
            out.putPadded(fraction, 6);
        }
    }
}
