package dev.thalweg.tests.law;

import dev.thalweg.execution.expression.FunctionTable;
import dev.thalweg.execution.expression.StageCompiler;
import dev.thalweg.execution.expression.function.ScalarFunctions;
import dev.thalweg.execution.trigger.Connectors;
import dev.thalweg.execution.trigger.CrashProbe;
import dev.thalweg.execution.trigger.Engine;
import dev.thalweg.execution.trigger.EngineSettings;
import dev.thalweg.execution.trigger.QueryRun;
import dev.thalweg.execution.trigger.QuerySpec;
import dev.thalweg.execution.trigger.TriggerPolicy;
import dev.thalweg.parser.StatementParser;
import dev.thalweg.planner.QueryPlanner;
import dev.thalweg.planner.catalog.Catalog;
import dev.thalweg.planner.catalog.CatalogEntry;
import dev.thalweg.planner.function.FunctionRegistry;
import dev.thalweg.planner.incremental.IncrementalPlanner;
import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.VectorValues;
import dev.thalweg.spi.source.MemoryTables;
import dev.thalweg.tests.law.QueryCase.Mode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/// Runs a case of the law on the engine below the session, where a [Mutant] can change the plan before it runs.
final class PlanRunner implements AutoCloseable {
    private final BufferAllocator memory = new RootAllocator();
    private final MemoryTables tables = new MemoryTables();
    private final Engine engine;
    private final Path checkpoints;
    private int runs;
    private int broken;

    PlanRunner() throws IOException {
        Clock clock = Clock.fixed(Instant.parse("2026-02-01T00:00:00Z"), ZoneOffset.UTC);
        engine = new Engine(new Engine.Environment(clock, memory, text -> {}, tables, Connectors.discover(),
                new StageCompiler(new FunctionTable(ScalarFunctions.CLASSES)), 4, CrashProbe.NONE));
        checkpoints = Files.createTempDirectory("mutants");
    }

    /// Whether the mutant is found out: by a wrong result or a wrong number of late rows. A plan that it breaks so that the
    /// engine refuses to run it proves nothing of the law, and counts as survived.
    boolean finds(Mutant mutant, QueryCase query) {
        runs++;
        StreamPlan plan = plan(query);
        StreamPlan wrong = mutant.in(plan);
        Path checkpoint = checkpoints.resolve(String.valueOf(runs));
        try {
            return run(mutant, query, wrong, checkpoint);
        } catch (dev.thalweg.spi.error.ThalwegException | IllegalStateException e) {
            if (mutant == Mutant.NONE) {
                throw e;
            }
            broken++;
            return false;
        } finally {
            engine.active().forEach(QueryRun::stop);
            Directories.delete(checkpoint);
        }
    }

    /// How many plans the engine would not run.
    int broken() {
        return broken;
    }

    private StreamPlan plan(QueryCase query) {
        Catalog catalog = new Catalog();
        for (Schema.Table table : Schema.TABLES) {
            Optional<CatalogEntry.DeclaredWatermark> watermark = ThalwegRunner.declared(query, table)
                    .map(w -> new CatalogEntry.DeclaredWatermark(Schema.EVENT_TIME, w.delayMicros()));
            catalog.create(new CatalogEntry.Table(table.name(), "memory",
                    TableOptions.none().with("memoryId", id(table.name())),
                    type(table), table.isStream(), watermark));
            insert(table, query.tables().getOrDefault(table.name(), List.of()));
        }
        String sql = new ThalwegSql(true).query(query.query());
        return IncrementalPlanner.stream(new QueryPlanner(catalog, FunctionRegistry.load())
                .plan(StatementParser.parseQuery(sql), sql), OutputMode.valueOf(query.mode().name()));
    }

    private String id(String table) {
        return table + "_" + runs;
    }

    private static RowType type(Schema.Table table) {
        return StatementParser.parseSchema(
                table.columns().stream().map(c -> c.name() + " " + c.type().sql).collect(Collectors.joining(", ")));
    }

    private void insert(Schema.Table table, List<List<@Nullable Object>> rows) {
        if (rows.isEmpty()) {
            return;
        }
        try (BatchBuilder builder = new BatchBuilder(type(table), memory)) {
            for (List<@Nullable Object> row : rows) {
                List<@Nullable Object> values = new ArrayList<>();
                row.forEach(value -> values.add(toEngine(value)));
                builder.add(values);
            }
            tables.table(id(table.name())).append(builder.build());
        }
    }

    private boolean run(Mutant mutant, QueryCase query, StreamPlan plan, Path checkpoint) {
        LatenessModel lateness = LatenessModel.of(query);
        Emitted emitted = new Emitted(query.mode(), mutant::swallows);
        QueryRun running = start(query, plan, checkpoint, emitted);
        long lateBefore = 0;
        for (int trigger = 0; trigger < query.triggers().size(); trigger++) {
            arrive(query, trigger);
            running.processAllAvailable();
            Interpreter.Answer expected = Interpreter.after(query, trigger, lateness);
            List<List<@Nullable Object>> rows = query.mode() == Mode.CHANGELOG
                    ? emitted.integrated()
                    : result(running, query);
            long late = lateBefore
                    + running.recentProgress().stream().flatMap(progress -> progress.stateOperators().stream())
                            .mapToLong(operator -> operator.numRowsDroppedByWatermark()).sum();
            if (!RowBag.difference(expected.rows(), rows).isEmpty()
                    || late != expected.late()) {
                return true;
            }
            if (query.restarts().contains(trigger)) {
                lateBefore = late;
                running.stop();
                if (mutant == Mutant.SKIPPED_RESTORE) {
                    Directories.delete(checkpoint);
                }
                running = start(query, plan, checkpoint, emitted);
                if (mutant == Mutant.TRIGGER_RUN_TWICE) {
                    arrive(query, trigger);
                }
            }
        }
        running.stop();
        return false;
    }

    private void arrive(QueryCase query, int trigger) {
        Schema.STREAMS.forEach(stream -> insert(stream, query.triggers().get(trigger).of(stream.name())));
    }

    private QueryRun start(QueryCase query, StreamPlan plan, Path checkpoint, Emitted emitted) {
        QuerySpec.Target target = query.mode() == Mode.CHANGELOG
                ? new QuerySpec.Target.ToConsumer(
                        (schema, batches, trigger) -> emitted.take(rows(batches, schema, query)))
                : new QuerySpec.Target.ToResultTable();
        return engine.start(
                new QuerySpec(Optional.of("result"), plan, target, new TriggerPolicy.Manual(), Optional.of(checkpoint),
                        EngineSettings.defaults().withZone(ZoneOffset.UTC).withTasks(query.tasks()).withWatermarkPolicy(
                                EngineSettings.WatermarkPolicy
                                        .valueOf(query.watermarkPolicy().toUpperCase(Locale.ROOT)))));
    }

    private List<List<@Nullable Object>> result(QueryRun run, QueryCase query) {
        List<Batch> batches = run.result(memory);
        try {
            return rows(batches, run.spec().plan().schema(), query);
        } finally {
            batches.forEach(Batch::close);
        }
    }

    private static List<List<@Nullable Object>> rows(List<Batch> batches, RowType type, QueryCase query) {
        List<Rel.Col> columns = query.query().columns();
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Batch batch : batches) {
            for (int row = 0; row < batch.rowCount(); row++) {
                List<@Nullable Object> values = new ArrayList<>();
                for (int i = 0; i < type.size(); i++) {
                    Object value = VectorValues.get(batch.vector(i), batch.physical(row), type.type(i));
                    values.add(i < columns.size() ? fromEngine(value, columns.get(i).type()) : value);
                }
                for (long copy = 0; copy < batch.weight(row); copy++) {
                    rows.add(values);
                }
            }
        }
        return rows;
    }

    private static @Nullable Object toEngine(@Nullable Object value) {
        return switch (value) {
            case null -> null;
            case LocalDate date -> (int) date.toEpochDay();
            case Instant time -> LatenessModel.micros(time);
            default -> value;
        };
    }

    private static @Nullable Object fromEngine(@Nullable Object value, Type type) {
        return switch (value) {
            case Integer days when type == Type.DATE -> LocalDate.ofEpochDay(days);
            case Long micros when type == Type.TIMESTAMP -> Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
            case null, default -> value;
        };
    }

    @Override
    public void close() {
        engine.close();
        tables.close();
        Directories.delete(checkpoints);
    }
}
