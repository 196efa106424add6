package dev.thalweg;

import dev.thalweg.execution.operator.SinkChanges;
import dev.thalweg.execution.trigger.EngineSettings;
import dev.thalweg.execution.trigger.QueryRun;
import dev.thalweg.execution.trigger.QuerySpec;
import dev.thalweg.execution.trigger.QuerySpec.Target;
import dev.thalweg.planner.catalog.CatalogEntry;
import dev.thalweg.planner.incremental.IncrementalPlanner;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.planner.logical.LogicalPlan;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.streaming.OutputMode;
import dev.thalweg.streaming.StreamingQuery;
import dev.thalweg.streaming.Trigger;
import dev.thalweg.streaming.WriteRequest;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.WeakHashMap;

/// Turns what a program or a statement asks for into a query that the engine runs.
final class QueryStarter {
    private static final String RESULT_FORMAT = "memory";

    /// The logical plans of runs that somebody still holds.
    private final Map<QueryRun, LogicalPlan> plans = Collections.synchronizedMap(new WeakHashMap<>());
    private final ThalwegSession session;

    QueryStarter(ThalwegSession session) {
        this.session = session;
    }

    /// What `writeStream()…start()` asks for.
    <T> StreamingQuery start(WriteRequest<T> request) {
        if (request.table().isPresent()) {
            return intoTable(request.dataset().plan(), request.table().get(), request.queryName(), request);
        }
        TargetOptions options = TargetOptions.of(request.options());
        LogicalPlan plan = request.dataset().plan();
        if (request.foreachBatch().isPresent()) {
            TriggerFunction<T> consumer = new TriggerFunction<>(session, request.foreachBatch().get());
            return run(plan, request.queryName(), request.mode(), new Target.ToConsumer(consumer), options,
                    request.trigger());
        }
        if (request.foreachTrigger().isPresent()) {
            return run(plan, request.queryName(), request.mode(),
                    new Target.ToConsumer(request.foreachTrigger().get()::accept), options, request.trigger());
        }
        if (request.format().isEmpty()) {
            throw new InvalidQuery("THW-3108",
                    "writeStream() has no target. Say format(\"console\"), format(\"memory\") with"
                            + " queryName(…), format(\"json\") with a path, foreachBatch(…) or toTable(…).");
        }
        if (request.format().equalsIgnoreCase(RESULT_FORMAT)) {
            String name = request.queryName().orElseThrow(() -> new InvalidQuery("THW-3109",
                    "The memory sink is a table that needs a name: say queryName(\"…\")."));
            return intoResult(plan, name, request.mode(), options, request.trigger());
        }
        return run(plan, request.queryName(), request.mode(), sink(request.format(), options, request.partitionBy()),
                options, request.trigger());
    }

    private static Target sink(String format, TargetOptions options, List<String> partitionBy) {
        return new Target.ToSink(format, options.connector(),
                partitionBy.isEmpty() ? options.partitionBy() : partitionBy);
    }

    private StreamingQuery intoTable(LogicalPlan plan, String table, Optional<String> queryName,
            WriteRequest<?> request) {
        TableOptions more = request.options();
        Tables.findDeferredColumns(session);
        CatalogEntry entry = session.tableCatalog().get(table);
        if (!(entry instanceof CatalogEntry.Table target)) {
            throw new InvalidQuery("THW-3115",
                    "'" + table + "' is a " + entry.kind() + ", not a table that can be written to.");
        }
        TableOptions all = target.options();
        for (java.util.Map.Entry<String, String> option : more.values().entrySet()) {
            all = all.with(option.getKey(), option.getValue());
        }
        Optional<OutputMode> mode = all.text("outputMode").map(OutputMode::of);
        return insert(plan, target, all, queryName.orElse(target.name()), mode.orElse(request.mode()),
                request.trigger());
    }

    /// What `INSERT INTO target SELECT … FROM STREAM …` asks for.
    StreamingQuery insert(LogicalPlan plan, CatalogEntry.Table target, Optional<String> queryName) {
        TargetOptions options = TargetOptions.of(target.options());
        OutputMode mode = options.outputMode().map(OutputMode::of).orElse(OutputMode.APPEND);
        return insert(plan, target, target.options(), queryName.orElse(target.name()), mode, Optional.empty());
    }

    private StreamingQuery insert(LogicalPlan plan, CatalogEntry.Table target, TableOptions all, String queryName,
            OutputMode mode, Optional<Trigger> trigger) {
        Tables.checkTakesQuery(target);
        TargetOptions options = TargetOptions.of(all);
        RowType columns = columns(target, mode);
        LogicalPlan fitted = columns.size() == 0
                ? plan
                : session.planner().coerceTo(plan, columns, target.name());
        if (target.format().equalsIgnoreCase(RESULT_FORMAT)) {
            StreamingQuery query = intoResult(fitted, queryName, mode, options, trigger);
            if (!queryName.equalsIgnoreCase(target.name())) {
                session.tableCatalog().createOrReplace(new CatalogEntry.Result(target.name(), fitted.shownSchema()));
            }
            return query;
        }
        return run(fitted, Optional.of(queryName), mode, sink(target.format(), options, List.of()), options, trigger);
    }

    /// The columns of a target that a query gives; in changelog mode the kind of change, which is last, is not among them.
    private static RowType columns(CatalogEntry.Table target, OutputMode mode) {
        RowType schema = target.schema();
        int last = schema.size() - 1;
        boolean withChange = mode == OutputMode.CHANGELOG && last >= 0
                && schema.field(last).name().equals(SinkChanges.CHANGE_COLUMN);
        return withChange ? new RowType(schema.fields().subList(0, last)) : schema;
    }

    /// A query whose result is a table of the catalog: memory sinks and materialized views.
    StreamingQuery intoResult(LogicalPlan plan, String name, OutputMode mode, TargetOptions options,
            Optional<Trigger> trigger) {
        StreamingQuery query = run(plan, Optional.of(name), mode, new Target.ToResultTable(), options, trigger);
        session.tableCatalog().createOrReplace(new CatalogEntry.Result(name, plan.shownSchema()));
        return query;
    }

    private StreamingQuery run(LogicalPlan plan, Optional<String> name, OutputMode mode, Target target,
            TargetOptions options, Optional<Trigger> trigger) {
        StreamPlan streamPlan = IncrementalPlanner.stream(plan, mode.toPlan());
        EngineSettings settings = session.conf().engineSettings();
        if (options.flushAtEnd() || flushes(streamPlan)) {
            settings = settings.withFlushAtEnd(true);
        }
        QuerySpec spec = new QuerySpec(name, streamPlan, target,
                trigger.orElseGet(() -> session.conf().trigger()).policy(), checkpoint(options, name), settings);
        QueryRun run = session.engine().start(spec);
        plans.put(run, plan);
        name.ifPresent(known -> Tables.createLate(session, known));
        return new RunningQuery(session, run);
    }

    /// The logical plan of a run, for EXPLAIN.
    String logical(QueryRun run) {
        LogicalPlan plan = plans.get(run);
        return plan == null ? "" : plan.text();
    }

    /// A source may ask for the flush too.
    private static boolean flushes(StreamPlan plan) {
        return plan.nodes().stream().anyMatch(
                node -> node instanceof PlanNode.Scan scan && TargetOptions.flushes(scan.table().options()));
    }

    private Optional<Path> checkpoint(TargetOptions options, Optional<String> name) {
        if (options.checkpoint().isPresent() || name.isEmpty()) {
            return options.checkpoint();
        }
        return session.conf().find(Setting.CHECKPOINTS).map(root -> Path.of(root, name.get()));
    }
}
