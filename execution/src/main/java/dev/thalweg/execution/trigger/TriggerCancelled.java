package dev.thalweg.execution.trigger;

import dev.thalweg.spi.error.Unavailable;

/// Unwinds the tasks of a trigger that somebody stopped; never seen by a user.
final class TriggerCancelled extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TriggerCancelled() {
        super("cancelled", null, false, false);
    }

    /// What a caller sees whose own thread was interrupted while it waited for rows.
    static Unavailable interrupted(Throwable cause) {
        return new Unavailable("THW-4026", "The query was stopped before its end: the thread that waits for it was"
                + " interrupted. Run it again if you want its answer.", cause);
    }
}
