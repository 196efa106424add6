package dev.thalweg.streaming;

import dev.thalweg.execution.progress.QueryProgress;

/// What a trigger wrote.
public record SinkProgress(String description, long numOutputRows) {
    private QueryProgress.SinkProgress engine() {
        return new QueryProgress.SinkProgress(description, numOutputRows);
    }

    public String json() {
        return engine().json();
    }

    public String prettyJson() {
        return engine().prettyJson();
    }
}
