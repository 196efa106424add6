package dev.thalweg.execution.trigger;

import dev.thalweg.execution.memory.MemoryBudget;
import dev.thalweg.execution.trigger.OpenQuery.Resources;
import dev.thalweg.planner.incremental.Fingerprint;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.source.Source;
import dev.thalweg.spi.source.SourceContext;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.arrow.memory.OutOfMemoryException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Opens everything a query needs, in the order in which each thing depends on the ones before, and closes it again when
/// something is wrong. What a user can have got wrong is thrown here, before anything runs.
final class StartQuery {
    private static final Logger LOG = LoggerFactory.getLogger(StartQuery.class);

    private final Engine engine;
    private final QuerySpec spec;
    private final StreamPlan plan;
    private final EngineSettings settings;

    StartQuery(Engine engine, QuerySpec spec) {
        this.engine = engine;
        this.spec = spec;
        this.plan = spec.plan();
        this.settings = spec.settings();
    }

    /// A query that is open, and how it goes on.
    record Started(OpenQuery query, RunControl control, Recovery recovery) {}

    Started start() {
        ResultOutlets outlets = new ResultOutlets(engine, spec); // refuses a wrong sink before anything is written
        StateGrowth.checkTimeToLive(spec, name());
        if (!isWatched()) {
            StateGrowth.warnOfTimesToLive(spec, name());
        }
        if (!isWatched() || settings.growth().unbounded() == StateGrowth.Unbounded.REFUSE) {
            settings.growth().check(spec, name());
        }
        Resources resources = new Resources();
        try {
            return open(outlets, resources);
        } catch (TriggerCancelled e) {
            throw closed(resources, TriggerCancelled.interrupted(e));
        } catch (RuntimeException e) {
            throw closed(resources, e);
        } catch (Error e) { // an OutOfMemoryError too must give the lock back
            throw closed(resources, e);
        }
    }

    private static <E extends Throwable> E closed(Resources resources, E error) {
        try {
            resources.close();
        } catch (RuntimeException later) {
            error.addSuppressed(later);
        }
        return error;
    }

    private Started open(ResultOutlets outlets, Resources resources) {
        MemoryBudget budget = resources.add(engine.budget(name(), settings));
        try {
            return open(outlets, resources, budget);
        } catch (OutOfMemoryException e) {
            throw budget.exceeded("the start", e);
        } catch (OperatorFailure e) { // of a static table, which is read here
            throw OperatorFailure.located(e, name() + ", at its start", budget);
        }
    }

    private Started open(ResultOutlets outlets, Resources resources, MemoryBudget budget) {
        QueryCheckpoint checkpoint = resources.add(checkpoint(outlets));
        List<SourceInput<?>> inputs = inputs(checkpoint, resources);
        resources.add(outlets).openSinks(checkpoint);
        Recovery recovery = Recovery.of(checkpoint.directory().recovered(), outlets.lastCommitted(),
                outlets.isState());
        if (recovery instanceof Recovery.Again again) {
            checkpoint.log().cutAfter(again.last().number());
        }
        EdgeWatermarks edges = new EdgeWatermarks(plan, watermarkPolicy(recovery));
        resume(recovery, inputs, edges);
        IdleInputs idle = new IdleInputs(inputs, edges, settings.idle(), engine.clock().millis(),
                recovery.lastRun().map(TriggerRecord::idle).orElse(List.of()));
        int tasks = tasks(recovery);
        QueryState state = resources
                .add(new StoredState(checkpoint.directory(), tasks, settings.state().within(settings.memoryBytesMax()),
                        budget::charge, recovery.version(), engine.pool()));
        StaticTables tables = resources
                .add(new StaticTables(engine, plan, spec.roots(), settings.withZone(checkpoint.zone()), budget));
        long clockMillis = engine.clock().millis();
        if (recovery.version() > 0) {
            tables.firstTriggerIsOver();
        }
        tables.read(clockMillis);
        List<SplitWork> staticSplits = tables.flowing(spec.roots(), clockMillis);
        checkVersions(recovery, tables);
        RunControl control = new RunControl();
        List<TaskContext> contexts = TaskContext.of(tasks, budget, checkpoint.zone(), control.cancelled());
        OutletGroup outlet = resources.add(outlets.open(
                number -> new ResultTables(spec.outputs().get(number).plan().schema(), number,
                        new ResultTables.Parts(tasks, state, budget.allocator())),
                budget.allocator()));
        DataflowParts.Stages stages = engine.compiler()::compile;
        PlanOperators operators = new PlanOperators(plan,
                new PlanOperators.Lenders(tasks, state, edges, tables, stages));
        Dataflow dataflow = resources.add(new Dataflow(
                new DataflowParts(plan, spec.roots(), tasks, stages, operators), engine.pool(), contexts));
        return new Started(
                new OpenQuery(spec, plan, budget, checkpoint, state, contexts, edges, idle, inputs, staticSplits,
                        tables, outlets.actsAtOnce(), outlets.mayStayOpen(), outlet, dataflow, resources),
                control,
                recovery);
    }

    private String name() {
        return spec.name().map(name -> "query '" + name + "'").orElse("a query without a name");
    }

    private QueryCheckpoint checkpoint(ResultOutlets outlets) {
        boolean isTemporary = spec.checkpoint().isEmpty();
        if (isTemporary && !outlets.allowsTemporaryCheckpoint()) {
            throw new InvalidQuery("THW-3034", "The query into " + outlets.name()
                    + " needs a place where it survives a restart: set the option checkpointLocation to a directory of its"
                    + " own, such as checkpointLocation 'ckpt/" + spec.name().orElse("my-query") + "'.");
        }
        Path directory = spec.checkpoint().orElseGet(StartQuery::temporaryDirectory);
        if (isTemporary && !isWatched()) {
            LOG.info("{} keeps its checkpoint in {}, which is deleted when it ends; set checkpointLocation to keep it.",
                    name(), directory);
        }
        Fingerprint nodes = Fingerprint.of(plan, spec.roots());
        Fingerprint fingerprint = (outlets.keepsResult() ? nodes.withResult() : nodes).withModes(spec.modes());
        QueryCheckpoint checkpoint = QueryCheckpoint.open(directory, isTemporary, new QueryCheckpoint.Identity(
                fingerprint, QueryEnds.of(spec, engine.connectors()), plan.timeToLiveMicros()), settings,
                engine.probe());
        checkpoint.directory().recovered().cut().ifPresent(cut -> LOG.warn("The last run of {} ended in the middle of a"
                + " record of its log, which nobody had relied on: {}", name(), cut));
        return checkpoint;
    }

    /// A nameless query into the program's own code, such as a SELECT in a shell, lives while somebody looks at it; that
    /// it cannot be taken up again goes without saying.
    private boolean isWatched() {
        return spec.name().isEmpty() && spec.target() instanceof QuerySpec.Target.ToConsumer;
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("thalweg-checkpoint-");
        } catch (IOException e) {
            throw new Unavailable("THW-5065", "A temporary checkpoint cannot be made: " + e
                    + ". Check the directory that java.io.tmpdir names, or set checkpointLocation.", e);
        }
    }

    private List<SourceInput<?>> inputs(QueryCheckpoint checkpoint, Resources resources) {
        List<SourceInput<?>> inputs = new ArrayList<>();
        for (PlanNode node : plan.nodes()) {
            if (node instanceof PlanNode.Scan scan && scan.table().streaming()) {
                PlanNode.TableSource table = scan.table();
                int number = inputs.size();
                Source<?> source = engine.connectors().source(table.format()).open(table.options(), table.schema(),
                        new SourceContext(Optional.of(checkpoint.source(number)), engine.clock(), checkpoint.zone(),
                                engine.tables()));
                inputs.add(resources.add(SourceInput.of(
                        new SourceInput.Place(scan, number, new ScanRanges(plan.nodes(), checkpoint.zone()).of(scan)),
                        source,
                        settings.batchRowsMax())));
            }
        }
        return inputs;
    }

    private static void resume(Recovery recovery, List<SourceInput<?>> inputs, EdgeWatermarks edges) {
        switch (recovery) {
            case Recovery.Fresh _ -> {
            }
            case Recovery.Resume resume -> {
                resumeInputs(resume.last(), inputs);
                edges.restore(resume.watermarks());
            }
            case Recovery.Again again -> {
                again.before().ifPresent(before -> resumeInputs(before, inputs));
                edges.restore(again.last().watermarks());
            }
        }
    }

    private static void resumeInputs(TriggerRecord record, List<SourceInput<?>> inputs) {
        for (int i = 0; i < inputs.size(); i++) {
            inputs.get(i).resume(record.offsets().get(i));
        }
    }

    /// A trigger that runs again runs on as many tasks as it did, and so does the rest of this run.
    private int tasks(Recovery recovery) {
        return recovery instanceof Recovery.Again again
                ? again.last().tasks()
                : PlanOperators.tasks(plan, settings.tasks());
    }

    /// The one that the query began with: with another its watermarks could go back, and windows come out twice.
    private EngineSettings.WatermarkPolicy watermarkPolicy(Recovery recovery) {
        EngineSettings.WatermarkPolicy pinned = recovery.lastRun().map(TriggerRecord::watermarkPolicy)
                .orElse(settings.watermarkPolicy());
        if (pinned != settings.watermarkPolicy()) {
            LOG.warn(
                    "{} goes on with multipleWatermarkPolicy {}, with which it began, and not with {}; to change it, start"
                            + " with a new checkpointLocation.",
                    name(), pinned, settings.watermarkPolicy());
        }
        return pinned;
    }

    private void checkVersions(Recovery recovery, StaticTables tables) {
        Map<String, String> found = tables.versions();
        recovery.lastRun().ifPresent(record -> record.staticVersions().forEach((table, version) -> {
            String now = found.getOrDefault(table, "");
            boolean mayDiffer = tables.hasFlowed(table)
                    || (!(recovery instanceof Recovery.Again) && tables.refreshed().isRefreshedAlways(table));
            if (!now.equals(version) && !mayDiffer && !engine.takesRefresh(table, now)) {
                throw new InvalidQuery("THW-5067", "Static table '" + table
                        + "' is not what it was when this query ran last.\n    then: " + version + "\n    now:  " + now
                        + "\nPut the old files back, or take the new ones with REFRESH TABLE " + table
                        + ": they then count for rows that arrive afterwards.");
            }
        }));
    }
}
