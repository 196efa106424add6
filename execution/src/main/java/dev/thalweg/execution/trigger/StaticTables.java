package dev.thalweg.execution.trigger;

import dev.thalweg.execution.expression.RowIds;
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
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

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
    private Resources sources = new Resources();
    private final Map<String, String> versions = new ConcurrentSkipListMap<>();
    private final RefreshedTables refreshed;
    private final IdentityHashMap<PlanNode, JoinTable> tables = new IdentityHashMap<>();
    private final IdentityHashMap<PlanNode, JoinTable> replaced = new IdentityHashMap<>();
    /// The rows of recursive queries, and in the run of a step the newest of them.
    private final IdentityHashMap<PlanNode, List<Batch>> recursions = new IdentityHashMap<>();
    private final Map<PlanNode.TableSource, List<Batch>> newest = new HashMap<>();
    private final List<PlanNode> flowing;
    private boolean isOver;

    /// @param roots where the results of the plan come out
    StaticTables(Engine engine, StreamPlan plan, List<PlanNode> roots, EngineSettings settings, MemoryBudget budget) {
        this.engine = engine;
        this.plan = plan;
        this.flowing = roots.stream().flatMap(root -> flowing(root).stream()).toList();
        this.settings = settings;
        this.budget = budget;
        this.stages = engine.compiler()::compile;
        this.refreshed = new RefreshedTables(plan, flowing);
    }

    RefreshedTables refreshed() {
        return refreshed;
    }

    /// Reads those tables anew that have changed since they were read, for the rows that arrive from now on.
    ///
    /// **Cost** a look at the files of each table that is refreshed, and nothing where none is. **Thread** the trigger thread,
    /// between triggers.
    void refresh(long clockMillis) {
        Set<String> changed = refreshed.changed(scan -> {
            try (Source<?> source = open(scan.table())) {
                return StaticInput.stamp(source, ReadLimit.everything(clockMillis));
            }
        });
        if (changed.isEmpty()) {
            return;
        }
        Resources ofStart = sources;
        sources = new Resources();
        try {
            readAnew(changed, clockMillis);
        } finally {
            sources.close();
            sources = ofStart;
        }
    }

    private void readAnew(Set<String> changed, long clockMillis) {
        for (PlanNode node : plan.nodes()) {
            if (node instanceof PlanNode.Recursion recursion && RefreshedTables.reads(recursion, changed)) {
                closeAll(recursions.remove(recursion));
            } else if (node instanceof PlanNode.StaticJoin join && tables.containsKey(join)
                    && RefreshedTables.reads(join.table(), changed) && waitsFor(join.table()).isEmpty()) {
                replace(join, JoinTable.of(join.table().schema(), runTable(join.table(), clockMillis),
                        join.tableKeys(), budget.allocator()));
            }
        }
    }

    /// Operators let go of the table before when the next rows come, so it stays until then.
    private void replace(PlanNode.StaticJoin join, JoinTable table) {
        JoinTable before = tables.put(join, table);
        JoinTable unused = before == null ? null : replaced.put(join, before);
        if (unused != null) {
            unused.close();
        }
    }

    /// The nodes whose rows flow on into the result: those of tables that a stream is joined with on the way do not.
    private List<PlanNode> flowing(PlanNode node) {
        List<PlanNode> nodes = new ArrayList<>(List.of(node));
        boolean isLookedUp = node instanceof PlanNode.StaticJoin && !plan.traits(node).boundedInput();
        node.inputs().subList(0, isLookedUp ? 1 : node.inputs().size())
                .forEach(input -> nodes.addAll(flowing(input)));
        return nodes;
    }

    /// The first trigger is over, in which static rows flow: they are not read again, whatever their tables hold now.
    void firstTriggerIsOver() {
        isOver = true;
    }

    boolean isOver() {
        return isOver;
    }

    /// State of an operator that works in one trigger only.
    TransientState stateOfOneTrigger() {
        return new TransientState(budget::charge);
    }

    /// Whether a table is needed no more, because its rows have flowed.
    boolean hasFlowed(String table) {
        return isOver && !versions.containsKey(table) && flowing.stream()
                .anyMatch(node -> node instanceof PlanNode.Scan scan && scan.table().name().equals(table));
    }

    private boolean hasFlowed(PlanNode.StaticJoin join) {
        return isOver && PlanOperators.isReadOnce(plan, join) && flowing.stream().anyMatch(join::isSame);
    }

    /// Reads the table of every join that rows will meet.
    void read(long clockMillis) {
        for (PlanNode node : plan.nodes()) {
            if (node instanceof PlanNode.StaticJoin join && !tables.containsKey(join) && !hasFlowed(join)
                    && waitsFor(join.table()).isEmpty()) {
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
                    RowIds::inBatch, settings.waveBytesMax(), (_, batch) -> rows.add(batch)), edges);
            return rows;
        } catch (RuntimeException e) {
            rows.forEach(Batch::close);
            throw e;
        }
    }

    /// The splits of the static rows that flow into the results with the first trigger; none once that is over.
    List<SplitWork> flowing(List<PlanNode> roots, long clockMillis) {
        return isOver ? List.of() : splits(roots, clockMillis);
    }

    /// The splits of the static rows that flow into some nodes (not those of the tables that are joined on the way).
    List<SplitWork> splits(List<PlanNode> roots, long clockMillis) {
        List<SplitWork> splits = new ArrayList<>();
        for (Fragment fragment : Fragment.cut(roots, 1)) {
            for (PlanNode leaf : fragment.leaves()) {
                switch (leaf) {
                    case PlanNode.Values values -> splits.add(StaticInput.values(values));
                    case PlanNode.Recursion recursion ->
                            splits.add(batches(recursion, rows(recursion, clockMillis), recursion.schema().size()));
                    case PlanNode.Scan scan when newest.containsKey(scan.table()) -> splits.add(newest(scan));
                    case PlanNode.Scan scan when !scan.table().streaming() -> splits.addAll(scan(scan, clockMillis));
                    default -> {
                    } // a rule: a streaming scan is read trigger by trigger
                }
            }
        }
        return splits;
    }

    // ---- recursive queries

    private static SplitWork batches(PlanNode leaf, List<Batch> rows, List<Integer> columns) {
        return new SplitWork(leaf, SplitWork.STATIC, "a recursive query",
                _ -> new BatchesReader(rows, leaf.schema(), columns));
    }

    private static SplitWork batches(PlanNode leaf, List<Batch> rows, int columns) {
        return batches(leaf, rows, IntStream.range(0, columns).boxed().toList());
    }

    private SplitWork newest(PlanNode.Scan scan) {
        return batches(scan, newest.getOrDefault(scan.table(), List.of()), scan.columns());
    }

    private List<Batch> rows(PlanNode.Recursion recursion, long clockMillis) {
        List<Batch> known = recursions.get(recursion);
        if (known != null && waitsFor(recursion).isEmpty()) {
            return known;
        }
        List<Batch> rows = new Fixpoint(recursion, new Fixpoint.Levels() {
            @Override
            public List<Batch> anchor() {
                return runTable(recursion.anchor(), clockMillis);
            }

            @Override
            public List<Batch> step(List<Batch> found) {
                newest.put(recursion.rows(), found);
                readWaiting(recursion.step(), recursion.rows(), clockMillis);
                List<Batch> made = runTable(recursion.step(), clockMillis);
                newest.remove(recursion.rows());
                return made;
            }
        }, budget.allocator()).rows();
        closeAll(recursions.put(recursion, rows));
        return rows;
    }

    /// Reads anew the tables of joins in a step that are made of its newest rows.
    private void readWaiting(PlanNode node, PlanNode.TableSource rows, long clockMillis) {
        node.inputs().forEach(input -> readWaiting(input, rows, clockMillis));
        if (node instanceof PlanNode.StaticJoin join && waitsFor(join.table()).contains(rows)) {
            JoinTable before = tables.put(join, JoinTable.of(join.table().schema(), runTable(join.table(), clockMillis),
                    join.tableKeys(), budget.allocator()));
            if (before != null) {
                before.close();
            }
        }
    }

    /// The recursive queries around a node whose newest rows it reads.
    private static Set<PlanNode.TableSource> waitsFor(PlanNode node) {
        Set<PlanNode.TableSource> sources = new HashSet<>();
        if (node instanceof PlanNode.Scan scan && scan.table().format().equals(PlanNode.Recursion.ROWS_FORMAT)) {
            sources.add(scan.table());
        }
        node.inputs().forEach(input -> sources.addAll(waitsFor(input)));
        if (node instanceof PlanNode.Recursion recursion) {
            sources.remove(recursion.rows());
        }
        return sources;
    }

    private static void closeAll(@Nullable List<Batch> rows) {
        if (rows != null) {
            rows.forEach(Batch::close);
        }
    }

    // ---- tables

    private List<SplitWork> scan(PlanNode.Scan scan, long clockMillis) {
        PlanNode.TableSource table = scan.table();
        Optional<List<SplitWork>> own = new EngineTables(engine).splits(scan);
        if (own.isPresent()) {
            return own.get();
        }
        if (!engine.connectors().source(table.format()).readsAsBatch()) {
            throw new InvalidQuery("THW-3031", "'" + table.name() + "' (" + table.format()
                    + ") has no rows as of now: it only flows. Write FROM STREAM " + table.name()
                    + " in a query that is"
                    + " started: INSERT INTO, CREATE MATERIALIZED VIEW or writeStream().");
        }
        Source<?> source = sources.add(open(table));
        StaticInput.Read read = StaticInput.table(
                new StaticInput.Place(scan, new ScanRanges(plan.nodes(), settings.zone()).of(scan)), source,
                ReadLimit.everything(clockMillis), settings.batchRowsMax());
        versions.put(table.name(), read.version());
        refreshed.note(table.name(), read.stamp());
        return read.splits();
    }

    private Source<?> open(PlanNode.TableSource table) {
        return engine.connectors().source(table.format()).open(table.options(), table.schema(),
                new SourceContext(Optional.empty(), engine.clock(), settings.zone(), engine.tables()));
    }

    @Override
    public void close() {
        tables.values().forEach(JoinTable::close);
        tables.clear();
        replaced.values().forEach(JoinTable::close);
        replaced.clear();
        recursions.values().forEach(StaticTables::closeAll);
        recursions.clear();
        sources.close();
    }
}
