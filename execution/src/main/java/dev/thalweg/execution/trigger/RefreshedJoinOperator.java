package dev.thalweg.execution.trigger;

import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.JoinTable;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.spi.data.Batch;
import java.util.function.Function;
import java.util.function.Supplier;

/// Joins a stream with a table that may be another one from some trigger on: each row meets the version that is in force when
/// it comes, and nothing is taken back.
///
/// State: none. Changes: as they come. Cost: a look at which version there is, a batch.
final class RefreshedJoinOperator implements Operator {
    private final Supplier<JoinTable> inForce;
    private final Function<JoinTable, Operator> join;
    private JoinTable table;
    private Operator operator;

    /// @param inForce changes only between triggers
    /// @param join of one version of the table
    RefreshedJoinOperator(Supplier<JoinTable> inForce, Function<JoinTable, Operator> join) {
        this.inForce = inForce;
        this.join = join;
        this.table = inForce.get();
        this.operator = join.apply(table);
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // a version is one object
    public void push(int input, Batch batch, Downstream out) {
        JoinTable now = inForce.get();
        if (now != table) {
            Operator before = operator;
            operator = join.apply(now);
            table = now;
            before.close();
        }
        operator.push(input, batch, out);
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        operator.advance(watermark, out);
    }

    @Override
    public void close() {
        operator.close();
    }
}
