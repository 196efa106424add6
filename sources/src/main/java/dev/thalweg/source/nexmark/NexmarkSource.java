package dev.thalweg.source.nexmark;

import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.file.AtomicFile;
import dev.thalweg.spi.source.Offset;
import dev.thalweg.spi.source.OffsetRange;
import dev.thalweg.spi.source.ReadLimit;
import dev.thalweg.spi.source.ReadRequest;
import dev.thalweg.spi.source.Source;
import dev.thalweg.spi.source.SourceContext;
import dev.thalweg.spi.source.SourceReader;
import dev.thalweg.spi.source.Split;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One table of the auction house's events, as they happen or as fast as they are taken.
///
/// An offset counts the events of all three tables, so that queries over several of them advance together. The start of a
/// paced stream is written down once; everything else follows from options and offset.
final class NexmarkSource implements Source<NexmarkSource.EventOffset> {
    /// How many events have been made.
    record EventOffset(long events) implements Offset {
        @Override
        public String json() {
            return Long.toString(events);
        }
    }

    /// Rows `from` to `to`, exclusive, of the table.
    record RowSplit(long from, long to) implements Split {
        @Override
        public String description() {
            return "rows " + from + " to " + to;
        }
    }

    private final NexmarkOptions options;
    private final long startMillis;
    private final EventClock clock;

    NexmarkSource(NexmarkOptions options, SourceContext context) {
        if (context.directory().isEmpty() && options.eventsMax().isEmpty()) {
            throw new InvalidQuery("THW-2046", "The source 'nexmark' never ends, so it has no rows as of now."
                    + " Set numEvents, or read it with FROM STREAM.");
        }
        this.options = options;
        this.startMillis = start(context.directory().map(d -> d.resolve("start")), context.clock().millis());
        this.clock = options.clock(startMillis);
    }

    private static long start(Optional<Path> file, long nowMillis) {
        if (file.isEmpty()) {
            return nowMillis;
        }
        if (!Files.exists(file.get())) {
            AtomicFile.writeChecksummed(file.get(), Long.toString(nowMillis).getBytes(StandardCharsets.US_ASCII));
            return nowMillis;
        }
        return Long.parseLong(new String(AtomicFile.readChecksummed(file.get()), StandardCharsets.US_ASCII));
    }

    @Override
    public EventOffset initial() {
        return new EventOffset(0);
    }

    @Override
    public EventOffset latest(EventOffset taken, ReadLimit limit) {
        long end = options.eventsMax().orElse(Long.MAX_VALUE);
        if (options.paced()) {
            end = Math.min(end, new EventClock(startMillis * 1000, options.eventsPerSecond())
                    .eventsBy(limit.clockMillis() * 1000));
        }
        long available = Math.max(0, end - taken.events());
        return new EventOffset(taken.events() + limit.cap(Math.min(available, triggerMax(limit))));
    }

    /// A run that wants everything in one trigger gets it, if it ends.
    private long triggerMax(ReadLimit limit) {
        boolean ends = options.paced() || options.eventsMax().isPresent();
        return limit.ignoreOptions() && ends ? Long.MAX_VALUE : options.triggerEventsMax();
    }

    @Override
    public boolean isExhausted(EventOffset taken) {
        return options.eventsMax().isPresent() && taken.events() >= options.eventsMax().getAsLong();
    }

    @Override
    public Optional<Duration> onAvailable(Runnable wakeUp) {
        return Optional.of(Duration.ofMillis(options.paced() ? 10 : 1));
    }

    @Override
    public List<Split> plan(OffsetRange<EventOffset> range) {
        long first = options.table().rowsBefore(range.from().events());
        long end = options.table().rowsBefore(range.to().events());
        long step = Math.max(1, (end - first + options.splits() - 1) / options.splits());
        List<Split> splits = new ArrayList<>();
        for (long from = first; from < end; from += step) {
            splits.add(new RowSplit(from, Math.min(end, from + step)));
        }
        return splits;
    }

    @Override
    public SourceReader open(Split split, ReadRequest request) {
        RowSplit rows = (RowSplit) split;
        return new NexmarkReader(options.table(), clock, new Draw(options.seed()), request, rows.from(), rows.to());
    }

    @Override
    public EventOffset parse(String json) {
        try {
            return new EventOffset(Long.parseLong(json.strip()));
        } catch (NumberFormatException e) {
            throw new Corrupted("THW-5020", "The offset '" + json + "' is none of a nexmark source."
                    + " The checkpoint belongs to another query; use a new one.", e);
        }
    }

    @Override
    public String description() {
        return "nexmark[" + options.table().name().toLowerCase(java.util.Locale.ROOT) + "]";
    }

    @Override
    public void close() {
        // holds nothing
    }
}
