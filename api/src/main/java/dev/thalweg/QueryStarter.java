package dev.thalweg;

import dev.thalweg.execution.operator.SinkChanges;
import dev.thalweg.execution.trigger.Connectors;
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
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.sink.Accepts;
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
import java.util.stream.IntStream;

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
        LogicalPlan plan = request.dataset().plan();
        if (request.table().isPresent()) {
            return intoTable(plan, request.table().get(), request);
        }
        TargetOptions options = TargetOptions.of(request.options());
        if (request.foreachBatch().isPresent()) {
            TriggerFunction<T> consumer = new TriggerFunction<>(session, request.foreachBatch().get());
            return toProgram(plan, new Target.ToConsumer(consumer), options, request);
        }
        if (request.foreachTrigger().isPresent()) {
            return toProgram(plan, new Target.ToConsumer(request.foreachTrigger().get()::accept), options, request);
        }
        if (request.format().isEmpty()) {
            throw new InvalidQuery("THW-3108",
                    "writeStream() has no target. Say format(\"console\"), format(\"memory\") with"
                            + " queryName(…), format(\"json\") with a path, foreachBatch(…) or toTable(…).");
        }
        if (request.format().equalsIgnoreCase(RESULT_FORMAT)) {
            String name = request.queryName().orElseThrow(() -> new InvalidQuery("THW-3109",
                    "The memory sink is a table that needs a name: say queryName(\"…\")."));
            Connectors.refusePartitions("Sink 'memory'", request.partitionBy());
            Tables.checkIsFree(session, name);
            return intoResult(plan, new CatalogEntry.Result(name, plan.shownSchema()), request.mode(), options,
                    request.trigger());
        }
        return run(plan, request.queryName(), request.mode(), sink(request.format(), options, request.partitionBy()),
                options, request.trigger());
    }

    private StreamingQuery toProgram(LogicalPlan plan, Target target, TargetOptions options, WriteRequest<?> request) {
        Connectors.refusePartitions("The program's own code", request.partitionBy());
        return run(plan, request.queryName(), request.mode(), target, options, request.trigger());
    }

    private static Target sink(String format, TargetOptions options, List<String> partitionBy) {
        return new Target.ToSink(format, options.connector(),
                partitionBy.isEmpty() ? options.partitionBy() : partitionBy);
    }

    private StreamingQuery intoTable(LogicalPlan plan, String table, WriteRequest<?> request) {
        Tables.findDeferredColumns(session);
        boolean isNew = session.tableCatalog().find(table).isEmpty() && !request.format().isEmpty();
        if (isNew) {
            Tables.createTarget(session, table, request);
        }
        try {
            return intoKnownTable(plan, table, request);
        } catch (RuntimeException e) {
            if (isNew) {
                session.tableCatalog().drop(table);
            }
            throw e;
        }
    }

    private StreamingQuery intoKnownTable(LogicalPlan plan, String table, WriteRequest<?> request) {
        CatalogEntry entry = session.tableCatalog().get(table);
        if (!(entry instanceof CatalogEntry.Table target)) {
            throw new InvalidQuery("THW-3115",
                    "'" + table + "' is a " + entry.kind() + ", not a table that can be written to.");
        }
        checkPartitions(target, request.partitionBy());
        TableOptions all = target.options();
        for (Map.Entry<String, String> option : request.options().values().entrySet()) {
            all = all.with(option.getKey(), option.getValue());
        }
        Optional<OutputMode> mode = request.outputMode().or(() -> target.options().text("outputMode")
                .map(OutputMode::of));
        return insert(plan, target, all, request.queryName().orElse(target.name()), mode.orElse(OutputMode.APPEND),
                request.trigger());
    }

    /// How a table is cut was said when it was created.
    private static void checkPartitions(CatalogEntry.Table target, List<String> asked) {
        List<String> known = TargetOptions.of(target.options()).partitionBy();
        boolean isSame = asked.size() == known.size()
                && IntStream.range(0, asked.size()).allMatch(i -> asked.get(i).equalsIgnoreCase(known.get(i)));
        if (!asked.isEmpty() && !isSame) {
            throw new InvalidOption("THW-2051", "Table '" + target.name() + "' is "
                    + (known.isEmpty() ? "not partitioned" : "partitioned by " + String.join(", ", known))
                    + ", but partitionBy asks for " + String.join(", ", asked)
                    + ". Leave partitionBy out, or create the table with PARTITIONED BY.");
        }
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
            Tables.checkIsEmpty(session, target);
            return intoResult(fitted, new CatalogEntry.Result(target.name(), fitted.shownSchema(), queryName), mode,
                    options, trigger);
        }
        StreamingQuery query = run(fitted, Optional.of(queryName), mode, sink(target.format(), options, List.of()),
                options, trigger);
        if (columns.size() == 0 && session.engine().connectors().findSource(target.format()).isPresent()) {
            Accepts kind = mode == OutputMode.CHANGELOG ? Accepts.CHANGES : Accepts.APPEND;
            session.tableCatalog().createOrReplace(new CatalogEntry.Table(target.name(), target.format(),
                    target.options(), SinkChanges.outputType(kind, fitted.shownSchema()).asNullable(), false,
                    Optional.empty())); // so that it can be read before the first rows are there
        }
        return query;
    }

    /// The columns of a target that a query gives; in changelog mode the kind of change, which is last, is not among them.
    private static RowType columns(CatalogEntry.Table target, OutputMode mode) {
        RowType schema = target.schema();
        int last = schema.size() - 1;
        boolean withChange = mode == OutputMode.CHANGELOG && last >= 0
                && schema.field(last).name().equals(SinkChanges.CHANGE_COLUMN);
        return withChange ? new RowType(schema.fields().subList(0, last)) : schema;
    }

    /// A query whose result is the table of that name: a materialized view.
    StreamingQuery intoView(LogicalPlan plan, String name, TargetOptions options) {
        return intoResult(plan, new CatalogEntry.Result(name, plan.shownSchema()), OutputMode.UPDATE, options,
                Optional.empty());
    }

    /// A query whose result is a table of the catalog, which takes the place of what has its name there.
    private StreamingQuery intoResult(LogicalPlan plan, CatalogEntry.Result result, OutputMode mode,
            TargetOptions options, Optional<Trigger> trigger) {
        Tables.checkOthersKeepTheirs(session, result.query(), result.name());
        StreamingQuery query = start(plan, Optional.of(result.query()), mode, new Target.ToResultTable(), options,
                trigger);
        session.tableCatalog().createOrReplace(result);
        return query;
    }

    private StreamingQuery run(LogicalPlan plan, Optional<String> name, OutputMode mode, Target target,
            TargetOptions options, Optional<Trigger> trigger) {
        name.ifPresent(query -> Tables.checkOthersKeepTheirs(session, query, ""));
        return start(plan, name, mode, target, options, trigger);
    }

    private StreamingQuery start(LogicalPlan plan, Optional<String> name, OutputMode mode, Target target,
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
