package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.Distinct;
import dev.thalweg.planner.incremental.PlanNode.DropDuplicates;
import dev.thalweg.planner.incremental.PlanNode.Exchange;
import dev.thalweg.planner.incremental.PlanNode.Expand;
import dev.thalweg.planner.incremental.PlanNode.Filter;
import dev.thalweg.planner.incremental.PlanNode.Generate;
import dev.thalweg.planner.incremental.PlanNode.Keyed;
import dev.thalweg.planner.incremental.PlanNode.Limit;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.Scan;
import dev.thalweg.planner.incremental.PlanNode.Sort;
import dev.thalweg.planner.incremental.PlanNode.StaticJoin;
import dev.thalweg.planner.incremental.PlanNode.Union;
import dev.thalweg.planner.incremental.PlanNode.Values;
import dev.thalweg.planner.incremental.PlanNode.Watermark;
import dev.thalweg.planner.incremental.PlanNode.WindowAssign;
import java.util.List;

/// Puts other inputs, which have the same columns, under a node.
final class Inputs {
    private Inputs() {}

    static PlanNode replaced(PlanNode node, List<PlanNode> inputs) {
        return switch (node) {
            case Scan _,Values _ -> node;
            case Filter filter -> new Filter(inputs.getFirst(), filter.condition());
            case Project project -> new Project(inputs.getFirst(), project.expressions(), project.schema());
            case Watermark watermark ->
                    new Watermark(inputs.getFirst(), watermark.column(), watermark.delayMicros());
            case WindowAssign w ->
                    new WindowAssign(inputs.getFirst(), w.time(), w.size(), w.slide(), w.offset(), w.schema());
            case Generate g -> new Generate(inputs.getFirst(), g.function(), g.arguments(), g.outer(), g.schema());
            case Expand expand -> new Expand(inputs.getFirst(), expand.projections(), expand.schema());
            case Union union -> new Union(inputs, union.schema());
            case Exchange exchange -> new Exchange(inputs.getFirst(), exchange.keys());
            case Aggregate a -> new Aggregate(inputs.getFirst(), a.keys(), a.calls(), a.schema());
            case Distinct _ -> new Distinct(inputs.getFirst());
            case DropDuplicates duplicates -> new DropDuplicates(inputs.getFirst(), duplicates.keys());
            case StaticJoin join -> new StaticJoin(inputs.get(0), inputs.get(1), join.kind(), join.streamKeys(),
                    join.tableKeys(), join.condition(), join.schema());
            case Keyed keyed -> keyed.over(inputs);
            case Sort sort -> new Sort(inputs.getFirst(), sort.keys());
            case Limit limit -> new Limit(inputs.getFirst(), limit.offset(), limit.count());
        };
    }
}
