package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.spi.data.Batch;

/// One operator into another.
record Chained(Operator first, Operator second) implements Operator {
    @Override
    public void push(int input, Batch batch, Downstream out) {
        first.push(input, batch, into(out));
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        first.advance(watermark, into(out));
        second.advance(watermark, out);
    }

    private Downstream into(Downstream out) {
        return new Downstream() {
            @Override
            public void emit(Batch batch) {
                second.push(0, batch, out);
            }

            @Override
            public void late(Batch rows) {
                out.late(rows);
            }
        };
    }

    @Override
    public void close() {
        first.close();
        second.close();
    }
}
