package dev.thalweg.execution.trigger;

import dev.thalweg.planner.explain.ExplainedResult;
import dev.thalweg.planner.incremental.OutputMode;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.sink.TriggerInfo;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// A query to run: its plan, where its results go, and when it looks for data.
///
/// @param name unique among the running queries of an engine; empty for a query that nobody names
/// @param plan all that runs; each output has an output mode of its own
/// @param outputs where its results go, at least one; all are committed together
/// @param checkpoint where the query survives; empty: a temporary directory, deleted when it ends
public record QuerySpec(Optional<String> name, StreamPlan plan, List<Output> outputs, TriggerPolicy policy,
        Optional<Path> checkpoint, EngineSettings settings) {
    public QuerySpec {
        outputs = List.copyOf(outputs);
    }

    /// A query with one result.
    public QuerySpec(Optional<String> name, StreamPlan plan, Target target, TriggerPolicy policy,
            Optional<Path> checkpoint, EngineSettings settings) {
        this(name, plan, List.of(new Output("", plan, target)), policy, checkpoint, settings);
    }

    /// One of a query's results.
    ///
    /// @param into where it goes, for people: such as `table finals`
    /// @param plan the part of the query's plan that makes it, or [LateRows#PLAN]
    public record Output(String into, StreamPlan plan, Target target) {
        /// Whether it is not what the plan gives, but what its operators refuse.
        boolean isLate() {
            return plan.root().isSame(LateRows.PLAN.root());
        }
    }

    /// Where the first result goes.
    public Target target() {
        return outputs.getFirst().target();
    }

    /// The parts of the plan that make the results.
    public List<StreamPlan> plans() {
        return results().map(Output::plan).toList();
    }

    /// How each of them is handed over.
    List<OutputMode> modes() {
        return results().map(output -> output.plan().mode()).toList();
    }

    /// The results, for people.
    public List<ExplainedResult> explained() {
        return results().map(output -> new ExplainedResult(output.into(), output.plan())).toList();
    }

    private Stream<Output> results() {
        return outputs.stream().filter(output -> !output.isLate());
    }

    /// How messages name a result; not at all where there is only one.
    Optional<String> name(int output) {
        Output result = outputs.get(output);
        int results = explained().size();
        return results == 1 || result.isLate()
                ? Optional.empty()
                : Optional.of(ExplainedResult.name(output, results, result.into(), result.plan().mode()));
    }

    /// The nodes that give the results.
    List<PlanNode> roots() {
        return plans().stream().map(StreamPlan::root).toList();
    }

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
