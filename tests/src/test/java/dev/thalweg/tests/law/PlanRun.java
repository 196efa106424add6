package dev.thalweg.tests.law;

import dev.thalweg.execution.trigger.Engine;
import dev.thalweg.execution.trigger.EngineSettings;
import dev.thalweg.execution.trigger.QueryRun;
import dev.thalweg.execution.trigger.QuerySpec;
import dev.thalweg.execution.trigger.TriggerPolicy;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.tests.law.QueryCase.Mode;
import dev.thalweg.tests.spec.MovableClock;
import java.nio.file.Path;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/// One run of a case on the engine below the session: trigger by trigger, with the restarts of the case in between.
final class PlanRun implements AutoCloseable {
    private final Engine engine;
    private final QueryCase query;
    private final StreamPlan plan;
    private final Place place;
    private final Emitted emitted;
    private QueryRun running;
    private int trigger;
    private int lateBefore;

    PlanRun(Engine engine, QueryCase query, StreamPlan plan, Place place) {
        this.engine = engine;
        this.query = query;
        this.plan = plan;
        this.place = place;
        this.emitted = new Emitted(query.mode());
        this.running = start();
    }

    /// Where a run keeps its things.
    ///
    /// @param memory pays for what is read of the result
    /// @param clock of the engine, which the run moves
    record Place(Path checkpoint, BufferAllocator memory, MovableClock clock) {}

    static EngineSettings settings(QueryCase query) {
        return EngineSettings.defaults().withZone(ZoneOffset.UTC).withTasks(query.tasks()).withWatermarkPolicy(
                EngineSettings.WatermarkPolicy.valueOf(query.watermarkPolicy().toUpperCase(Locale.ROOT)));
    }

    private QueryRun start() {
        QuerySpec.Target target = query.mode() == Mode.CHANGELOG
                ? new QuerySpec.Target.ToConsumer((schema, batches, number) -> emitted
                        .take(EngineRows.of(batches, schema, query.query().columns())))
                : new QuerySpec.Target.ToResultTable();
        return engine.start(new QuerySpec(Optional.of("result"), plan, target, new TriggerPolicy.Manual(),
                Optional.of(place.checkpoint()), settings(query)));
    }

    boolean hasNext() {
        return trigger < query.triggers().size();
    }

    /// The result after the next trigger, and how many rows were late so far.
    ///
    /// @param arrive lets the rows of a trigger arrive
    Interpreter.Answer next(Consumer<QueryCase.Trigger> arrive) {
        if (trigger > 0 && query.restarts().contains(trigger - 1)) {
            lateBefore += late();
            running.stop();
            running = start();
        }
        arrive.accept(query.triggers().get(trigger));
        place.clock().set(query.clock(trigger));
        running.processAllAvailable();
        trigger++;
        return new Interpreter.Answer(query.mode() == Mode.CHANGELOG ? emitted.integrated() : result(),
                lateBefore + late());
    }

    private int late() {
        return Math.toIntExact(
                running.recentProgress().stream().flatMap(progress -> progress.stateOperators().stream())
                        .mapToLong(operator -> operator.numRowsDroppedByWatermark()).sum());
    }

    private List<List<@Nullable Object>> result() {
        List<Batch> batches = running.result(place.memory());
        try {
            return EngineRows.of(batches, plan.schema(), query.query().columns());
        } finally {
            batches.forEach(Batch::close);
        }
    }

    @Override
    public void close() {
        running.stop();
        Directories.delete(place.checkpoint());
    }
}
