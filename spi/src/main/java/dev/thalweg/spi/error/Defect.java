package dev.thalweg.spi.error;

/// We must act: an invariant of the engine does not hold. The message says what to send us.
public non-sealed class Defect extends ThalwegException {
    private static final long serialVersionUID = 1L;

    public Defect(String code, String message) {
        super(code, message);
    }

    public Defect(String code, String message, Throwable cause) {
        super(code, message, cause);
    }
}
