package dev.thalweg.execution.operator;

import dev.thalweg.spi.data.Batch;

/// What must hold besides equal keys, compiled. **Thread** one task.
public interface JoinCondition extends AutoCloseable {
    /// Says which joined rows match.
    ///
    /// @param joined the stream's columns followed by the table's; taken over
    /// @return one BOOLEAN column, a row for each row of `joined` in order; the caller closes it
    Batch evaluate(Batch joined);

    @Override
    void close();
}
