package dev.thalweg.execution.operator;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import java.util.List;
import java.util.stream.IntStream;

/// UNION ALL: passes every input on, under the names of the union.
///
/// State: none. Changes: those of its inputs.
final class UnionOperator implements Operator {
    private final RowType type;
    private final List<Integer> columns;

    UnionOperator(RowType type) {
        this.type = type;
        this.columns = IntStream.range(0, type.size()).boxed().toList();
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        out.emit(batch.project(type, columns));
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {}

    @Override
    public void close() {}
}
