package dev.thalweg.spi.error;

/// The query's author must act: a statement, a program or its input data is not what it should be.
public non-sealed class InvalidQuery extends ThalwegException {
    private static final long serialVersionUID = 1L;

    public InvalidQuery(String code, String message) {
        super(code, message);
    }

    public InvalidQuery(String code, String message, Throwable cause) {
        super(code, message, cause);
    }

    /// The same error, said of one part of what was asked for.
    ///
    /// @param part what the message is to begin with, such as `In result 2 of 3`
    public final InvalidQuery of(String part) {
        return new InvalidQuery(code(), part + ": " + text(), this);
    }
}
