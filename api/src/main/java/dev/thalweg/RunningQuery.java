package dev.thalweg;

import dev.thalweg.execution.trigger.QueryRun;
import dev.thalweg.planner.explain.ExplainPrinter;
import dev.thalweg.spi.error.ThalwegException;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.streaming.StreamingQueryException;
import dev.thalweg.streaming.StreamingQueryProgress;
import dev.thalweg.streaming.StreamingQueryStatus;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The handle that a program holds on a run of the engine.
final class RunningQuery implements StreamingQuery {
    private final ThalwegSession session;
    private final QueryRun run;

    RunningQuery(ThalwegSession session, QueryRun run) {
        this.session = session;
        this.run = run;
    }

    @Override
    public UUID id() {
        return run.id();
    }

    @Override
    public UUID runId() {
        return run.runId();
    }

    @Override
    public @Nullable String name() {
        return run.name().orElse(null);
    }

    @Override
    public boolean isActive() {
        return run.isActive();
    }

    @Override
    public Optional<StreamingQueryException> exception() {
        return run.exception().map(this::failure);
    }

    private StreamingQueryException failure(ThalwegException cause) {
        return new StreamingQueryException(run.name().map(name -> "'" + name + "'").orElse(run.id().toString()), cause);
    }

    @Override
    public StreamingQueryStatus status() {
        return StreamingQueryStatus.of(run.status());
    }

    @Override
    public StreamingQueryProgress[] recentProgress() {
        return run.recentProgress().stream().map(StreamingQueryProgress::new).toArray(StreamingQueryProgress[]::new);
    }

    @Override
    public @Nullable StreamingQueryProgress lastProgress() {
        return run.lastProgress().map(StreamingQueryProgress::new).orElse(null);
    }

    @Override
    public void processAllAvailable() {
        run.processAllAvailable();
    }

    @Override
    public void awaitTermination() throws StreamingQueryException {
        try {
            run.awaitTermination();
        } catch (ThalwegException e) {
            throw failure(e);
        }
    }

    @Override
    public boolean awaitTermination(long timeoutMs) throws StreamingQueryException {
        try {
            return run.awaitTermination(Duration.ofMillis(timeoutMs));
        } catch (ThalwegException e) {
            throw failure(e);
        }
    }

    @Override
    public void stop() {
        run.stop();
    }

    @Override
    public void explain() {
        explain(false);
    }

    @Override
    public void explain(boolean extended) {
        session.print(extended
                ? ExplainPrinter.printExtended(session.logicalText(run), run.spec().explained())
                : run.explain());
    }

    @Override
    public ThalwegSession sparkSession() {
        return session;
    }

    @Override
    public Dataset<Row> late() {
        return session.late(run.name().orElseGet(() -> run.runId().toString()));
    }
}
