package dev.thalweg.execution.trigger;

import dev.thalweg.execution.progress.QueryListener;
import dev.thalweg.execution.progress.QueryProgress;
import dev.thalweg.execution.progress.QueryStatus;
import dev.thalweg.execution.trigger.Requests.Request;
import dev.thalweg.planner.explain.ExplainPrinter;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.error.ThalwegException;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.format.DurationText;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/// One run of a streaming query, from its start to its end. [Engine#start] makes it.
///
/// **Thread** any may ask; the query runs on a trigger thread of its own. A call that waits must not come from that thread
/// (a listener, a foreachBatch).
public final class QueryRun {
    private static final String GOES_ON = "It goes on: wait again, or stop it.";

    private final Engine engine;
    private final QuerySpec spec;
    private final UUID id;
    private final UUID runId;
    private final OpenQuery query;
    private final RunControl control;
    private final LateRows late;
    private final Recovery recovery;
    private final Deque<QueryProgress> recent = new ArrayDeque<>();
    private final CountDownLatch over = new CountDownLatch(1);
    private final Thread thread;
    private final Thread starter = Thread.currentThread();
    private volatile Optional<Thread> committing = Optional.empty();
    private final List<KeptResult> results;
    private volatile boolean active = true;
    private volatile Optional<ThalwegException> exception = Optional.empty();

    QueryRun(Engine engine, StartQuery.Started started) {
        this.engine = engine;
        this.spec = started.query().spec();
        this.query = started.query();
        this.id = started.query().checkpoint().id();
        this.runId = UUID.randomUUID();
        this.control = started.control();
        this.recovery = started.recovery();
        this.results = IntStream.range(0, query.outlet().size())
                .mapToObj(output -> new KeptResult(query.place(), query.outlet(), output)).toList();
        this.late = new LateRows(query.plan(), spec.settings().lateRowsKept(), new RowJson(query.checkpoint().zone()));
        this.thread = new Thread(this::live, "thalweg-query-" + spec.name().orElse(id.toString()));
        thread.setDaemon(true);
    }

    void start() {
        control.onIdle(() -> engine.tell(listener -> listener.idle(
                new QueryListener.Idle(id, runId, engine.clock().millis()))));
        engine.tell(listener -> listener.started(
                new QueryListener.Started(id, runId, spec.name(), engine.clock().millis())));
        try {
            thread.start();
        } catch (OutOfMemoryError e) { // the machine has no thread left, and nobody may wait for one that never lived
            fail(e);
            end();
            throw e;
        }
    }

    private void live() {
        try (TriggerRunner runner = new TriggerRunner(query, id, engine.probe().steps(), new TriggerRunner.Reporting(
                new TriggerReport(id, runId, spec.name()), late, this::keep, this::commitThread))) {
            boolean isFinished = recover(runner);
            new TriggerLoop(query, runner, control, engine.clock(), isFinished).run();
        } catch (TriggerCancelled e) {
            control.show(QueryStatus.STOPPED); // somebody asked for it: the trigger is as if it had never begun
        } catch (Throwable error) {
            fail(error);
        } finally {
            end();
        }
    }

    private Thread commitThread(Runnable steps) {
        Thread made = new Thread(steps, "thalweg-commit-" + spec.name().orElse(id.toString()));
        made.setDaemon(true);
        committing = Optional.of(made);
        return made;
    }

    /// Finishes or runs again what the last run left open.
    ///
    /// @return whether the input had ended
    private boolean recover(TriggerRunner runner) {
        return switch (recovery) {
            case Recovery.Fresh _ -> false;
            case Recovery.Resume resume -> {
                if (!resume.isCommitted()) {
                    runner.finishShowing(resume.last());
                }
                runner.resumeAfter(resume.last());
                yield resume.last().isEnd();
            }
            case Recovery.Again again -> {
                runner.runAgain(again.last());
                yield again.last().isEnd();
            }
        };
    }

    private void keep(QueryProgress progress) {
        synchronized (recent) {
            recent.addLast(progress);
            if (recent.size() > spec.settings().progressKept()) {
                recent.removeFirst();
            }
        }
        engine.tell(listener -> listener.progress(progress));
    }

    private void fail(Throwable error) {
        ThalwegException shown = error instanceof ThalwegException known
                ? known
                : OperatorFailure.unexpected(error, query.place());
        exception = Optional.of(shown);
        control.show(QueryStatus.failed(shown));
    }

    private void end() {
        results.forEach(result -> quietly(() -> result.end(engine.results(), query.budget().bytesLeft())));
        if (spec.name().isEmpty()) {
            quietly(this::closeResult); // nobody could name it
        }
        quietly(query::close);
        if (exception.isEmpty()) {
            control.show(QueryStatus.STOPPED);
        }
        active = false;
        engine.remove(this);
        Optional<Throwable> why = exception.map(Throwable.class::cast);
        engine.tell(listener -> listener.terminated(new QueryListener.Terminated(id, runId, spec.name(), why)));
        over.countDown(); // whoever waits finds the listeners told
        control.requests().end();
    }

    /// What goes wrong at the end is the query's error if it has none yet, else it is attached to the one it has. Nothing may
    /// keep those who wait for the end from being told.
    private void quietly(Runnable step) {
        try {
            step.run();
        } catch (RuntimeException | Error e) {
            exception.ifPresentOrElse(first -> first.addSuppressed(e), () -> fail(e));
        }
    }

    /// The result after the last committed trigger, where the query keeps it (a memory table, a materialized view, complete
    /// mode). It outlives the run, until the engine closes or another query takes the name.
    ///
    /// @param reader pays for the batches, which the caller closes; they have no weights
    /// **Errors** `THW-3037` when the query hands its result to a sink and keeps none
    public List<Batch> result(BufferAllocator reader) {
        return result(reader, 0);
    }

    /// @param output which of its results, for a query with several
    List<Batch> result(BufferAllocator reader, int output) {
        return results.get(output).read(reader).orElseThrow(() -> new InvalidQuery("THW-3037",
                "Query '" + spec.name().orElse(id.toString()) + "' hands its result to " + query.outlet().description()
                        + " and keeps none to read. Write it into a memory table, or CREATE MATERIALIZED VIEW."));
    }

    void closeResult() {
        results.forEach(KeptResult::close);
    }

    /// Ends the query after the trigger that runs now has committed, and waits for it. Asked on the trigger thread, it only
    /// asks.
    ///
    /// **Errors** `THW-4030` when the caller is interrupted while it waits: the query ends all the same, a little later
    public void stop() {
        control.stop();
        awaitEnd("It was told to stop and ends when its trigger has committed: wait for that with awaitTermination().");
    }

    /// Ends the query now: the trigger that runs is dropped, and runs again at the next start.
    ///
    /// **Errors** as of [#stop]
    public void cancel() {
        control.cancel();
        awaitEnd("It was told to drop its trigger and end: wait for that with awaitTermination().");
    }

    /// Whether waiting here would wait for oneself: on the threads that run and commit triggers, and in a listener that is told
    /// of the start.
    private boolean isOwnThread() {
        Thread own = Thread.currentThread();
        return own.equals(thread) || committing.filter(own::equals).isPresent()
                || (own.equals(starter) && thread.getState() == Thread.State.NEW);
    }

    /// For who will free what the query works with.
    void refuseOwnThread() {
        if (isOwnThread()) {
            throw new InvalidQuery("THW-4023", "A query cannot wait for its own end: the session is being closed on the"
                    + " trigger thread of query '" + spec.name().orElse(id.toString())
                    + "' (in a listener or a foreachBatch). Stop the query there, and close the session on another"
                    + " thread or when the query has ended.");
        }
    }

    void requestStop() {
        control.stop();
    }

    /// For who frees afterwards what the query works with, and so must not go on before.
    ///
    /// @return whether the thread was interrupted meanwhile
    boolean awaitEndWhateverInterrupts() {
        boolean interrupted = false;
        while (true) {
            try {
                over.await();
                return interrupted;
            } catch (InterruptedException _) {
                interrupted = true;
            }
        }
    }

    /// @param meanwhile what becomes of the query where the caller does not wait any longer
    private void awaitEnd(String meanwhile) {
        if (isOwnThread() || over.getCount() == 0) {
            return;
        }
        try {
            over.await();
        } catch (InterruptedException e) {
            throw interrupted(meanwhile, e);
        }
    }

    /// Whoever waits must not take an interrupt for the end that it waited for.
    private Unavailable interrupted(String meanwhile, InterruptedException cause) {
        Thread.currentThread().interrupt();
        return new Unavailable("THW-4030", "The thread that waits for query '" + spec.name().orElse(id.toString())
                + "' was interrupted, and the query has not ended yet. " + meanwhile, cause);
    }

    /// Waits until the query ends, however long it takes.
    ///
    /// **Errors** the query's own, when it failed; `THW-4030` when the caller is interrupted
    public void awaitTermination() {
        awaitEnd(GOES_ON);
        throwIfFailed();
    }

    /// Waits until the query ends, at most so long, and says whether it has.
    ///
    /// **Errors** as of the other one
    public boolean awaitTermination(Duration timeout) {
        try {
            boolean ended = over.getCount() == 0 || over.await(timeout.toNanos(), TimeUnit.NANOSECONDS);
            throwIfFailed();
            return ended;
        } catch (InterruptedException e) {
            throw interrupted(GOES_ON, e);
        }
    }

    private void throwIfFailed() {
        if (exception.isPresent()) {
            throw exception.get();
        }
    }

    /// Waits until all input that was there at the call is committed.
    ///
    /// **Errors** the query's own, when it failed; `THW-4030` when the caller is interrupted
    public void processAllAvailable() {
        processAllAvailable(Duration.ofSeconds(Integer.MAX_VALUE));
    }

    /// **Errors** `THW-4022` when the time runs out first
    public void processAllAvailable(Duration timeout) {
        ask(true, timeout);
    }

    /// Runs one trigger if there is anything new, and waits for it.
    ///
    /// @return whether one ran
    public boolean runTrigger() {
        return ask(false, Duration.ofSeconds(Integer.MAX_VALUE));
    }

    private boolean ask(boolean untilIdle, Duration timeout) {
        if (isOwnThread()) {
            throw new InvalidQuery("THW-4023",
                    "A query cannot wait for itself: processAllAvailable was called from its own"
                            + " trigger thread (a listener or a foreachBatch). Call it from another thread.");
        }
        Request request = control.requests().ask(untilIdle, engine.clock().millis());
        control.wakeUp().signal();
        try {
            boolean ran = request.done().get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            throwIfFailed();
            return ran;
        } catch (InterruptedException e) {
            throw interrupted(GOES_ON, e);
        } catch (ExecutionException e) {
            throw new Defect("THW-9011", "A request to a query failed: " + e.getCause(), e);
        } catch (TimeoutException e) {
            throw new Unavailable("THW-4022",
                    "After " + DurationText.of(timeout) + " the query still has input to take: it is at trigger "
                            + lastProgress().map(QueryProgress::batchId).map(String::valueOf).orElse("0")
                            + ". Wait longer, or look at its progress for what is slow.",
                    e);
        }
    }

    /// The same over restarts from one checkpoint.
    public UUID id() {
        return id;
    }

    public UUID runId() {
        return runId;
    }

    public Optional<String> name() {
        return spec.name();
    }

    public QuerySpec spec() {
        return spec;
    }

    public boolean isActive() {
        return active;
    }

    public QueryStatus status() {
        return control.status();
    }

    /// Why the query ended, if it failed.
    public Optional<ThalwegException> exception() {
        return exception;
    }

    public Optional<QueryProgress> lastProgress() {
        synchronized (recent) {
            return Optional.ofNullable(recent.peekLast());
        }
    }

    /// The newest triggers' progress, oldest first.
    public List<QueryProgress> recentProgress() {
        synchronized (recent) {
            return List.copyOf(recent);
        }
    }

    public LateRows lateRows() {
        return late;
    }

    /// The plan as it runs.
    public String explain() {
        return ExplainPrinter.print(spec.explained());
    }

    /// Lets the next trigger take a table as it is then, where that can be.
    boolean refreshes(String table) {
        RefreshedTables tables = query.tables().refreshed();
        if (tables.canRefresh(table)) {
            tables.ask(table);
        }
        return tables.canRefresh(table);
    }

    boolean readsOnce(String table) {
        return query.tables().versions().keySet().stream().anyMatch(table::equalsIgnoreCase);
    }

    /// Whether its checkpoint goes with it.
    public boolean isTemporary() {
        return spec.checkpoint().isEmpty();
    }
}
