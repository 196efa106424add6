package dev.thalweg.execution.trigger;

import dev.thalweg.execution.progress.QueryStatus;

/// Between a running query's thread and everybody else: signals in, status out.
///
/// **Thread** any.
final class RunControl {
    private final WakeUp wakeUp = new WakeUp();
    private final Requests requests = new Requests();
    private final CancelFlag cancelled = new CancelFlag();
    private volatile Runnable idle = () -> {};
    private volatile boolean stopping;
    private volatile QueryStatus status = QueryStatus.STARTING;

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

    /// Whom to tell that a look for new data found none.
    void onIdle(Runnable listener) {
        idle = listener;
    }

    void idle() {
        idle.run();
    }
}
