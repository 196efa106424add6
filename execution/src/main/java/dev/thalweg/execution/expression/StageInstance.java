package dev.thalweg.execution.expression;

import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.spi.data.Batch;

/// One task's copy of a [Stage], with its scratch memory.
///
/// **Thread** one task.
public interface StageInstance extends AutoCloseable {
    /// Runs every row of a batch through the stage.
    ///
    /// Output batches hold at most as many rows as the input, or 16,384 where rows are multiplied; weights are carried. No
    /// batch is emitted when no row is left. Refused rows go to [Downstream#late] as one batch of the stage's *input* type.
    ///
    /// @param input taken over
    /// **Errors** an `InvalidQuery` from a row names the expression that failed
    void run(Batch input, StageContext context, Downstream out);

    @Override
    void close();
}
