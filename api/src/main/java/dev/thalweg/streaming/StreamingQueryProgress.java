package dev.thalweg.streaming;

import dev.thalweg.execution.progress.QueryProgress;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The figures of one trigger. [#json] has all of them, under Spark's names.
public final class StreamingQueryProgress {
    private final QueryProgress progress;

    public StreamingQueryProgress(QueryProgress progress) {
        this.progress = progress;
    }

    public UUID id() {
        return progress.id();
    }

    public UUID runId() {
        return progress.runId();
    }

    public @Nullable String name() {
        return progress.name().orElse(null);
    }

    /// When the trigger began, in ISO 8601.
    public String timestamp() {
        return progress.timestamp().toString();
    }

    /// The number of the trigger.
    public long batchId() {
        return progress.batchId();
    }

    /// The whole trigger, in milliseconds.
    public long batchDuration() {
        return progress.batchDuration();
    }

    public long numInputRows() {
        return progress.numInputRows();
    }

    public double inputRowsPerSecond() {
        return progress.inputRowsPerSecond();
    }

    public double processedRowsPerSecond() {
        return progress.processedRowsPerSecond();
    }

    /// How long the parts of the trigger took, by name.
    public Map<String, Long> durationMs() {
        return progress.durationMs();
    }

    /// The event times that the trigger saw, and the watermark after it; empty for a plan without one.
    public Map<String, String> eventTime() {
        return progress.eventTimes();
    }

    public StateOperatorProgress[] stateOperators() {
        return progress.stateOperators().stream().map(StateOperatorProgress::of).toArray(StateOperatorProgress[]::new);
    }

    public SourceProgress[] sources() {
        return progress.sources().stream().map(SourceProgress::of).toArray(SourceProgress[]::new);
    }

    public SinkProgress sink() {
        return new SinkProgress(progress.sink().description(), progress.sink().numOutputRows());
    }

    /// The engine's own record, with everything typed.
    public QueryProgress detail() {
        return progress;
    }

    public String json() {
        return progress.json();
    }

    public String prettyJson() {
        return progress.prettyJson();
    }

    @Override
    public String toString() {
        return prettyJson();
    }
}
