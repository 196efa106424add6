package dev.thalweg.streaming;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A handle on a query that runs, or ran.
///
/// **Thread** Any.
public interface StreamingQuery {
    /// The same over restarts from one checkpoint.
    UUID id();

    /// This start of it.
    UUID runId();

    /// The query's name; null when nobody named it.
    @Nullable
    String name();

    boolean isActive();

    /// What ended it; empty while it runs and when it ended by itself or by [#stop].
    java.util.Optional<StreamingQueryException> exception();

    StreamingQueryStatus status();

    /// The figures of the last triggers, oldest first.
    StreamingQueryProgress[] recentProgress();

    /// What the last trigger did; null before the first trigger.
    @Nullable
    StreamingQueryProgress lastProgress();

    /// Returns when all input that is available now has been processed and committed.
    void processAllAvailable();

    /// Returns when the query has ended.
    ///
    /// @throws StreamingQueryException when an error ended it
    void awaitTermination() throws StreamingQueryException;

    /// Waits until the query ends, at most so long, and says whether it has.
    boolean awaitTermination(long timeoutMs) throws StreamingQueryException;

    /// Ends the query after the trigger that runs, and returns when it has ended; what it committed stays.
    ///
    /// **Errors** `THW-4030` when the caller is interrupted while it waits: the query ends all the same, a little later.
    /// Other calls that wait say likewise that they were interrupted.
    void stop();

    void explain();

    void explain(boolean extended);

    /// The session that runs it.
    dev.thalweg.ThalwegSession sparkSession();

    /// The rows that the watermark had overtaken: trigger, operator, watermark and the row as JSON.
    dev.thalweg.Dataset<dev.thalweg.Row> late();
}
