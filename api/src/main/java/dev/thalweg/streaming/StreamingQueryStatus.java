package dev.thalweg.streaming;

import dev.thalweg.execution.progress.QueryStatus;

/// What a query is doing at this moment.
public record StreamingQueryStatus(String message, boolean isDataAvailable, boolean isTriggerActive) {
    public static StreamingQueryStatus of(QueryStatus status) {
        return new StreamingQueryStatus(status.message(), status.isDataAvailable(), status.isTriggerActive());
    }

    private QueryStatus engine() {
        return new QueryStatus(message, isDataAvailable, isTriggerActive);
    }

    public String json() {
        return engine().json();
    }

    public String prettyJson() {
        return engine().prettyJson();
    }
}
