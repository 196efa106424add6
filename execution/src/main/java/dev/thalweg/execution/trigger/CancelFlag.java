package dev.thalweg.execution.trigger;

import java.util.function.BooleanSupplier;

/// Asks the tasks of a query to stop where they are. Tasks look at it once a batch.
final class CancelFlag {
    private final BooleanSupplier also;
    private volatile boolean set;

    CancelFlag() {
        this(() -> false);
    }

    private CancelFlag(BooleanSupplier also) {
        this.also = also;
    }

    /// Set while a thread is interrupted, for work whose caller waits for it.
    static CancelFlag whenInterrupted(Thread caller) {
        return new CancelFlag(caller::isInterrupted);
    }

    void set() {
        set = true;
    }

    void check() {
        if (set || also.getAsBoolean()) {
            throw new TriggerCancelled();
        }
    }
}
