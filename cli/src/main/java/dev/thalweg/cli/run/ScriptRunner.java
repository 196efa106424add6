package dev.thalweg.cli.run;

import dev.thalweg.Dataset;
import dev.thalweg.Row;
import dev.thalweg.ThalwegSession;
import dev.thalweg.parser.Statement;
import dev.thalweg.parser.StatementParser;
import dev.thalweg.streaming.OutputMode;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.streaming.StreamingQueryException;
import dev.thalweg.streaming.StreamingQueryListener;
import java.io.PrintStream;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Carries out statements in order and shows what they answer. A streaming SELECT is shown until it ends; a query that a
/// statement starts runs on behind the next ones.
///
/// Errors: the first statement or running query that fails ends the script with its error.
/// Thread: one, but for [#stop].
public final class ScriptRunner {
    private final ThalwegSession session;
    private final PrintStream out;
    private final Supplier<ResultWriter> writers;
    private final Supplier<ResultWriter> liveWriters;
    private final AtomicBoolean stopping = new AtomicBoolean();
    /// Has a permit when something may have ended a wait.
    private final Semaphore news = new Semaphore(0);

    /// @param writers makes the writer of one answer
    /// @param liveWriters makes the writer of one streaming SELECT
    public ScriptRunner(ThalwegSession session, PrintStream out, Supplier<ResultWriter> writers,
            Supplier<ResultWriter> liveWriters) {
        this.session = session;
        this.out = out;
        this.writers = writers;
        this.liveWriters = liveWriters;
        session.streams().addListener(new StreamingQueryListener() {
            @Override
            public void onQueryTerminated(QueryTerminatedEvent event) {
                news.release();
            }
        });
    }

    /// Runs a script, and waits for every query that still runs after its last statement.
    public void runToEnd(String script) throws StreamingQueryException {
        for (Statement statement : StatementParser.parseScript(script)) {
            if (stopping.get()) {
                return;
            }
            if (statement instanceof Statement.AwaitQuery) {
                awaitWatchingOthers(statement);
            } else {
                run(statement);
            }
            throwIfAnyFailed();
        }
        for (StreamingQuery[] active = session.streams().active(); active.length > 0; active = session.streams()
                .active()) {
            awaitWatchingOthers(active[0]);
        }
        throwIfAnyFailed();
    }

    /// Carries out one statement; a streaming SELECT until it ends or this thread is interrupted.
    public void run(Statement statement) throws StreamingQueryException {
        Dataset<Row> answer = session.execute(statement);
        if (statement instanceof Statement.Query && answer.isStreaming()) {
            show(answer);
        } else if (statement instanceof Statement.Explain) {
            answer.collectAsList().forEach(row -> out.print(row.getString(0) + "\n"));
            out.flush();
        } else if (statement instanceof Statement.DescribeQuery) {
            answer.computeInto((schema, batches) -> writers.get().texts(schema, batches));
        } else if (!(statement instanceof Statement.ChangeSetting) && answer.columns().length > 0) {
            answer.computeInto((schema, batches) -> writers.get().answer(schema, batches));
        }
    }

    private void show(Dataset<Row> stream) throws StreamingQueryException {
        ResultWriter writer = liveWriters.get();
        AtomicBoolean unheard = new AtomicBoolean();
        StreamingQuery query = stream.writeStream().outputMode(OutputMode.CHANGELOG)
                .foreachTrigger((schema, batches, trigger) -> {
                    writer.trigger(schema, batches, trigger);
                    if (out.checkError()) {
                        unheard.set(true);
                        news.release();
                    }
                }).start();
        awaitUntil(query, unheard);
    }

    /// Carries out an AWAIT beside this thread, which goes on looking whether another query fails.
    private void awaitWatchingOthers(Statement await) throws StreamingQueryException {
        FutureTask<Void> wait = new FutureTask<>(() -> {
            run(await);
            return null;
        }) {
            @Override
            protected void done() {
                news.release();
            }
        };
        Thread waiter = Thread.ofVirtual().start(wait);
        try {
            while (!wait.isDone() && !stopping.get()) {
                news.acquire();
                news.drainPermits();
                if (!wait.isDone()) {
                    throwIfAnyFailed();
                }
            }
            wait.get();
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            run(await); // says that the wait was interrupted
        } catch (ExecutionException failed) {
            rethrow(failed.getCause());
        } finally {
            waiter.interrupt();
        }
    }

    private static void rethrow(@Nullable Throwable failure) throws StreamingQueryException {
        switch (failure) {
            case StreamingQueryException ofQuery -> throw ofQuery;
            case RuntimeException unchecked -> throw unchecked;
            case Error error -> throw error;
            case null, default -> throw new IllegalStateException(failure);
        }
    }

    private void awaitWatchingOthers(StreamingQuery query) throws StreamingQueryException {
        awaitUntil(query, new AtomicBoolean());
    }

    /// Waits for a query, and ends it when its reader has gone (`| head`), when this thread is interrupted, when the
    /// script is stopped or when another query fails.
    private void awaitUntil(StreamingQuery query, AtomicBoolean unheard) throws StreamingQueryException {
        boolean interrupted = false;
        try {
            while (query.isActive() && !unheard.get() && !stopping.get()) {
                throwIfAnyFailed();
                news.acquire();
                news.drainPermits();
            }
        } catch (InterruptedException _) {
            interrupted = true;
        } finally {
            query.stop();
        }
        query.awaitTermination(); // has ended; throws what it failed with
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private void throwIfAnyFailed() throws StreamingQueryException {
        session.streams().awaitAnyTermination(0);
    }

    /// Ends what runs after the trigger it is in, and begins no further statement. Returns when all has ended.
    ///
    /// Thread: any.
    public void stop() {
        stopping.set(true);
        news.release();
        for (StreamingQuery query : session.streams().active()) {
            query.stop();
        }
    }
}
