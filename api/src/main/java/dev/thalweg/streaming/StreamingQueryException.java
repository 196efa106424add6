package dev.thalweg.streaming;

import java.util.Objects;

/// The error that ended a query. Its cause says who must act.
public final class StreamingQueryException extends Exception {
    private static final long serialVersionUID = 1L;

    public StreamingQueryException(String query, Throwable cause) {
        super("Query " + query + " ended with an error: " + cause.getMessage(), cause);
    }

    public String message() {
        return String.valueOf(getMessage());
    }

    public Throwable cause() {
        return Objects.requireNonNull(getCause());
    }
}
