package dev.thalweg.execution.trigger;

import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Where the trigger thread rests until there may be something to do. A signal that comes before the wait is not lost.
///
/// **Thread** [#await] is the trigger thread's, [#signal] anybody's.
final class WakeUp {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition signalled = lock.newCondition();
    private boolean pending;

    void signal() {
        lock.lock();
        try {
            pending = true;
            signalled.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a signal, at the longest so long; takes the signal.
    void await(Duration atMost) {
        long nanos = atMost.toNanos();
        lock.lock();
        try {
            while (!pending && nanos > 0) {
                nanos = signalled.awaitNanos(nanos);
            }
            pending = false;
        } catch (InterruptedException _) {
            // Nobody of ours interrupts a trigger thread: it is asked to stop. Code of a user's may have; kept, the flag
            // would make every wait end at once, and close the log's file at its next write.
        } finally {
            lock.unlock();
        }
    }

    /// Waits for a signal however long it takes; takes the signal.
    void await() {
        lock.lock();
        try {
            while (!pending) {
                signalled.await();
            }
            pending = false;
        } catch (InterruptedException _) {
            // Nobody of ours interrupts a trigger thread: it is asked to stop. Code of a user's may have; kept, the flag
            // would make every wait end at once, and close the log's file at its next write.
        } finally {
            lock.unlock();
        }
    }
}
