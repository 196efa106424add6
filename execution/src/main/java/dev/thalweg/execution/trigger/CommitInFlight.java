package dev.thalweg.execution.trigger;

import dev.thalweg.spi.error.Defect;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/// The end of a trigger that has run and is appended to the log: what makes it durable and visible, done by another thread
/// while the trigger thread reads on, or in place where that has not begun when its end is needed.
///
/// Until [#await] has returned nothing else touches the log or the outlet. So no trigger is on record, and none stages,
/// before the one before it is committed.
///
/// **Thread** the trigger thread, but for the steps. **Errors** those of the steps, each time they are awaited.
final class CommitInFlight {
    private final FutureTask<Void> steps;
    private final Runnable afterwards;
    private Optional<RuntimeException> untold = Optional.empty();

    /// @param steps from the log's sync to COMMIT
    /// @param afterwards tells of the trigger, on the trigger thread
    CommitInFlight(Runnable steps, Runnable afterwards) {
        this.steps = new FutureTask<>(() -> {
            steps.run();
            return null;
        });
        this.afterwards = afterwards;
    }

    void handOver(Executor thread) {
        thread.execute(steps);
    }

    /// Returns when the trigger is committed.
    void await() {
        steps.run(); // nothing where they have begun
        while (true) {
            try {
                steps.get();
                return;
            } catch (InterruptedException _) {
                // Somebody's own code did that. Kept, the flag would close the log's file at its next write.
            } catch (ExecutionException e) {
                throw switch (e.getCause()) {
                    case RuntimeException failure -> failure;
                    case Error failure -> throw failure;
                    case null, default -> new Defect("THW-9006", "A task threw a checked exception.", e);
                };
            }
        }
    }

    /// Tells of the trigger, which is committed; once, but its failure each time.
    void tell() {
        if (untold.isEmpty()) {
            try {
                afterwards.run();
            } catch (RuntimeException e) {
                untold = Optional.of(e);
            }
        }
        untold.ifPresent(failure -> {
            throw failure;
        });
    }
}
