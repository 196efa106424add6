package dev.thalweg.execution.trigger;

import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.spi.data.Batch;

/// Works on rows that are all there when a query starts: in the first trigger, at whose end it is closed with its state. A
/// query that goes on after that has nothing for it to do.
///
/// State: that of the operator within, for the first trigger only; none of it is in the checkpoint.
final class FirstTriggerOperator implements Operator {
    private final Operator operator;
    private final TransientState state;
    private boolean isOver;

    /// @param state of the operator; both are taken over
    FirstTriggerOperator(Operator operator, TransientState state) {
        this.operator = operator;
        this.state = state;
    }

    /// In a query whose first trigger is over.
    static Operator over() {
        return new Operator() {
            @Override
            public void push(int input, Batch batch, Downstream out) {
                batch.close();
                throw new IllegalStateException("rows that were read once came again");
            }

            @Override
            public void advance(Watermark watermark, Downstream out) {}

            @Override
            public void close() {}
        };
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        operator.push(input, batch, out);
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        if (!isOver) {
            operator.advance(watermark, out);
            close();
        }
    }

    @Override
    public void close() {
        if (!isOver) {
            isOver = true;
            operator.close();
            state.close();
        }
    }
}
