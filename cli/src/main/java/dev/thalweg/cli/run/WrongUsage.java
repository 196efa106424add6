package dev.thalweg.cli.run;

/// The command was called in a way that it does not understand; the message says what is wrong. Ends in exit code 2.
public final class WrongUsage extends RuntimeException {
    private static final long serialVersionUID = 1;

    public WrongUsage(String message) {
        super(message);
    }
}
