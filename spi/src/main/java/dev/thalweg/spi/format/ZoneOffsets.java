package dev.thalweg.spi.format;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;

/// Turns wall-clock times of a zone into instants and back, in microseconds, quickly for times that lie close together.
///
/// A local time in a gap takes the offset before it, one that comes twice the earlier offset, as `java.time` and Spark do.
///
/// **Cost** Two comparisons as long as times stay between two clock changes. **Thread** One.
public final class ZoneOffsets {
    private static final long DAY_SECONDS = 86_400;

    private final ZoneRules rules;
    private long localFrom;
    private long localTo;
    private long localOffsetMicros;
    private long instantFrom;
    private long instantTo;
    private int instantOffsetSeconds;

    public ZoneOffsets(ZoneId zone) {
        this.rules = zone.getRules();
        if (rules.isFixedOffset()) {
            instantOffsetSeconds = rules.getOffset(Instant.EPOCH).getTotalSeconds();
            localOffsetMicros = instantOffsetSeconds * DateTimeText.SECOND_MICROS;
            localFrom = Long.MIN_VALUE;
            localTo = Long.MAX_VALUE;
            instantFrom = Long.MIN_VALUE;
            instantTo = Long.MAX_VALUE;
        }
    }

    public long toInstant(long localMicros) {
        if (localMicros < localFrom || localMicros >= localTo) {
            remember(localMicros);
        }
        return localMicros - localOffsetMicros;
    }

    public long toLocal(long instantMicros) {
        return instantMicros + offsetSeconds(instantMicros) * DateTimeText.SECOND_MICROS;
    }

    public int offsetSeconds(long instantMicros) {
        if (instantMicros < instantFrom || instantMicros >= instantTo) {
            rememberInstant(instantMicros);
        }
        return instantOffsetSeconds;
    }

    private void remember(long localMicros) {
        long second = Math.floorDiv(localMicros, DateTimeText.SECOND_MICROS);
        ZoneOffset offset = rules.getOffset(LocalDateTime.ofEpochSecond(second, 0, ZoneOffset.UTC));
        localOffsetMicros = offset.getTotalSeconds() * DateTimeText.SECOND_MICROS;
        Instant instant = Instant.ofEpochSecond(second - offset.getTotalSeconds());
        ZoneOffsetTransition before = rules.previousTransition(instant.plusSeconds(1));
        ZoneOffsetTransition after = rules.nextTransition(instant);
        // a day of margin keeps clear of gaps and overlaps, where one local time needs the full rules
        long from = before == null
                ? second
                : before.toEpochSecond() + before.getOffsetAfter().getTotalSeconds() + DAY_SECONDS;
        long to = after == null
                ? second + DAY_SECONDS
                : after.toEpochSecond() + after.getOffsetBefore().getTotalSeconds() - DAY_SECONDS;
        if (second < from || second >= to) {
            from = second;
            to = second + 1;
        }
        localFrom = from * DateTimeText.SECOND_MICROS;
        localTo = to * DateTimeText.SECOND_MICROS;
    }

    private void rememberInstant(long instantMicros) {
        Instant instant = Instant.ofEpochSecond(Math.floorDiv(instantMicros, DateTimeText.SECOND_MICROS));
        instantOffsetSeconds = rules.getOffset(instant).getTotalSeconds();
        ZoneOffsetTransition before = rules.previousTransition(instant.plusSeconds(1));
        ZoneOffsetTransition after = rules.nextTransition(instant);
        instantFrom = (before == null ? instant.getEpochSecond() : before.toEpochSecond())
                * DateTimeText.SECOND_MICROS;
        instantTo = (after == null ? instant.getEpochSecond() + 1 : after.toEpochSecond())
                * DateTimeText.SECOND_MICROS;
    }
}
