package dev.thalweg.spi.error;

/// An error that a user can act on: what happened, where, and what to do, in one sentence each.
///
/// Codes are `THW-1xxx` syntax and names, `2xxx` options and sources, `3xxx` plans and modes, `4xxx` run time and state,
/// `5xxx` checkpoint, `9xxx` defects. A code is never used again for something else.
public abstract sealed class ThalwegException extends RuntimeException
        permits InvalidQuery, InvalidOption, Unavailable, Corrupted, Defect {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final String text;

    /// @param code such as `THW-1104`
    /// @param message what, where and what to do; may span lines
    ThalwegException(String code, String message) {
        super(message + "  [" + code + "]");
        this.code = code;
        this.text = message;
    }

    ThalwegException(String code, String message, Throwable cause) {
        super(message + "  [" + code + "]", cause);
        this.code = code;
        this.text = message;
    }

    /// The message without its code.
    final String text() {
        return text;
    }

    public final String code() {
        return code;
    }
}
