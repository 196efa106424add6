package dev.thalweg.streaming;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.sink.TriggerInfo;
import java.util.List;

/// Takes the output of each trigger in columns, in a program's own code.
///
/// **Thread** the query's, which waits.
@FunctionalInterface
public interface TriggerOutput {
    /// Takes what one trigger gives.
    ///
    /// @param schema of the batches; in changelog mode with `_change` as its last column
    /// @param batches the trigger's output, closed afterwards by the engine; to keep one, retain it
    void accept(RowType schema, List<Batch> batches, TriggerInfo trigger);
}
