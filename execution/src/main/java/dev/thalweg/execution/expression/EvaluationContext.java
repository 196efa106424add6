package dev.thalweg.execution.expression;

import dev.thalweg.spi.format.DateTimeText;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;

/// What an expression may know beside its row: the session's time zone, the trigger's clock, the trigger's random numbers.
///
/// **Thread** one task. Numbers come out the same when the trigger runs again with the same seed and the same rows in
/// the same order, which rows behind an exchange do not keep.
public final class EvaluationContext {
    private static final int REMEMBERED_MAX = 512;

    private final ZoneId zone;
    private final ZoneRules rules;
    private final long clockMicros;
    private final SplittableRandom random;
    private final int part;
    private final RowIds rowIds;
    private final Map<Key, Object> remembered;
    private final Remembered recent;
    private final DateTimeText dateTimeText;

    // Between two changes of the zone's offset all instants share it; most rows of a batch lie between the same two.
    private long offsetFrom = 1;
    private long offsetUntil;
    private long offsetMicros;

    private record Key(Class<?> kind, String text) {}

    public EvaluationContext(ZoneId zone, long clockMicros, long seed) {
        this(zone, clockMicros, seed, 0, RowIds.inBatch(0), new HashMap<>(), new Remembered(), new DateTimeText(zone));
    }

    private EvaluationContext(ZoneId zone, long clockMicros, long seed, int part, RowIds rowIds,
            Map<Key, Object> remembered, Remembered recent, DateTimeText dateTimeText) {
        this.zone = zone;
        this.rules = zone.getRules();
        this.clockMicros = clockMicros;
        this.random = new SplittableRandom(seed);
        this.part = part;
        this.rowIds = rowIds;
        this.remembered = remembered;
        this.recent = recent;
        this.dateTimeText = dateTimeText;
    }

    /// The context of another part of the input, or of another trigger of the same task: what was parsed once stays.
    ///
    /// @param part number of the split whose rows come next; -1 less the number of the task where they come from other tasks
    public EvaluationContext forPart(int part, long clockMicros, long seed, RowIds ids) {
        return new EvaluationContext(zone, clockMicros, seed, part, ids, remembered, recent, dateTimeText);
    }

    public ZoneId zone() {
        return zone;
    }

    /// The trigger's recorded clock: microseconds since the epoch.
    public long clockMicros() {
        return clockMicros;
    }

    public RandomGenerator random() {
        return random;
    }

    /// What is added to a query's own seed, so that no two splits, and no two tasks, draw the same numbers.
    int seedOffset() {
        return part < 0 ? -1 - part : part;
    }

    /// What numbers the rows of this part.
    RowIds rowIds() {
        return rowIds;
    }

    /// Reads dates and times in the session's zone.
    public DateTimeText dateTimeText() {
        return dateTimeText;
    }

    /// The wall-clock time in the session's zone, as microseconds since 1970-01-01T00:00:00 on that clock.
    public long localMicros(long instantMicros) {
        return instantMicros + offsetMicros(instantMicros);
    }

    /// The instant at which the session's zone shows that wall-clock time: the earlier one where clocks went back; where
    /// they skipped it, as much later as they skipped.
    public long instantMicros(long localMicros) {
        if (rules.isFixedOffset()) {
            return Math.subtractExact(localMicros, offsetMicros(0));
        }
        LocalDateTime local = LocalDateTime.ofEpochSecond(Math.floorDiv(localMicros, 1_000_000L), 0, ZoneOffset.UTC);
        return Math.subtractExact(localMicros, rules.getOffset(local).getTotalSeconds() * 1_000_000L);
    }

    private long offsetMicros(long instantMicros) {
        if (instantMicros < offsetFrom || instantMicros >= offsetUntil) {
            findOffset(Math.floorDiv(instantMicros, 1_000_000L));
        }
        return offsetMicros;
    }

    private void findOffset(long second) {
        Instant instant = Instant.ofEpochSecond(second);
        offsetMicros = rules.getOffset(instant).getTotalSeconds() * 1_000_000L;
        ZoneOffsetTransition next = rules.nextTransition(instant);
        ZoneOffsetTransition previous = rules.previousTransition(instant.plusNanos(1));
        offsetUntil = next == null ? Long.MAX_VALUE : micros(next);
        offsetFrom = previous == null ? Long.MIN_VALUE : micros(previous);
    }

    /// The nearest there is.
    private static long micros(ZoneOffsetTransition transition) {
        return TimeUnit.SECONDS.toMicros(transition.toEpochSecond());
    }

    /// The compiled regular expression, parsed once for as long as the task lives.
    public Pattern pattern(String regex) {
        return remember(Pattern.class, regex, Pattern::compile);
    }

    /// What `parse` makes of a text, such as a date format, made once for as long as the task lives.
    public <T> T remember(Class<T> kind, String text, Function<String, T> parse) {
        Key key = new Key(kind, text);
        Object known = remembered.get(key);
        if (known == null) {
            if (remembered.size() >= REMEMBERED_MAX) {
                remembered.clear(); // a pattern per row: nothing is worth keeping
            }
            known = parse.apply(text);
            remembered.put(key, known);
        }
        return kind.cast(known);
    }

    /// The same for a text off the heap: a literal's, which keeps what was made of it, or a row's, which mostly is the row's
    /// before and is compared where it lies.
    public <T> T remember(Class<T> kind, Utf8 text, Function<String, T> parse) {
        if (text.isConstant()) {
            T meant = text.meaning(kind);
            if (meant == null) {
                meant = remember(kind, text.toString(), parse);
                text.setMeaning(meant);
            }
            return meant;
        }
        Object known = recent.find(kind, text);
        return kind.cast(known != null ? known : recent.keep(kind, text, remember(kind, text.toString(), parse)));
    }
}
