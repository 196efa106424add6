package dev.thalweg.execution.trigger;

import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.PlanNode;

/// Something that one task does with batches and with time, at one node of the plan.
///
/// **Thread** one task at a time.
sealed interface Step extends AutoCloseable permits StageStep, OperatorStep, GaugeStep {
    PlanNode node();

    /// A trigger begins.
    ///
    /// @param before W of the edge by which rows are judged
    void begin(Watermark before);

    /// All rows of the trigger have come.
    ///
    /// @param after W' of the step's input edge
    void advance(Watermark after);

    @Override
    void close();
}
