package dev.thalweg.execution.trigger;

/// Unwinds the tasks of a trigger that somebody stopped; never seen by a user.
final class TriggerCancelled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TriggerCancelled() {
        super("cancelled", null, false, false);
    }
}
