package dev.thalweg.spi.error;

/// Somebody must wait, retry or fix the machine: a file, a port, a disk or another process is not as needed.
public non-sealed class Unavailable extends ThalwegException {
    private static final long serialVersionUID = 1L;

    public Unavailable(String code, String message) {
        super(code, message);
    }

    public Unavailable(String code, String message, Throwable cause) {
        super(code, message, cause);
    }
}
