package dev.thalweg.execution.progress;

import java.util.Optional;
import java.util.UUID;

/// Hears what happens to the queries of a session.
///
/// **Thread** `started` comes on the thread that starts the query, before its `start` returns; everything else on the
/// query's trigger thread, which waits for it. What a listener throws is logged and does not harm the query.
public interface QueryListener {
    /// A query has started.
    ///
    /// @param timestampMillis by the engine's clock
    record Started(UUID id, UUID runId, Optional<String> name, long timestampMillis) {}

    /// A trigger found nothing to do.
    record Idle(UUID id, UUID runId, long timestampMillis) {}

    /// A query has ended.
    ///
    /// @param error why it ended, if it did not end by itself or by a stop
    record Terminated(UUID id, UUID runId, Optional<String> name, Optional<Throwable> error) {}

    default void started(Started event) {}

    default void progress(QueryProgress progress) {}

    default void idle(Idle event) {}

    default void terminated(Terminated event) {}
}
