package dev.thalweg.execution.expression;

import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/// The longest run of stateless nodes that ends at some node: what one [Stage] is compiled from.
///
/// @param source the first node below that is not stateless: its rows are the stage's input
/// @param nodes bottom to top; empty when the node asked for is itself not stateless
public record StageChain(PlanNode source, List<PlanNode> nodes) {
    public StageChain {
        nodes = List.copyOf(nodes);
    }

    /// Peels the stateless nodes off the top of `node`.
    public static StageChain of(PlanNode node) {
        Deque<PlanNode> nodes = new ArrayDeque<>();
        PlanNode current = node;
        while (isStateless(current)) {
            nodes.addFirst(current);
            current = current.inputs().getFirst();
        }
        return new StageChain(current, List.copyOf(nodes));
    }

    public static boolean isStateless(PlanNode node) {
        return switch (node) {
            case PlanNode.Filter _,PlanNode.Lives _,PlanNode.Project _,PlanNode.WindowAssign _,PlanNode.Generate _,PlanNode.Expand _ ->
                    true;
            case PlanNode.Scan _,PlanNode.Values _,PlanNode.RecursiveRows _,PlanNode.Watermark _,PlanNode.Aggregate _,PlanNode.Distinct _,PlanNode.DropDuplicates _,PlanNode.Union _,PlanNode.StaticJoin _,PlanNode.Recursion _,PlanNode.Keyed _,PlanNode.Exchange _,PlanNode.Sort _,PlanNode.Limit _ ->
                    false;
        };
    }

    /// The place of the topmost windows among the nodes, or -1.
    public int topmostWindow() {
        for (int i = nodes.size() - 1; i >= 0; i--) {
            if (nodes.get(i) instanceof PlanNode.WindowAssign) {
                return i;
            }
        }
        return -1;
    }

    public RowType input() {
        return source.schema();
    }

    public RowType output() {
        return nodes.isEmpty() ? source.schema() : nodes.getLast().schema();
    }

    public boolean isEmpty() {
        return nodes.isEmpty();
    }
}
