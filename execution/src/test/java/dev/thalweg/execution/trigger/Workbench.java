package dev.thalweg.execution.trigger;

import dev.thalweg.execution.expression.FunctionTable;
import dev.thalweg.execution.expression.StageCompiler;
import dev.thalweg.execution.trigger.QuerySpec.Target;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.source.MemoryTables;
import dev.thalweg.state.log.DurableStep;
import dev.thalweg.state.log.LogFaults;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.RootAllocator;

/// An engine on a bench: a source that a test feeds, a sink it looks into, a clock it moves, and a checkpoint that outlives
/// engines. Closing it checks that no memory is left.
final class Workbench implements AutoCloseable {
    final ManualClock clock = new ManualClock();
    final Feed feed = new Feed();
    final TakenRows taken = new TakenRows("taken");
    final TakenRows other = new TakenRows("other");
    private final RootAllocator memory = new RootAllocator();
    private final MemoryTables tables = new MemoryTables();
    private final Path checkpoint;
    private EngineSettings settings = EngineSettings.defaults().withTasks(2).withZone(ZoneOffset.UTC);
    private DurableStep.Listener steps = DurableStep.Listener.NONE;
    private LogFaults faults = LogFaults.NONE;
    private Engine engine;

    Workbench(Path checkpoint) {
        this.checkpoint = checkpoint;
        this.engine = newEngine();
    }

    private Engine newEngine() {
        return new Engine(new Engine.Environment(clock, memory, _ -> {}, tables,
                new Connectors(List.of(feed), List.of(taken, other)), new StageCompiler(new FunctionTable(List.of())),
                2,
                new CrashProbe((step, trigger) -> steps.reached(step, trigger), faults)));
    }

    Engine engine() {
        return engine;
    }

    Feed.Rows clicks() {
        return feed.rows("clicks");
    }

    Workbench with(EngineSettings changed) {
        settings = changed;
        return this;
    }

    EngineSettings settings() {
        return settings;
    }

    /// Told of every durable step; what it throws is as if the process had died there.
    void onStep(DurableStep.Listener listener) {
        steps = listener;
    }

    /// From now on logs misbehave so: another process, as [#newProcess] has it.
    void newProcess(LogFaults logFaults) {
        faults = logFaults;
        newProcess();
    }

    QueryRun start(StreamPlan plan) {
        return start(plan, new TriggerPolicy.Manual());
    }

    QueryRun start(StreamPlan plan, TriggerPolicy policy) {
        return engine.start(spec("q", plan, policy));
    }

    QuerySpec spec(String name, StreamPlan plan, TriggerPolicy policy) {
        return new QuerySpec(Optional.of(name), plan, new Target.ToSink("taken", TableOptions.none(), List.of()),
                policy,
                Optional.of(checkpoint.resolve(name)), settings);
    }

    /// The process ends and another begins: only the checkpoint, the feed and the sink are left.
    void newProcess() {
        engine.close();
        engine = newEngine();
    }

    long bytes() {
        return memory.getAllocatedMemory();
    }

    @Override
    public void close() {
        engine.close();
        tables.close();
        memory.close();
    }
}
