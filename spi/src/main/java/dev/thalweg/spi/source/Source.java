package dev.thalweg.spi.source;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Where rows come from: something that knows how far it reaches and can be read over any range of offsets.
///
/// The promise that exactly-once rests on: **a range read twice gives the same rows in the same order**, after a crash and
/// in another process too. What a source must remember for that (the names of files it has seen) it writes into its own
/// directory, durably, before an offset that depends on it is on record: [#settle] asks for that.
///
/// **Thread** The query's trigger thread calls everything but the readers, which the task that opened them calls.
public interface Source<O extends Offset> extends AutoCloseable {
    /// Where a query starts that has never run.
    O initial();

    /// Up to where the next trigger reads. Equal to `taken` when there is nothing new.
    O latest(O taken, ReadLimit limit);

    /// Makes durable what the offsets depend on that [#latest] has returned: they are about to be written to the log.
    ///
    /// Asked after the trigger has read and staged: a sync is cheapest behind others, whose journal it shares.
    default void settle() {}

    /// Ends the source at what there is now: a run that takes all there is and ends asks for it before its first trigger, so
    /// that it ends although more keeps arriving. A source that grows with the clock goes by [ReadLimit#clockMillis] alone.
    ///
    /// @param taken how far the query has read
    default void holdToPresent(O taken) {}

    /// Cuts a range into pieces that tasks may read side by side. Rows arrive in the order of the splits.
    List<Split> plan(OffsetRange<O> range);

    SourceReader open(Split split, ReadRequest request);

    /// Reads back what [Offset#json] wrote.
    O parse(String json);

    /// Whether nothing will ever come after `taken`. A source that cannot know says false.
    default boolean isExhausted(O taken) {
        return false;
    }

    /// What pins a static read to one version (files, lengths, checksums), as JSON; asked for the range a batch read takes.
    default String version(OffsetRange<O> range) {
        return range.to().json();
    }

    /// A cheap sign of the version: as long as it is the same, so is [#version]. Asked for again and again.
    default String stamp(OffsetRange<O> range) {
        return version(range);
    }

    /// Tells the source that it will not be asked for anything up to `offset` again; COMMIT is durable by then.
    /// The next range may have been asked for, and be read, already.
    default void commit(O offset) {}

    /// Asks to be told when there may be new data. A source that cannot tell returns how often to ask it instead.
    default Optional<Duration> onAvailable(Runnable wakeUp) {
        return Optional.of(Duration.ofMillis(10));
    }

    /// A few words for people, such as `json[data/clicks]`.
    String description();

    @Override
    void close();
}
