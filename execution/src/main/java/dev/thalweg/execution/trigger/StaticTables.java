package dev.thalweg.execution.trigger;

import dev.thalweg.execution.memory.MemoryBudget;
import dev.thalweg.execution.operator.JoinTable;
import dev.thalweg.execution.trigger.OpenQuery.Resources;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.source.ReadLimit;
import dev.thalweg.spi.source.Source;
import dev.thalweg.spi.source.SourceContext;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/// The tables that a query reads once, when it starts, each at one version: the tables that streams are joined with, and
/// rows that are simply there.
///
/// **Thread** the one that starts the query.
final class StaticTables implements AutoCloseable {
    private final Engine engine;
    private final StreamPlan plan;
    private final EngineSettings settings;
    private final MemoryBudget budget;
    private final DataflowParts.Stages stages;
    private final Resources sources = new Resources();
    private final Map<String, String> versions = new TreeMap<>();
    private final IdentityHashMap<PlanNode, JoinTable> tables = new IdentityHashMap<>();

    StaticTables(Engine engine, StreamPlan plan, EngineSettings settings, MemoryBudget budget) {
        this.engine = engine;
        this.plan = plan;
        this.settings = settings;
        this.budget = budget;
        this.stages = engine.compiler()::compile;
    }

    /// Reads the table of every join.
    void read(long clockMillis) {
        for (PlanNode node : plan.nodes()) {
            if (node instanceof PlanNode.StaticJoin join && !tables.containsKey(join)) {
                tables.put(join, JoinTable.of(join.table().schema(), runTable(join.table(), clockMillis),
                        join.tableKeys(), budget.allocator()));
            }
        }
    }

    /// A join's table, shared by all tasks. Tables of joins inside it are read before it, as nodes come in order.
    JoinTable table(PlanNode.StaticJoin join) {
        JoinTable table = tables.get(join);
        if (table == null) {
            throw new IllegalArgumentException("not a join of this plan: " + join);
        }
        return table;
    }

    /// What pins each table that was read.
    Map<String, String> versions() {
        return Map.copyOf(versions);
    }

    private List<Batch> runTable(PlanNode root, long clockMillis) {
        List<Batch> rows = new ArrayList<>();
        EdgeWatermarks edges = new EdgeWatermarks(plan, settings.watermarkPolicy());
        List<TaskContext> context = TaskContext.of(1, budget, settings.zone(),
                CancelFlag.whenInterrupted(Thread.currentThread()));
        try (TransientState state = new TransientState(budget::charge);
                Dataflow flow = new Dataflow(new DataflowParts(plan, List.of(root), 1, stages, new PlanOperators(plan,
                        new PlanOperators.Lenders(1, state, edges, this, stages))), engine.pool(), context)) {
            edges.end();
            flow.run(new Dataflow.Run(splits(List.of(root), clockMillis), 0, Math.multiplyExact(clockMillis, 1_000L), 0,
                    settings.waveBytesMax(), (_, batch) -> rows.add(batch)), edges);
            return rows;
        } catch (RuntimeException e) {
            rows.forEach(Batch::close);
            throw e;
        }
    }

    /// The splits of the static rows that flow into the results (not those of the tables that are joined on the way).
    List<SplitWork> splits(List<PlanNode> roots, long clockMillis) {
        List<SplitWork> splits = new ArrayList<>();
        for (Fragment fragment : Fragment.cut(roots, 1)) {
            for (PlanNode leaf : fragment.leaves()) {
                switch (leaf) {
                    case PlanNode.Values values -> splits.add(StaticInput.values(values));
                    case PlanNode.Scan scan when !scan.table().streaming() -> splits.addAll(scan(scan, clockMillis));
                    default -> {
                    } // a rule: a streaming scan is read trigger by trigger
                }
            }
        }
        return splits;
    }

    private List<SplitWork> scan(PlanNode.Scan scan, long clockMillis) {
        PlanNode.TableSource table = scan.table();
        Optional<List<SplitWork>> own = new EngineTables(engine).splits(scan);
        if (own.isPresent()) {
            return own.get();
        }
        if (!engine.connectors().source(table.format()).readsAsBatch()) {
            throw new InvalidQuery("THW-3031", "'" + table.name() + "' (" + table.format()
                    + ") has no rows as of now: it only flows. Write FROM STREAM " + table.name() + ".");
        }
        Source<?> source = sources.add(engine.connectors().source(table.format()).open(table.options(), table.schema(),
                new SourceContext(Optional.empty(), engine.clock(), settings.zone(), engine.tables())));
        StaticInput.Read read = StaticInput.table(
                new StaticInput.Place(scan, new ScanRanges(plan.nodes(), settings.zone()).of(scan)), source,
                ReadLimit.everything(clockMillis), settings.batchRowsMax());
        versions.put(table.name(), read.version());
        return read.splits();
    }

    @Override
    public void close() {
        tables.values().forEach(JoinTable::close);
        tables.clear();
        sources.close();
    }
}
