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

/// Puts a node over other inputs that have the same columns: for passes that change a few nodes of a tree.
public final class NodeOver {
    private NodeOver() {}

    public static PlanNode of(PlanNode node, List<PlanNode> inputs) {
        return switch (node) {
            case Scan _,Values _,PlanNode.RecursiveRows _ -> node;
            case PlanNode.Lives lives -> new PlanNode.Lives(inputs.getFirst(), lives.micros(), lives.relation());
            case Filter filter -> new Filter(inputs.getFirst(), filter.condition());
            case Project project -> new Project(inputs.getFirst(), project.expressions(), project.schema());
            case Watermark watermark -> new Watermark(inputs.getFirst(), watermark.column(), watermark.delayMicros());
            case WindowAssign window -> window.over(inputs.getFirst(), window.time(), window.schema());
            case Generate generate -> new Generate(inputs.getFirst(), generate.function(), generate.arguments(),
                    generate.outer(), generate.schema());
            case Expand expand -> new Expand(inputs.getFirst(), expand.projections(), expand.schema());
            case Aggregate aggregate ->
                    new Aggregate(inputs.getFirst(), aggregate.keys(), aggregate.calls(), aggregate.schema());
            case Distinct distinct -> new Distinct(inputs.getFirst(), distinct.inJoin());
            case DropDuplicates duplicates -> new DropDuplicates(inputs.getFirst(), duplicates.keys());
            case Union union -> new Union(inputs, union.schema());
            case StaticJoin join -> new StaticJoin(inputs.get(0), inputs.get(1), join.kind(), join.streamKeys(),
                    join.tableKeys(), join.condition(), join.schema());
            case PlanNode.Recursion recursion -> new PlanNode.Recursion(inputs.get(0), inputs.get(1), recursion.rows(),
                    recursion.all(), recursion.levelsMax(), recursion.schema());
            case Keyed keyed -> keyed.over(inputs);
            case Exchange exchange -> new Exchange(inputs.getFirst(), exchange.keys());
            case Sort sort -> new Sort(inputs.getFirst(), sort.keys());
            case Limit limit -> new Limit(inputs.getFirst(), limit.offset(), limit.count());
        };
    }
}
