package dev.thalweg.state.rocks;

import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.ThalwegException;
import dev.thalweg.state.log.DurableStep;
import dev.thalweg.state.log.LoggedChanges;
import dev.thalweg.state.snapshot.Snapshots;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// Brings committed triggers to RocksDB behind the back of the next ones, and writes snapshots.
///
/// Whatever has queued up is applied at once, so the further it lags, the less it writes. **Thread** its own, one a store;
/// the other methods are the trigger thread's. An error stops it, and every later call throws that error.
public final class ChangeApplier implements AutoCloseable {
    private static final int QUEUED_MAX = 2;

    private final String name;
    private final List<StoredTask> tasks;
    private final Snapshots snapshots;
    private final DurableStep.Listener steps;
    private final LongConsumer afterSnapshot;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<Sealed> queue = new ArrayDeque<>();
    private long submitted;
    private long applied;
    private volatile boolean closing;
    private @Nullable Thread thread;
    private @Nullable RuntimeException failure;

    /// Changes on their way.
    ///
    /// @param version that they yield
    /// @param replayed what a restart has read of them already
    /// @param logged where the others are
    /// @param snapshot whether a snapshot is due at this version
    public record Sealed(long version, List<ChangeSection> replayed, List<LoggedChanges.Place> logged,
            boolean snapshot) {}

    /// @param name of the query, for the thread
    /// @param afterSnapshot called with the version of each snapshot written, on the applier's thread
    public ChangeApplier(String name, List<StoredTask> tasks, Snapshots snapshots, DurableStep.Listener steps,
            LongConsumer afterSnapshot) {
        this.name = name;
        this.tasks = List.copyOf(tasks);
        this.snapshots = snapshots;
        this.steps = steps;
        this.afterSnapshot = afterSnapshot;
    }

    public void submit(Sealed sealed) {
        lock.lock();
        try {
            check();
            queue.add(sealed);
            submitted++;
            if (thread == null) {
                thread = Thread.ofPlatform().daemon().name("thalweg-state-" + name).start(this::run);
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until everything submitted so far has been applied; a snapshot may still be under way.
    public void awaitApplied() {
        lock.lock();
        try {
            while (failure == null && !closing && applied < submitted) {
                changed.awaitUninterruptibly();
            }
            check();
        } finally {
            lock.unlock();
        }
    }

    /// Waits until that is so.
    public void awaitRoom() {
        lock.lock();
        try {
            while (!hasRoom()) {
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Whether no more than one that was submitted is still to be done.
    ///
    /// **Errors** what the applier has failed with.
    public boolean hasRoom() {
        lock.lock();
        try {
            check();
            return queue.size() < QUEUED_MAX;
        } finally {
            lock.unlock();
        }
    }

    /// Waits until everything submitted has been applied and every snapshot written.
    public void awaitIdle() {
        lock.lock();
        try {
            while (failure == null && !queue.isEmpty()) {
                changed.awaitUninterruptibly();
            }
            check();
        } finally {
            lock.unlock();
        }
    }

    /// Drops what has not been applied, which the log has; does not wait for much of what is being applied.
    @Override
    public void close() {
        Thread running;
        lock.lock();
        try {
            closing = true;
            running = thread;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        boolean interrupted = false;
        while (running != null && running.isAlive()) {
            try {
                running.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        queue.clear();
    }

    private void run() {
        try {
            List<Sealed> next = take();
            while (!next.isEmpty()) {
                apply(next);
                finished(next);
                next = take();
            }
        } catch (RuntimeException | Error e) {
            fail(e instanceof ThalwegException known
                    ? known
                    : new Defect("THW-9521",
                            "The state of query '" + name + "' could not be applied. Please send this message.",
                            e));
        }
    }

    /// What is queued, up to the first that wants a snapshot; nothing when the applier is to end. It stays in the queue.
    private List<Sealed> take() {
        lock.lock();
        try {
            while (queue.isEmpty() && !closing) {
                changed.awaitUninterruptibly();
            }
            List<Sealed> taken = new ArrayList<>();
            for (Sealed sealed : closing ? List.<Sealed>of() : queue) {
                taken.add(sealed);
                if (sealed.snapshot) {
                    break;
                }
            }
            return taken;
        } finally {
            lock.unlock();
        }
    }

    private void apply(List<Sealed> sealed) {
        List<ChangeSection> sections = new ArrayList<>();
        sealed.forEach(one -> sections.addAll(one.replayed));
        try (LoggedChanges logged = new LoggedChanges(sealed.stream().flatMap(one -> one.logged.stream()).toList())) {
            logged.records().forEach(record -> sections.addAll(ChangeSection.of(record)));
            for (StoredTask task : tasks) {
                task.apply(sections, () -> closing);
            }
        }
        if (closing) {
            return; // perhaps halfway; what is there is thrown away
        }
        Sealed last = sealed.getLast();
        steps.reached(DurableStep.CHANGES_APPLIED, last.version);
        lock.lock();
        try {
            applied += sealed.size();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (last.snapshot) {
            for (StoredTask task : tasks) {
                task.snapshot(snapshots, last.version);
            }
            afterSnapshot.accept(last.version);
        }
    }

    private void finished(List<Sealed> applied) {
        lock.lock();
        try {
            for (int i = 0; i < applied.size(); i++) {
                queue.poll();
            }
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void fail(RuntimeException cause) {
        lock.lock();
        try {
            failure = cause;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /// **Errors** what the applier has failed with.
    public void check() {
        lock.lock();
        try {
            if (failure != null) {
                throw failure;
            }
        } finally {
            lock.unlock();
        }
    }
}
