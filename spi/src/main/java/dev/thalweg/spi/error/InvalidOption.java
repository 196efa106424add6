package dev.thalweg.spi.error;

/// The author must act: an option or a setting has a value that it cannot have, or does not exist.
public non-sealed class InvalidOption extends ThalwegException {
    private static final long serialVersionUID = 1L;

    /// @param expected what would be right, with an example: "a whole number from 1 up, such as 1000"
    public InvalidOption(String option, Object value, String expected) {
        super("THW-2001", "Option '" + option + "' is '" + value + "', but must be " + expected + ".");
    }

    public InvalidOption(String code, String message) {
        super(code, message);
    }

    private InvalidOption(String code, String message, Throwable cause) {
        super(code, message, cause);
    }

    /// The same error, said of one part of what was asked for, as [InvalidQuery#of] says it.
    public final InvalidOption of(String part) {
        return new InvalidOption(code(), part + ": " + text(), this);
    }
}
