package dev.thalweg.cli.run;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.sink.TriggerInfo;
import java.util.List;

/// Writes the result of one query.
///
/// **Thread** one at a time.
public interface ResultWriter {
    /// The whole answer of a batch query.
    void answer(RowType schema, List<Batch> batches);

    /// An answer whose rows are a name and a text each, which may be long.
    default void texts(RowType schema, List<Batch> batches) {
        answer(schema, batches);
    }

    /// What one trigger of a streaming query changed; flushed when it returns. A trigger that changed nothing is not shown.
    ///
    /// @param schema with the kind of change (`+I`, `-U`, `+U`, `-D`) as its last column
    void trigger(RowType schema, List<Batch> batches, TriggerInfo trigger);
}
