package dev.thalweg.execution.trigger;

import dev.thalweg.execution.expression.StageContext;
import dev.thalweg.execution.expression.StageInstance;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.spi.data.Batch;

/// A compiled run of stateless nodes in one task.
final class StageStep implements Step, Port, Downstream {
    private final PlanNode node;
    private final StageInstance stage;
    private final TaskContext task;
    private final PlanNode judge;
    private final Port out;
    private Watermark before = Watermark.NONE;

    /// @param node the topmost node of the run
    /// @param judge the stateful node on whose behalf late rows are refused; `node` itself where none are
    StageStep(PlanNode node, PlanNode judge, StageInstance stage, TaskContext task, Port out) {
        this.node = node;
        this.judge = judge;
        this.stage = stage;
        this.task = task;
        this.out = out;
    }

    @Override
    public PlanNode node() {
        return node;
    }

    /// The stateful node on whose behalf late rows are refused; [#node] itself where none are.
    PlanNode judge() {
        return judge;
    }

    @Override
    public void begin(Watermark watermark) {
        before = watermark;
    }

    @Override
    public void take(Batch batch) {
        try {
            stage.run(batch, new StageContext(task.evaluation(), task.allocator(), before.micros()), this);
        } catch (RuntimeException e) {
            throw OperatorFailure.at(node, e);
        }
    }

    @Override
    public void emit(Batch batch) {
        if (batch.rowCount() == 0) {
            batch.close();
            return;
        }
        out.take(batch);
    }

    @Override
    public void late(Batch rows) {
        task.late().add(judge, before, rows);
    }

    @Override
    public void advance(Watermark after) {}

    @Override
    public void close() {
        stage.close();
    }
}
