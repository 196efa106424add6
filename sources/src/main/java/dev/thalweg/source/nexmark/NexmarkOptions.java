package dev.thalweg.source.nexmark;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.format.DateTimeText;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/// What to make up, how much of it and how fast.
///
/// @param table `table`: `bid`, `auction` or `person`; sources of one seed refer to each other's ids
/// @param seed `seed`: another gives other values; 42 by default
/// @param eventsPerSecond events of all three tables a second of event time; 10,000 by default
/// @param eventsMax `numEvents`: the stream ends after so many events of all three tables; without it, never
/// @param baseMicros `baseTime`: when the first event happens; by default when a paced stream starts, else the first of January 2020
/// @param paced `paced`: true gives events as their time comes, false as fast as they are taken; by default true without `numEvents`
/// @param triggerEventsMax `maxEventsPerTrigger`: how many a trigger takes at the most
/// @param splits `numPartitions`: into how many splits a trigger's events are cut; 2 by default
record NexmarkOptions(NexmarkTable table, long seed, long eventsPerSecond, OptionalLong eventsMax,
        OptionalLong baseMicros,
        boolean paced, long triggerEventsMax, int splits) {
    private static final List<String> NAMES = List.of("table", "seed", "eventsPerSecond", "numEvents", "baseTime",
            "paced",
            "maxEventsPerTrigger", "numPartitions", "endOfInput", "idleTimeout");
    private static final String FROM_ONE = "a whole number from 1 up";
    /// More would overflow the arithmetic of event times; nobody makes as many.
    private static final long RATE_MAX = 1_000_000_000;
    private static final int SPLITS_MAX = 1024;

    static NexmarkOptions of(TableOptions options, ZoneId zone) {
        options.checkKnown("source 'nexmark'", NAMES);
        OptionalLong events = positive(options, "numEvents", Long.MAX_VALUE / RATE_MAX);
        boolean paced = options.flag("paced", events.isEmpty());
        OptionalLong triggerEvents = positive(options, "maxEventsPerTrigger", Long.MAX_VALUE);
        if (!paced && events.isEmpty() && triggerEvents.isEmpty()) {
            throw new InvalidOption("paced", "false",
                    "true, unless numEvents or maxEventsPerTrigger bounds what a trigger takes");
        }
        return new NexmarkOptions(table(options.text("table")), options.number("seed").orElse(42),
                positive(options, "eventsPerSecond", RATE_MAX).orElse(10_000), events, baseTime(options, zone), paced,
                triggerEvents.orElse(Long.MAX_VALUE), (int) positive(options, "numPartitions", SPLITS_MAX).orElse(2));
    }

    private static NexmarkTable table(Optional<String> name) {
        String words = "bid, auction or person";
        String given = name.orElseThrow(() -> new InvalidOption("table", "", words)).strip().toLowerCase(Locale.ROOT);
        return switch (given) {
            case "bid" -> NexmarkTable.BID;
            case "auction" -> NexmarkTable.AUCTION;
            case "person" -> NexmarkTable.PERSON;
            default -> throw new InvalidOption("table", given, words);
        };
    }

    private static OptionalLong positive(TableOptions options, String name, long most) {
        OptionalLong number = options.number(name);
        if (number.isPresent() && (number.getAsLong() < 1 || number.getAsLong() > most)) {
            throw new InvalidOption(name, number.getAsLong(),
                    most == Long.MAX_VALUE ? FROM_ONE : FROM_ONE + " to " + most);
        }
        return number;
    }

    private static OptionalLong baseTime(TableOptions options, ZoneId zone) {
        Optional<String> text = options.text("baseTime");
        if (text.isEmpty()) {
            return OptionalLong.empty();
        }
        long micros = new DateTimeText(zone).timestamp(text.get());
        if (micros == DateTimeText.NONE) {
            throw new InvalidOption("baseTime", text.get(), "a timestamp such as 2020-01-01 00:00:00");
        }
        return OptionalLong.of(micros);
    }

    /// @param startMillis when the query first ran
    EventClock clock(long startMillis) {
        long unpacedBase = java.time.LocalDate.of(2020, 1, 1).atStartOfDay().toEpochSecond(ZoneOffset.UTC) * 1_000_000;
        return new EventClock(baseMicros.orElse(paced ? startMillis * 1000 : unpacedBase), eventsPerSecond);
    }
}
