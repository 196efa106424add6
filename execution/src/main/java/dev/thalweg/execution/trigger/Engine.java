package dev.thalweg.execution.trigger;

import dev.thalweg.execution.expression.StageCompiler;
import dev.thalweg.execution.memory.MemoryBudget;
import dev.thalweg.execution.progress.QueryListener;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.Output;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.source.MemoryTables;
import java.time.Clock;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// What all queries of a session share: clock, memory, connectors, compiled stages, the worker pool, and the list of the
/// queries that run. The session owns it and closes it; two may live in one process.
///
/// **Thread** any.
public final class Engine implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Engine.class);

    private final Environment environment;
    private final BufferAllocator results;
    private final WorkerPool pool;
    private final List<QueryRun> active = new CopyOnWriteArrayList<>();
    private final ConcurrentHashMap<String, QueryRun> lastByName = new ConcurrentHashMap<>();
    /// The runs that nobody named, for as long as somebody holds them.
    private final Set<QueryRun> nameless = Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    /// Tables that REFRESH TABLE named, each with the version that the first start afterwards found, "" before.
    private final ConcurrentHashMap<String, String> refreshed = new ConcurrentHashMap<>();
    private final CopyOnWriteArrayList<QueryListener> listeners = new CopyOnWriteArrayList<>();
    private boolean closing; // guarded by active

    public Engine(Environment environment) {
        this.environment = environment;
        this.results = environment.memory().newChildAllocator("results", 0, Long.MAX_VALUE);
        this.pool = new WorkerPool(environment.threads());
    }

    /// What a session lends to its engine.
    ///
    /// @param clock the only clock there is
    /// @param memory the root of all off-heap memory; the session closes it after the engine
    /// @param threads of the worker pool
    /// @param probe of crash tests
    public record Environment(Clock clock, BufferAllocator memory, Output output, MemoryTables tables,
            Connectors connectors, StageCompiler compiler, int threads, CrashProbe probe) {}

    /// Starts a query: everything that can be wrong with it is thrown here; then it runs on its own thread.
    ///
    /// **Errors** `THW-3030` when a running query has the name, `THW-3107` when the engine is closed
    public QueryRun start(QuerySpec spec) {
        QueryRun run;
        synchronized (active) {
            if (closing) {
                throw new InvalidQuery("THW-3107", "The session is closed, so no query can start in it. Make a new one"
                        + " with ThalwegSession.builder().");
            }
            spec.name().ifPresent(this::refuseIfRunning);
            run = new QueryRun(this, new StartQuery(this, spec).start());
            active.add(run);
            spec.name().ifPresentOrElse(name -> forget(lastByName.put(name.toLowerCase(Locale.ROOT), run)),
                    () -> nameless.add(run));
        }
        run.start();
        return run;
    }

    private static void forget(@Nullable QueryRun earlier) {
        if (earlier != null) {
            earlier.closeResult();
        }
    }

    private void refuseIfRunning(String name) {
        if (active(name).isPresent()) {
            throw new InvalidQuery("THW-3030", "A query named '" + name
                    + "' is running already. Stop it first (STOP QUERY " + name
                    + "), or name the new one otherwise (INSERT INTO t AS QUERY name SELECT …, queryName(…)).");
        }
    }

    /// Runs a query over what its tables hold now.
    public BatchResult runBatch(StreamPlan plan, EngineSettings settings) {
        return new BatchRun(this, plan, settings).run();
    }

    /// Writes finished rows into a sink, once: `INSERT INTO` of a batch query.
    ///
    /// @param batches taken over
    public void write(RowType schema, List<Batch> batches, QuerySpec.Target.ToSink target, EngineSettings settings) {
        new BatchWrite(this, schema, target, settings).write(batches);
    }

    /// A static table may be another one from now on (`REFRESH TABLE`): queries that start afterwards take it as it is then, and
    /// those that run with their next trigger.
    ///
    /// **Errors** `THW-3038` when a running query has read it that must keep to what it read
    public void refresh(String table) {
        for (QueryRun run : active) {
            if (run.readsOnce(table) && !run.refreshes(table)) {
                throw new InvalidQuery("THW-3038", "Query '" + run.name().orElse(run.id().toString())
                        + "' has read table '" + table
                        + "' when it started and keeps to it: its rows are part of the result, or rows that met them may"
                        + " be taken back. Stop the query, REFRESH TABLE "
                        + table + ", and start it again: the new rows then count for what arrives afterwards.");
            }
        }
        refreshed.put(table.toLowerCase(Locale.ROOT), "");
    }

    /// Whether a query may go on with this version of a table. One refresh is good for one version, and for all queries
    /// that start with it: a table that changes once more is an accident again.
    boolean takesRefresh(String table, String version) {
        return version.equals(refreshed.computeIfPresent(table.toLowerCase(Locale.ROOT),
                (_, taken) -> taken.isEmpty() ? version : taken));
    }

    /// The Java source that a plan's stages are compiled from.
    public String explainCode(StreamPlan plan) {
        return new ExplainCode(compiler()).of(plan);
    }

    /// The queries that run, in the order they were started.
    public List<QueryRun> active() {
        return List.copyOf(active);
    }

    public Optional<QueryRun> active(String name) {
        return active.stream().filter(run -> run.name().filter(name::equalsIgnoreCase).isPresent()).findFirst();
    }

    /// The running query of that name, or the last one that had it. One without a name goes by the id of its run.
    public Optional<QueryRun> find(String name) {
        QueryRun named = lastByName.get(name.toLowerCase(Locale.ROOT));
        if (named != null) {
            return Optional.of(named);
        }
        synchronized (nameless) {
            return nameless.stream().filter(run -> run.runId().toString().equalsIgnoreCase(name)).findFirst();
        }
    }

    public void addListener(QueryListener listener) {
        listeners.add(listener);
    }

    public void removeListener(QueryListener listener) {
        listeners.remove(listener);
    }

    /// What a listener throws is its own affair: it is logged, whatever it is, for a query waits for nobody who failed.
    void tell(Consumer<QueryListener> event) {
        for (QueryListener listener : listeners) {
            try {
                event.accept(listener);
            } catch (RuntimeException | Error e) {
                LOG.warn("A query listener failed: {}", listener, e);
            }
        }
    }

    void remove(QueryRun run) {
        active.remove(run);
    }

    public Clock clock() {
        return environment.clock();
    }

    public Connectors connectors() {
        return environment.connectors();
    }

    public MemoryTables tables() {
        return environment.tables();
    }

    Output output() {
        return environment.output();
    }

    StageCompiler compiler() {
        return environment.compiler();
    }

    CrashProbe probe() {
        return environment.probe();
    }

    WorkerPool pool() {
        return pool;
    }

    /// Charged with the results of queries that have ended.
    BufferAllocator results() {
        return results;
    }

    MemoryBudget budget(String owner, EngineSettings settings) {
        return new MemoryBudget(owner, environment.memory(), settings.memoryBytesMax());
    }

    /// Stops every query after its trigger, waits for all of them whatever interrupts the caller, and lets go of what they
    /// leave behind. From now on none starts.
    ///
    /// **Errors** `THW-4023` when a query that runs calls it (a foreachBatch, a listener): its memory would be freed under
    /// it. Nothing is closed then. A listener that is told of the end of a query may close.
    @Override
    public void close() {
        List<QueryRun> running;
        synchronized (active) {
            running = active();
            running.forEach(QueryRun::refuseOwnThread);
            closing = true;
        }
        running.forEach(QueryRun::requestStop);
        boolean interrupted = false;
        for (QueryRun run : running) {
            interrupted |= run.awaitEndWhateverInterrupts();
        }
        lastByName.values().forEach(QueryRun::closeResult);
        lastByName.clear();
        results.getChildAllocators().forEach(BufferAllocator::close);
        results.close();
        pool.close();
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
