package dev.thalweg;

import dev.thalweg.execution.operator.SinkChanges;
import dev.thalweg.execution.trigger.Connectors;
import dev.thalweg.execution.trigger.LateRows;
import dev.thalweg.execution.trigger.QuerySpec.Target;
import dev.thalweg.planner.catalog.CatalogEntry;
import dev.thalweg.planner.logical.LogicalPlan;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.sink.Accepts;
import dev.thalweg.streaming.OutputMode;
import dev.thalweg.streaming.WriteRequest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Finds out where a result is to go, from what a program or a statement asks for.
final class Targets {
    private static final String RESULT_FORMAT = "memory";

    private final ThalwegSession session;

    Targets(ThalwegSession session) {
        this.session = session;
    }

    /// What a writer asks for.
    <T> PlannedResult of(WriteRequest<T> request) {
        LogicalPlan plan = request.dataset().plan();
        if (request.table().isPresent()) {
            return ofTable(plan, request.table().get(), request);
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
            return PlannedResult.shown(name, plan, name, request.mode(), options);
        }
        return PlannedResult.into(sink(request.format(), options, request.partitionBy()), plan, request.queryName(),
                request.mode(), options);
    }

    private static PlannedResult toProgram(LogicalPlan plan, Target target, TargetOptions options,
            WriteRequest<?> request) {
        Connectors.refusePartitions("The program's own code", request.partitionBy());
        return PlannedResult.into(target, plan, request.queryName(), request.mode(), options);
    }

    private static Target sink(String format, TargetOptions options, List<String> partitionBy) {
        return new Target.ToSink(format, options.connector(),
                partitionBy.isEmpty() ? options.partitionBy() : partitionBy);
    }

    private PlannedResult ofTable(LogicalPlan plan, String table, WriteRequest<?> request) {
        CatalogEntry entry = session.tableCatalog().get(table);
        if (!(entry instanceof CatalogEntry.Table target)) {
            throw Tables.noTarget(entry);
        }
        checkPartitions(target, request.partitionBy());
        TableOptions all = target.options();
        for (Map.Entry<String, String> option : request.options().values().entrySet()) {
            all = all.with(option.getKey(), option.getValue());
        }
        Optional<OutputMode> mode = request.outputMode().or(() -> target.options().text("outputMode")
                .map(OutputMode::of));
        return ofInsert(plan, target, all, request.queryName().orElse(target.name()),
                mode.orElse(OutputMode.APPEND));
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
    PlannedResult ofInsert(LogicalPlan plan, CatalogEntry.Table target, Optional<String> queryName) {
        OutputMode mode = TargetOptions.of(target.options()).outputMode().map(OutputMode::of)
                .orElse(OutputMode.APPEND);
        return ofInsert(plan, target, target.options(), queryName.orElse(target.name()), mode);
    }

    private PlannedResult ofInsert(LogicalPlan plan, CatalogEntry.Table target, TableOptions all, String queryName,
            OutputMode mode) {
        Tables.checkTakesQuery(target);
        TargetOptions options = TargetOptions.of(all);
        RowType columns = columns(target, mode);
        LogicalPlan fitted = columns.size() == 0
                ? plan
                : session.planner().coerceTo(plan, columns, target.name());
        if (target.format().equalsIgnoreCase(RESULT_FORMAT)) {
            Tables.checkIsEmpty(session, target);
            return PlannedResult.shown(target.name(), fitted, queryName, mode, options);
        }
        PlannedResult result = PlannedResult.into(sink(target.format(), options, List.of()), fitted,
                Optional.of(queryName), mode, options);
        Accepts kind = mode == OutputMode.CHANGELOG ? Accepts.CHANGES : Accepts.APPEND;
        return result.named(target.name())
                .then(() -> giveColumns(target, SinkChanges.outputType(kind, fitted.shownSchema())));
    }

    /// A table that had no columns has them now, so that it can be read before the first rows are there.
    private void giveColumns(CatalogEntry.Table target, RowType columns) {
        if (columns(target, OutputMode.APPEND).size() == 0
                && session.engine().connectors().findSource(target.format()).isPresent()) {
            session.tableCatalog().createOrReplace(new CatalogEntry.Table(target.name(), target.format(),
                    target.options(), columns.asNullable(), false, Optional.empty()));
        }
    }

    /// The columns of a target that a query gives; in changelog mode the kind of change, which is last, is not among them.
    private static RowType columns(CatalogEntry.Table target, OutputMode mode) {
        RowType schema = target.schema();
        int last = schema.size() - 1;
        boolean withChange = mode == OutputMode.CHANGELOG && last >= 0
                && schema.field(last).name().equals(SinkChanges.CHANGE_COLUMN);
        return withChange ? new RowType(schema.fields().subList(0, last)) : schema;
    }

    /// Where the rows go that a query refuses as late, by the option `lateTable`: a table of the catalog, or else one in
    /// memory that is made.
    ///
    /// @param asLate the plan of late rows
    PlannedResult ofLate(String table, String query, LogicalPlan asLate) {
        Optional<CatalogEntry> known = session.tableCatalog().find(table)
                .filter(entry -> !(entry instanceof CatalogEntry.Result result
                        && result.query().equalsIgnoreCase(query)));
        if (known.isEmpty()) {
            return PlannedResult.shown(table, asLate, query, OutputMode.APPEND, TargetOptions.of(TableOptions.none()));
        }
        if (!(known.get() instanceof CatalogEntry.Table target)) {
            throw Tables.noTarget(known.get());
        }
        TargetOptions options = TargetOptions.of(target.options());
        RowType columns = target.schema();
        boolean fits = columns.size() == 0 || columns.asNullable().equals(LateRows.TYPE.asNullable());
        if (!fits || options.outputMode().filter(mode -> OutputMode.of(mode) != OutputMode.APPEND).isPresent()) {
            throw new InvalidQuery("THW-3281", "Table '" + target.name() + "' cannot take late rows: they are appended,"
                    + " and have the columns " + LateRows.TYPE.sql() + ". Create the table with these, or without"
                    + " columns, and without outputMode; or name a table that is not there, and it is made in memory.");
        }
        if (target.format().equalsIgnoreCase(RESULT_FORMAT)) {
            Tables.checkIsEmpty(session, target);
            return PlannedResult.shown(target.name(), asLate, query, OutputMode.APPEND, options);
        }
        return PlannedResult.into(sink(target.format(), options, List.of()), asLate, Optional.of(query),
                OutputMode.APPEND, options).then(() -> giveColumns(target, LateRows.TYPE));
    }
}
