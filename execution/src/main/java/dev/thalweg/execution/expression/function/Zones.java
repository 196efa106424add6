package dev.thalweg.execution.expression.function;

import java.time.DateTimeException;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.regex.Pattern;

/// Time zones by name as Spark takes them, and wall clocks as `java.time` has them.
final class Zones {
    private static final Pattern SHORT_HOUR = Pattern.compile("([+-])(\\d):");
    private static final Pattern SHORT_MINUTE = Pattern.compile("([+-])(\\d\\d):(\\d)$");

    private Zones() {}

    static ZoneId of(String name) {
        String padded = SHORT_MINUTE.matcher(SHORT_HOUR.matcher(name).replaceFirst("$10$2:")).replaceFirst("$1$2:0$3");
        try {
            return ZoneId.of(padded, ZoneId.SHORT_IDS);
        } catch (DateTimeException e) {
            throw Reject.argument("a date-time function", "time zone", name,
                    "a region such as Europe/Berlin, or an offset such as +02:00");
        }
    }

    static LocalDateTime wallClock(long localMicros) {
        return LocalDateTime.ofEpochSecond(Math.floorDiv(localMicros, Times.SECOND),
                (int) Math.floorMod(localMicros, Times.SECOND) * 1_000, ZoneOffset.UTC);
    }

    @SuppressWarnings("JavaLocalDateTimeGetNano") // the seconds stand before them
    static long localMicros(LocalDateTime clock) {
        return Math.addExact(Math.multiplyExact(clock.toEpochSecond(ZoneOffset.UTC), Times.SECOND),
                clock.getNano() / 1_000);
    }

    static long toLocal(long instant, ZoneId zone) {
        long second = Math.floorDiv(instant, Times.SECOND);
        return instant + zone.getRules().getOffset(java.time.Instant.ofEpochSecond(second)).getTotalSeconds()
                * Times.SECOND;
    }

    /// As the evaluation context does it for the session's zone.
    static long toInstant(long local, ZoneId zone) {
        return Math.subtractExact(local, zone.getRules().getOffset(wallClock(local)).getTotalSeconds() * Times.SECOND);
    }
}
