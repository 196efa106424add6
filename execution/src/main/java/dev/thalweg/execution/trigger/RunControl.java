package dev.thalweg.execution.trigger;

import dev.thalweg.execution.progress.QueryStatus;

/// Between a running query's thread and everybody else: signals in, status out.
///
/// **Thread** any.
final class RunControl {
    private final WakeUp wakeUp = new WakeUp();
    private final Requests requests = new Requests();
    private final CancelFlag cancelled = new CancelFlag();
    private final Runnable onIdle;
    private volatile boolean stopping;
    private volatile QueryStatus status = QueryStatus.STARTING;

    RunControl(Runnable onIdle) {
        this.onIdle = onIdle;
    }

    WakeUp wakeUp() {
        return wakeUp;
    }

    Requests requests() {
        return requests;
    }

    CancelFlag cancelled() {
        return cancelled;
    }

    boolean isStopping() {
        return stopping;
    }

    /// The trigger that runs is the last.
    void stop() {
        stopping = true;
        wakeUp.signal();
    }

    /// The trigger that runs is dropped.
    void cancel() {
        cancelled.set();
        stop();
    }

    QueryStatus status() {
        return status;
    }

    void show(QueryStatus now) {
        status = now;
    }

    void idle() {
        onIdle.run();
    }
}
