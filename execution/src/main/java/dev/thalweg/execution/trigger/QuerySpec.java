package dev.thalweg.execution.trigger;

import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.sink.TriggerInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A query to run: its plan, where its result goes, and when it looks for data.
///
/// @param name unique among the running queries of an engine; empty for a query that nobody names
/// @param plan its output mode is the query's
/// @param checkpoint where the query survives; empty: a temporary directory, deleted when it ends
public record QuerySpec(Optional<String> name, StreamPlan plan, Target target, TriggerPolicy policy,
        Optional<Path> checkpoint, EngineSettings settings) {

    /// Where a result goes.
    public sealed interface Target {
        /// A connector's sink, found by the name of its format.
        ///
        /// @param partitionBy columns by which the sink cuts its output
        record ToSink(String format, TableOptions options, List<String> partitionBy) implements Target {
            public ToSink {
                partitionBy = List.copyOf(partitionBy);
            }
        }

        /// A result table that the engine keeps and others query: memory sink and materialized view.
        record ToResultTable() implements Target {}

        /// The program's own code, trigger by trigger. It sees a trigger again when the process died in it.
        record ToConsumer(TriggerConsumer consumer) implements Target {}
    }

    /// Takes the output of a trigger in a program's own code (`foreachBatch`).
    public interface TriggerConsumer {
        /// Takes the output of one trigger.
        ///
        /// @param schema of the batches: the plan's, and `_change` behind it in changelog mode
        /// @param batches the trigger's output, closed by the engine afterwards; to keep one, retain it
        void accept(RowType schema, List<Batch> batches, TriggerInfo trigger);
    }
}
