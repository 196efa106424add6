package dev.thalweg.planner.incremental;

import static dev.thalweg.planner.incremental.Changes.INSERT_ONLY;
import static dev.thalweg.planner.incremental.Changes.RETRACT;

import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.Distinct;
import dev.thalweg.planner.incremental.PlanNode.DropDuplicates;
import dev.thalweg.planner.incremental.PlanNode.Exchange;
import dev.thalweg.planner.incremental.PlanNode.Expand;
import dev.thalweg.planner.incremental.PlanNode.Filter;
import dev.thalweg.planner.incremental.PlanNode.Generate;
import dev.thalweg.planner.incremental.PlanNode.Limit;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.Scan;
import dev.thalweg.planner.incremental.PlanNode.Sort;
import dev.thalweg.planner.incremental.PlanNode.StaticJoin;
import dev.thalweg.planner.incremental.PlanNode.Union;
import dev.thalweg.planner.incremental.PlanNode.Values;
import dev.thalweg.planner.incremental.PlanNode.Watermark;
import dev.thalweg.planner.incremental.PlanNode.WindowAssign;

/// Says how the output of a node can change from one trigger to the next. Bottom up, no state.
///
/// Where it cannot tell it answers `RETRACT`: always right, only slower.
final class InferChanges {
    private final OutputMode mode;

    InferChanges(OutputMode mode) {
        this.mode = mode;
    }

    Changes of(PlanNode node) {
        if (InferBounded.of(node)) {
            return INSERT_ONLY; // one trigger sees all of it
        }
        return switch (node) {
            case Scan _,Values _ -> INSERT_ONLY;
            case Filter filter -> of(filter.input());
            case Project project -> of(project.input());
            case Watermark watermark -> of(watermark.input());
            case WindowAssign window -> of(window.input());
            case Generate generate -> of(generate.input());
            case Expand expand -> of(expand.input());
            case Exchange exchange -> of(exchange.input());
            case Aggregate aggregate -> emitsOnClose(aggregate) ? INSERT_ONLY : RETRACT; // else a group takes its old row back
            case Distinct distinct -> of(distinct.input());
            case DropDuplicates duplicates -> of(duplicates.input());
            case Union union -> union.inputs().stream().map(this::of).reduce(INSERT_ONLY, Changes::and);
            case StaticJoin join -> of(join.stream());
            case Sort _,Limit _ -> RETRACT; // what was in the first rows may leave them
        };
    }

    /// Append mode hands a group over once, when the watermark has closed it.
    boolean emitsOnClose(Aggregate aggregate) {
        return mode == OutputMode.APPEND && of(aggregate.input()) == INSERT_ONLY
                && InferEventTime.of(aggregate.input()).deciding(aggregate.keys()).isPresent();
    }
}
