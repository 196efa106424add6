package dev.thalweg.execution.progress;

/// What a query is doing at this moment.
///
/// @param message for people, such as `Waiting for data to arrive`
public record QueryStatus(String message, boolean isDataAvailable, boolean isTriggerActive) {
    public static final QueryStatus STARTING = new QueryStatus("Initializing sources", false, false);
    public static final QueryStatus WAITING = new QueryStatus("Waiting for data to arrive", false, false);
    public static final QueryStatus NEXT = new QueryStatus("Waiting for next trigger", true, false);
    public static final QueryStatus RUNNING = new QueryStatus("Processing new data", true, true);
    public static final QueryStatus STOPPED = new QueryStatus("Stopped", false, false);

    public String json() {
        return ProgressJson.of(this).toString();
    }

    public String prettyJson() {
        return ProgressJson.of(this).toPrettyString();
    }

    public static QueryStatus failed(Throwable error) {
        return new QueryStatus("Terminated with exception: " + error.getMessage(), false, false);
    }
}
