package dev.thalweg.execution.trigger;

import dev.thalweg.execution.expression.RowIds;
import dev.thalweg.execution.memory.MemoryBudget;
import dev.thalweg.execution.trigger.OpenQuery.Resources;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.data.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/// Runs a query over what its tables hold now: one trigger, at the end of which time ends too. No checkpoint; the state is
/// gone with the run.
///
/// **Thread** the caller's, and the engine's pool. Interrupting the caller ends the run after the batch it is at.
public final class BatchRun {
    private final Engine engine;
    private final StreamPlan plan;
    private final EngineSettings settings;

    public BatchRun(Engine engine, StreamPlan plan, EngineSettings settings) {
        this.engine = engine;
        this.plan = plan;
        this.settings = settings;
    }

    /// **Errors** the query's own, with the operator
    public BatchResult run() {
        MemoryBudget budget = engine.budget("a batch query", settings);
        List<Batch> result = new ArrayList<>();
        try {
            run(budget, result);
            return new BatchResult(plan.schema(), result, budget);
        } catch (RuntimeException | Error e) { // too large a value for the heap is an answer too
            result.forEach(Batch::close);
            RuntimeException located = Thread.currentThread().isInterrupted()
                    ? TriggerCancelled.interrupted(e)
                    : OperatorFailure.located(e, "a batch query", budget);
            try {
                budget.close();
            } catch (RuntimeException leak) {
                located.addSuppressed(leak);
            }
            throw located;
        }
    }

    private void run(MemoryBudget budget, List<Batch> result) {
        long clockMillis = engine.clock().millis();
        int tasks = PlanOperators.tasks(plan, settings.tasks());
        try (Resources resources = new Resources()) {
            QueryState state = resources.add(new TransientState(budget::charge));
            StaticTables tables = resources.add(new StaticTables(engine, plan, List.of(plan.root()), settings, budget));
            tables.read(clockMillis);
            EdgeWatermarks edges = new EdgeWatermarks(plan, settings.watermarkPolicy());
            List<TaskContext> contexts = TaskContext.of(tasks, budget, settings.zone(),
                    CancelFlag.whenInterrupted(Thread.currentThread()));
            DataflowParts.Stages stages = engine.compiler()::compile;
            PlanOperators operators = new PlanOperators(plan,
                    new PlanOperators.Lenders(tasks, state, edges, tables, stages));
            Dataflow flow = resources
                    .add(new Dataflow(new DataflowParts(plan, List.of(plan.root()), tasks, stages, operators),
                            engine.pool(), contexts));
            edges.end();
            List<SplitWork> splits = tables.splits(List.of(plan.root()), clockMillis);
            flow.run(new Dataflow.Run(splits, 0, Math.multiplyExact(clockMillis, 1_000L),
                    new SplittableRandom().nextLong(), RowIds::inBatch, settings.waveBytesMax(),
                    (_, batch) -> result.add(Weights.expand(batch))),
                    edges);
        }
    }

}
