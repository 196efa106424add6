package dev.thalweg;

import dev.thalweg.execution.trigger.EngineSettings;
import dev.thalweg.execution.trigger.IdleTimeouts;
import dev.thalweg.execution.trigger.LateRows;
import dev.thalweg.execution.trigger.QueryRun;
import dev.thalweg.execution.trigger.QuerySpec;
import dev.thalweg.planner.catalog.CatalogEntry;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.planner.logical.LogicalPlan;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.streaming.OutputMode;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.streaming.Trigger;
import dev.thalweg.streaming.WriteRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Turns what a program or a statement asks for into a query that the engine runs.
final class QueryStarter {
    /// The logical plans of runs that somebody still holds.
    private final Map<QueryRun, List<LogicalPlan>> plans = Collections.synchronizedMap(new WeakHashMap<>());
    private final ThalwegSession session;
    private final Targets targets;

    QueryStarter(ThalwegSession session) {
        this.session = session;
        this.targets = new Targets(session);
    }

    /// What `writeStream()…start()` asks for.
    <T> StreamingQuery start(WriteRequest<T> request) {
        return start(List.of(request), Optional.empty());
    }

    /// What `session.multi(…)` asks for: one query with the results of all.
    StreamingQuery startAll(String name, List<WriteRequest<?>> requests) {
        if (requests.isEmpty()) {
            throw new InvalidQuery("THW-3282", "The query '" + name + "' has no result. Give at least one writer:"
                    + " session.multi(\"" + name + "\", dataset.writeStream()…, …).");
        }
        return start(requests, Optional.of(name));
    }

    private StreamingQuery start(List<? extends WriteRequest<?>> requests, Optional<String> name) {
        Tables.findDeferredColumns(session);
        List<String> made = new ArrayList<>();
        try {
            List<PlannedResult> results = new ArrayList<>();
            for (WriteRequest<?> request : requests) {
                createTable(request).ifPresent(made::add);
                results.add(targets.of(request));
            }
            return start(new Start(results, name, trigger(requests), Optional.empty()));
        } catch (RuntimeException e) {
            made.forEach(session.tableCatalog()::drop);
            throw e;
        }
    }

    private Optional<String> createTable(WriteRequest<?> request) {
        Optional<String> missing = request.table().filter(table -> session.tableCatalog().find(table).isEmpty()
                && !request.format().isEmpty());
        missing.ifPresent(table -> Tables.createTarget(session, table, request));
        return missing;
    }

    private static Optional<Trigger> trigger(List<? extends WriteRequest<?>> requests) {
        List<Trigger> asked = requests.stream().flatMap(request -> request.trigger().stream()).toList();
        if (asked.stream().map(Trigger::policy).distinct().count() > 1) {
            throw new InvalidQuery("THW-3283", "The writers of one query ask for different triggers: "
                    + asked.stream().map(Trigger::policy).toList() + ". Say trigger(…) once, or the same everywhere.");
        }
        return asked.stream().findFirst();
    }

    /// What `INSERT INTO target SELECT … FROM STREAM …` asks for.
    StreamingQuery insert(LogicalPlan plan, CatalogEntry.Table target, Optional<String> queryName) {
        return start(new Start(List.of(targets.ofInsert(plan, target, queryName)), Optional.empty(), Optional.empty(),
                Optional.empty()));
    }

    /// A query whose result is the table of that name: a materialized view.
    StreamingQuery intoView(LogicalPlan plan, String name, TargetOptions options) {
        return start(new Start(List.of(PlannedResult.shown(name, plan, name, OutputMode.UPDATE, options)),
                Optional.empty(), Optional.empty(), Optional.empty()));
    }

    /// What `BEGIN … END` asks for: one query with the results of all its INSERTs.
    StreamingQuery insertAll(List<PlannedResult> results, Optional<String> name, TableOptions options) {
        return start(block(results, name, options));
    }

    /// The plans of such a query, which does not start.
    ResultPlans planned(List<PlannedResult> results, TableOptions options) {
        Start start = block(results, Optional.empty(), options);
        return planned(start, withLate(start));
    }

    private static Start block(List<PlannedResult> results, Optional<String> name, TableOptions options) {
        options.checkKnown("BEGIN … END", List.of("checkpointLocation", TargetOptions.END_OF_INPUT,
                TargetOptions.LATE_TABLE, TargetOptions.STATE_TTL));
        return new Start(results, name.or(() -> results.getFirst().query()), Optional.empty(),
                Optional.of(TargetOptions.of(options)));
    }

    Targets targets() {
        return targets;
    }

    /// A query that is to start.
    ///
    /// @param name empty: that of its one result
    /// @param options of the query itself, where it has any apart from its targets'
    private record Start(List<PlannedResult> results, Optional<String> name, Optional<Trigger> trigger,
            Optional<TargetOptions> options) {
        Optional<String> query() {
            return name.isPresent() ? name : results.getFirst().query();
        }

        /// An option of the engine's that all who have it must agree in; the query's own comes before its targets'.
        <T> Optional<T> agreed(String option, Function<TargetOptions, Optional<T>> read) {
            Optional<T> own = options.flatMap(read);
            List<T> all = results.stream().flatMap(result -> read.apply(result.options()).stream()).distinct().toList();
            if (own.isEmpty() && all.size() > 1) {
                throw new InvalidOption("THW-2180", "The targets of one query differ in " + option + ": " + all
                        + ". Say it once for the query: BEGIN OPTIONS (" + option + " '…') …, or leave it at one"
                        + " target.");
            }
            return own.isPresent() ? own : all.stream().findFirst();
        }
    }

    private StreamingQuery start(Start start) {
        Optional<String> name = start.query();
        List<PlannedResult> results = withLate(start);
        ResultPlans plans = planned(start, results);
        List<QuerySpec.Output> outputs = new ArrayList<>(plans.outputs());
        results.stream().skip(start.results().size())
                .forEach(late -> outputs.add(new QuerySpec.Output(late.into(), LateRows.PLAN, late.target())));
        List<String> own = results.stream().flatMap(result -> result.shownAs().stream()).toList();
        name.ifPresent(query -> Tables.checkOthersKeepTheirs(session, query, own));
        QueryRun run = session.engine().start(new QuerySpec(name, plans.whole(), outputs,
                start.trigger().orElseGet(() -> session.conf().trigger()).policy(), checkpoint(start),
                settings(start, plans.whole())));
        plans(run, start.results());
        for (int i = 0; i < results.size(); i++) {
            results.get(i).entry(name.orElse(""), i).ifPresent(session.tableCatalog()::createOrReplace);
            results.get(i).afterwards().run();
        }
        name.ifPresent(known -> Tables.createLate(session, known));
        return new RunningQuery(session, run);
    }

    /// The results of a query, and behind them the rows that it refuses as late, where a table is to have those.
    private List<PlannedResult> withLate(Start start) {
        List<PlannedResult> results = new ArrayList<>(start.results());
        start.agreed(TargetOptions.LATE_TABLE, TargetOptions::lateTable).ifPresent(table -> {
            String query = start.query().orElseThrow(() -> new InvalidQuery("THW-3284",
                    "A query with a lateTable needs a name: say queryName(\"…\")."));
            results.add(targets.ofLate(table, query, Tables.late(session, query)));
        });
        return results;
    }

    /// @param results with the late rows
    private ResultPlans planned(Start start, List<PlannedResult> results) {
        refuseSame(results);
        return ResultPlans.of(start.results(), session.conf(),
                start.agreed(TargetOptions.STATE_TTL, TargetOptions::stateTtlMicros));
    }

    private static void refuseSame(List<PlannedResult> results) {
        List<String> tables = results.stream().flatMap(result -> result.shownAs().stream()).toList();
        tables.stream().filter(name -> tables.stream().filter(name::equalsIgnoreCase).count() > 1).findFirst()
                .ifPresent(twice -> {
                    throw new InvalidQuery("THW-3286", "One query would write two results into '" + twice
                            + "'. Give each a table of its own, or write UNION ALL.");
                });
    }

    private EngineSettings settings(Start start, StreamPlan plan) {
        EngineSettings settings = session.conf().engineSettings();
        boolean flushes = start.results().stream().anyMatch(result -> result.options().flushAtEnd())
                || start.options().filter(TargetOptions::flushAtEnd).isPresent() || flushes(plan);
        if (flushes) {
            settings = settings.withFlushAtEnd(true);
        }
        return settings.withIdle(idle(plan, settings.idle().millis()));
    }

    private void plans(QueryRun run, List<PlannedResult> results) {
        plans.put(run, results.stream().map(PlannedResult::plan).toList());
    }

    /// The logical plan of a run, for EXPLAIN.
    String logical(QueryRun run) {
        return plans.getOrDefault(run, List.of()).stream().map(LogicalPlan::text).collect(Collectors.joining("\n"));
    }

    /// A source may ask for the flush too.
    private static boolean flushes(StreamPlan plan) {
        return plan.nodes().stream().anyMatch(
                node -> node instanceof PlanNode.Scan scan && TargetOptions.flushes(scan.table().options()));
    }

    /// What its streams say of themselves comes before the session's setting.
    private static IdleTimeouts idle(StreamPlan plan, long millis) {
        Map<String, Long> ofTable = new HashMap<>();
        for (PlanNode node : plan.nodes()) {
            if (node instanceof PlanNode.Scan scan) {
                scan.table().options().text(TargetOptions.IDLE_TIMEOUT).ifPresent(text -> ofTable
                        .put(scan.table().name(), TargetOptions.idleMillis(TargetOptions.IDLE_TIMEOUT, text)));
            }
        }
        return new IdleTimeouts(millis, ofTable);
    }

    private Optional<Path> checkpoint(Start start) {
        Optional<Path> asked = start.agreed("checkpointLocation", TargetOptions::checkpoint);
        if (asked.isPresent() || start.query().isEmpty()) {
            return asked;
        }
        return session.conf().find(Setting.CHECKPOINTS).map(root -> Path.of(root, start.query().get()));
    }
}
