package dev.thalweg.streaming;

import dev.thalweg.Dataset;
import dev.thalweg.api.java.function.VoidFunction2;
import dev.thalweg.spi.TableOptions;
import java.util.List;
import java.util.Optional;

/// What a [DataStreamWriter] was told, when it starts.
///
/// @param format of the sink; `foreachBatch` or `foreachTrigger` is present instead of it when the program takes the rows itself
/// @param outputMode empty: that of the table written to, else `append`
/// @param trigger empty: the session's setting
public record WriteRequest<T>(Dataset<T> dataset, Optional<String> queryName, String format, TableOptions options,
        Optional<OutputMode> outputMode, Optional<Trigger> trigger, List<String> partitionBy,
        Optional<VoidFunction2<Dataset<T>, Long>> foreachBatch, Optional<TriggerOutput> foreachTrigger,
        Optional<String> table) {
    public WriteRequest {
        partitionBy = List.copyOf(partitionBy);
    }

    public OutputMode mode() {
        return outputMode.orElse(OutputMode.APPEND);
    }

    /// Starts queries; the session does.
    @FunctionalInterface
    public interface Starter<T> {
        StreamingQuery start(WriteRequest<T> request);
    }
}
