package dev.thalweg.streaming;

import dev.thalweg.execution.progress.QueryListener;
import dev.thalweg.execution.progress.QueryProgress;
import dev.thalweg.execution.trigger.Engine;
import dev.thalweg.execution.trigger.QueryRun;
import dev.thalweg.spi.error.Unavailable;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/// The queries of a session that run now, and those who listen to them.
public final class StreamingQueryManager {
    private final Engine engine;
    private final Function<QueryRun, StreamingQuery> handles;
    private final ConcurrentHashMap<StreamingQueryListener, QueryListener> listeners = new ConcurrentHashMap<>();
    private final List<QueryListener.Terminated> ended = new ArrayList<>();
    private final Semaphore endings = new Semaphore(0);

    public StreamingQueryManager(Engine engine, Function<QueryRun, StreamingQuery> handles) {
        this.engine = engine;
        this.handles = handles;
        engine.addListener(new QueryListener() {
            @Override
            public void terminated(Terminated event) {
                synchronized (ended) {
                    ended.add(event);
                }
                endings.release();
            }
        });
    }

    public StreamingQuery[] active() {
        return engine.active().stream().map(handles).toArray(StreamingQuery[]::new);
    }

    /// The running query of that id; null when there is none.
    public @Nullable StreamingQuery get(UUID id) {
        return engine.active().stream().filter(run -> run.id().equals(id)).findFirst().map(handles).orElse(null);
    }

    public @Nullable StreamingQuery get(String id) {
        return get(UUID.fromString(id));
    }

    /// Returns when some query has ended since the session began or [#resetTerminated] was called.
    ///
    /// **Errors** `THW-4030` when the caller is interrupted while it waits
    public void awaitAnyTermination() throws StreamingQueryException {
        if (!awaitAnyTermination(Long.MAX_VALUE)) {
            throw new Unavailable("THW-4030",
                    "The thread that waits for some query to end was interrupted, and none has"
                            + " ended. The queries go on: wait again, or stop them.");
        }
    }

    /// Waits until some query ends, at most so long, and says whether one has.
    public boolean awaitAnyTermination(long timeoutMs) throws StreamingQueryException {
        try {
            if (!endings.tryAcquire(timeoutMs, TimeUnit.MILLISECONDS)) {
                return false;
            }
            endings.release(); // the ending stays known until it is reset
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
        synchronized (ended) {
            for (QueryListener.Terminated event : ended) {
                if (event.error().isPresent()) {
                    throw new StreamingQueryException(
                            event.name().map(name -> "'" + name + "'").orElse(event.id().toString()),
                            event.error().get());
                }
            }
        }
        return true;
    }

    /// Forgets the queries that have ended, so that the next wait is for another one.
    public void resetTerminated() {
        synchronized (ended) {
            ended.clear();
            endings.drainPermits();
        }
    }

    public void addListener(StreamingQueryListener listener) {
        QueryListener adapter = new Adapter(listener);
        if (listeners.putIfAbsent(listener, adapter) == null) {
            engine.addListener(adapter);
        }
    }

    public void removeListener(StreamingQueryListener listener) {
        QueryListener adapter = listeners.remove(listener);
        if (adapter != null) {
            engine.removeListener(adapter);
        }
    }

    public StreamingQueryListener[] listListeners() {
        return listeners.keySet().toArray(StreamingQueryListener[]::new);
    }

    /// Tells a program's listener what the engine tells.
    private record Adapter(StreamingQueryListener listener) implements QueryListener {
        @Override
        public void started(Started event) {
            listener.onQueryStarted(new StreamingQueryListener.QueryStartedEvent(event.id(), event.runId(),
                    event.name().orElse(null), Instant.ofEpochMilli(event.timestampMillis()).toString()));
        }

        @Override
        public void progress(QueryProgress progress) {
            listener.onQueryProgress(
                    new StreamingQueryListener.QueryProgressEvent(new StreamingQueryProgress(progress)));
        }

        @Override
        public void idle(Idle event) {
            listener.onQueryIdle(new StreamingQueryListener.QueryIdleEvent(event.id(), event.runId(),
                    Instant.ofEpochMilli(event.timestampMillis()).toString()));
        }

        @Override
        public void terminated(Terminated event) {
            listener.onQueryTerminated(new StreamingQueryListener.QueryTerminatedEvent(event.id(), event.runId(),
                    event.error().map(Throwable::toString)));
        }
    }
}
