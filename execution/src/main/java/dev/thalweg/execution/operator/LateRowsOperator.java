package dev.thalweg.execution.operator;

import dev.thalweg.spi.data.Batch;

/// Refuses the rows that are late at its edge, and lets the others through.
///
/// State: none. Cost: one comparison a row, or nothing where a stage below has judged.
final class LateRowsOperator implements Operator {
    private final Lateness lateness;

    LateRowsOperator(Lateness lateness) {
        this.lateness = lateness;
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        out.emit(lateness.refuse(batch, out));
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        lateness.advance(watermark);
    }

    @Override
    public void close() {}
}
