package dev.thalweg.execution.trigger;

/// Asks the tasks of a query to stop where they are. Tasks look at it once a batch.
final class CancelFlag {
    private volatile boolean set;

    void set() {
        set = true;
    }

    boolean isSet() {
        return set;
    }

    void check() {
        if (set) {
            throw new TriggerCancelled();
        }
    }
}
