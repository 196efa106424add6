package dev.thalweg.execution.expression.kernel;

import dev.thalweg.spi.error.InvalidQuery;

/// An error of a row that already names its expression: stages above pass it on as it is.
public final class RowError extends InvalidQuery {
    private static final long serialVersionUID = 1L;

    RowError(InvalidQuery cause, String where) {
        super(cause.code(), withoutCode(cause) + "\n    in " + where, cause);
    }

    private static String withoutCode(InvalidQuery cause) {
        String message = String.valueOf(cause.getMessage());
        String suffix = "  [" + cause.code() + "]";
        return message.endsWith(suffix) ? message.substring(0, message.length() - suffix.length()) : message;
    }
}
