package dev.thalweg.streaming;

/// The error that ended a query. Its cause says who must act.
public final class StreamingQueryException extends Exception {
    private static final long serialVersionUID = 1L;

    public StreamingQueryException(String query, Throwable cause) {
        super("Query " + query + " ended with an error: " + cause.getMessage(), cause);
    }
}
