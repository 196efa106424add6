package dev.thalweg.spi.error;

/// Somebody must recover: stored bytes are not what was written. The message names the file and the last good version.
public non-sealed class Corrupted extends ThalwegException {
    private static final long serialVersionUID = 1L;

    public Corrupted(String code, String message) {
        super(code, message);
    }

    public Corrupted(String code, String message, Throwable cause) {
        super(code, message, cause);
    }
}
