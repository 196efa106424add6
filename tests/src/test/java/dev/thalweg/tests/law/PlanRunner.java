package dev.thalweg.tests.law;

import dev.thalweg.execution.expression.FunctionTable;
import dev.thalweg.execution.expression.StageCompiler;
import dev.thalweg.execution.expression.function.ScalarFunctions;
import dev.thalweg.execution.trigger.BatchResult;
import dev.thalweg.execution.trigger.Connectors;
import dev.thalweg.execution.trigger.CrashProbe;
import dev.thalweg.execution.trigger.Engine;
import dev.thalweg.execution.trigger.EngineSettings;
import dev.thalweg.parser.StatementParser;
import dev.thalweg.planner.QueryPlanner;
import dev.thalweg.planner.catalog.Catalog;
import dev.thalweg.planner.catalog.CatalogEntry;
import dev.thalweg.planner.function.FunctionRegistry;
import dev.thalweg.planner.incremental.IncrementalPlanner;
import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.Rewrite;
import dev.thalweg.planner.incremental.Running;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.planner.logical.LogicalPlan;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.source.MemoryTables;
import dev.thalweg.tests.spec.MovableClock;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/// Runs cases of the law on the engine below the session, where a test chooses how they are planned and what is wrong with
/// the engine.
final class PlanRunner implements AutoCloseable {
    private final BufferAllocator memory = new RootAllocator();
    private final MemoryTables tables = new MemoryTables();
    private final MovableClock clock = new MovableClock(DataGenerator.BEGIN);
    private final Engine engine;
    private final Path checkpoints;
    private int runs;

    PlanRunner(CrashProbe probe) throws IOException {
        engine = new Engine(new Engine.Environment(clock, memory, text -> {}, tables, Connectors.discover(),
                new StageCompiler(new FunctionTable(ScalarFunctions.CLASSES)), 4, probe));
        checkpoints = Directories.create("plans");
    }

    /// Plans a case as a stream, over tables of its own that hold only what is finite. It can be run once.
    StreamPlan stream(QueryCase query, Set<Rewrite> rewrites) {
        runs++;
        return IncrementalPlanner.stream(plan(query, true, rewrites),
                new Running(OutputMode.valueOf(query.mode().name()), Lifetimes.option(query),
                        query.watermarkPolicy().equals("max")),
                rewrites);
    }

    private LogicalPlan plan(QueryCase query, boolean isStreaming, Set<Rewrite> rewrites) {
        Catalog catalog = new Catalog();
        for (Schema.Table table : Schema.TABLES) {
            Optional<CatalogEntry.DeclaredWatermark> watermark = ThalwegRunner.declared(query, table)
                    .map(w -> new CatalogEntry.DeclaredWatermark(Schema.EVENT_TIME, w.delayMicros()));
            catalog.create(new CatalogEntry.Table(table.name(), "memory",
                    TableOptions.none().with("memoryId", id(table.name())), type(table), table.isStream(), watermark));
            insert(table, query.tables().getOrDefault(table.name(), List.of()));
        }
        FunctionRegistry functions = FunctionRegistry.load();
        EnginePrograms.register(functions.users());
        QueryPlanner planner = new QueryPlanner(catalog, functions, rewrites);
        ThalwegSql sql = ThalwegSql.of(query, isStreaming);
        for (Rel node : query.nodes()) {
            if (node instanceof Rel.DropDuplicates drop) {
                LogicalPlan input = parsed(planner, sql.query(drop.input()));
                List<String> keys = drop.keys().stream().map(i -> drop.columns().get(i).name()).toList();
                catalog.create(planner.view(ThalwegSql.viewName(drop, isStreaming),
                        drop.isWithin()
                                ? planner.dropDuplicatesWithinWatermark(input, keys)
                                : planner.dropDuplicates(input, keys),
                        true, List.of()));
            }
        }
        return parsed(planner, sql.query(query.query()));
    }

    private static LogicalPlan parsed(QueryPlanner planner, String sql) {
        return planner.plan(StatementParser.parseQuery(sql), sql);
    }

    private String id(String table) {
        return table + "_" + runs;
    }

    private static RowType type(Schema.Table table) {
        return StatementParser.parseSchema(
                table.columns().stream().map(c -> c.name() + " " + c.type().sql).collect(Collectors.joining(", ")));
    }

    private void insert(Schema.Table table, List<List<@Nullable Object>> rows) {
        if (!rows.isEmpty()) {
            tables.table(id(table.name())).append(EngineRows.batch(type(table), rows, memory));
        }
    }

    /// Starts a case that was planned last.
    PlanRun start(QueryCase query, StreamPlan plan) {
        clock.set(query.clock(0));
        return new PlanRun(engine, query, plan,
                new PlanRun.Place(checkpoints.resolve(String.valueOf(runs)), memory, clock));
    }

    /// Lets rows arrive for the case that was planned last.
    void arrive(QueryCase.Trigger trigger) {
        Schema.STREAMS.forEach(stream -> insert(stream, trigger.of(stream.name())));
    }

    /// The batch answer over the whole input.
    List<List<@Nullable Object>> batch(QueryCase query, Set<Rewrite> rewrites) {
        runs++;
        StreamPlan plan = IncrementalPlanner.batch(plan(query, false, rewrites), rewrites);
        query.triggers().forEach(this::arrive);
        clock.set(query.lastClock());
        EngineSettings settings = PlanRun.settings(query);
        try (BatchResult result = engine.runBatch(plan, settings)) {
            return EngineRows.of(result.batches(), result.schema(), query.query().columns());
        }
    }

    @Override
    public void close() {
        engine.close();
        tables.close();
        Directories.delete(checkpoints);
        memory.close();
    }
}
