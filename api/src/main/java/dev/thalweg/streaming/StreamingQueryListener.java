package dev.thalweg.streaming;

import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Hears what happens to the queries of a session. Called on the query's own thread, which waits.
public abstract class StreamingQueryListener {
    // Abstract with empty methods, as in Spark, so that a program overrides only what it wants to hear.

    public void onQueryStarted(QueryStartedEvent event) {}

    public void onQueryProgress(QueryProgressEvent event) {}

    public void onQueryIdle(QueryIdleEvent event) {}

    public void onQueryTerminated(QueryTerminatedEvent event) {}

    public record QueryStartedEvent(UUID id, UUID runId, @Nullable String name, String timestamp) {}

    public record QueryProgressEvent(StreamingQueryProgress progress) {}

    public record QueryIdleEvent(UUID id, UUID runId, String timestamp) {}

    public record QueryTerminatedEvent(UUID id, UUID runId, Optional<String> exception) {}
}
