package dev.thalweg.execution.operator;

import dev.thalweg.planner.incremental.PlanNode.Limit;
import dev.thalweg.spi.data.Batch;
import org.apache.arrow.memory.BufferAllocator;

/// LIMIT and OFFSET over a finished result: passes over the first rows and lets so many through, in the order of arrival.
///
/// State: none in the checkpoint, as it runs in batch queries only. Rows with weights wait for the end of the input,
/// because they may be taken back.
final class LimitOperator implements Operator {
    private final FiniteRows waiting;
    private long toSkip;
    private long toGive;

    LimitOperator(Limit limit, BufferAllocator allocator) {
        this.waiting = new FiniteRows(limit.schema(), allocator);
        this.toSkip = limit.offset();
        this.toGive = limit.count();
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        if (batch.hasWeights() || waiting.count() > 0) {
            waiting.add(batch);
        } else {
            give(batch, out);
        }
    }

    private void give(Batch batch, Downstream out) {
        int from = (int) Math.min(toSkip, batch.rowCount());
        int count = (int) Math.min(toGive, batch.rowCount() - from);
        toSkip -= from;
        toGive -= count;
        if (count == 0) {
            batch.close();
            return;
        }
        if (count == batch.rowCount()) {
            out.emit(batch);
            return;
        }
        int[] rows = new int[count];
        for (int i = 0; i < count; i++) {
            rows[i] = batch.physical(from + i);
        }
        out.emit(batch.select(rows, count));
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        if (waiting.count() > 0) {
            give(waiting.take(), out);
        }
    }

    @Override
    public void close() {
        waiting.close();
    }
}
