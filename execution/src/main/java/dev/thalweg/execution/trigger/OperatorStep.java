package dev.thalweg.execution.trigger;

import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.Recurring;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.spi.data.Batch;
import java.util.List;

/// An operator in one task, between its inputs' ports and the port it emits to.
final class OperatorStep implements Step, Downstream {
    private final PlanNode node;
    private final Operator operator;
    private final TaskContext task;
    private final Port out;
    private Watermark before = Watermark.NONE;

    OperatorStep(PlanNode node, Operator operator, TaskContext task, Port out) {
        this.node = node;
        this.operator = operator;
        this.task = task;
        this.out = out;
    }

    @Override
    public PlanNode node() {
        return node;
    }

    Operator operator() {
        return operator;
    }

    /// Where batches of input number `input` go in.
    Port port(int input) {
        return batch -> push(input, batch);
    }

    private void push(int input, Batch batch) {
        checkCancelled(batch);
        try {
            operator.push(input, batch, this);
        } catch (RuntimeException e) {
            throw OperatorFailure.at(node, e);
        }
    }

    /// Each batch, taken or made, is a chance to stop: of one that is read there may come millions.
    private void checkCancelled(Batch batch) {
        try {
            task.checkCancelled();
        } catch (TriggerCancelled e) {
            batch.close();
            throw e;
        }
    }

    /// What of this level goes round, of an operator whose rows come back to it; the caller closes it.
    List<Batch> release(int level) {
        try {
            return ((Recurring) operator).release(level, this);
        } catch (RuntimeException e) {
            throw OperatorFailure.at(node, e);
        }
    }

    @Override
    public void begin(Watermark watermark) {
        before = watermark;
    }

    @Override
    public void advance(Watermark after) {
        try {
            operator.advance(after, this);
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
        checkCancelled(batch);
        out.take(batch);
    }

    @Override
    public void late(Batch rows) {
        task.late().add(node, before, rows);
    }

    @Override
    public void close() {
        operator.close();
    }
}
