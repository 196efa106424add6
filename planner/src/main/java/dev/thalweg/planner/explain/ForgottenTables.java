package dev.thalweg.planner.explain;

import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.StreamPlan;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Finds rows of tables that flow into a stream once, by UNION, and that an operator with a time to live forgets like any others: they
/// do not come again, which nobody may expect of a table.
public final class ForgottenTables {
    private ForgottenTables() {}

    /// A sentence or two of each operator that does.
    ///
    /// @param results of one query
    public static List<String> of(List<StreamPlan> results) {
        Set<String> found = new LinkedHashSet<>();
        for (StreamPlan plan : results) {
            for (PlanNode node : plan.nodes()) {
                Set<String> tables = new TreeSet<>();
                for (int i = 0; i < node.inputs().size(); i++) {
                    if (plan.traits(node).timeToLive(node instanceof PlanNode.StreamJoin ? i : 0).isPresent()) {
                        passing(plan, node.inputs().get(i), tables);
                    }
                }
                if (!tables.isEmpty()) {
                    found.add(text(node, tables));
                }
            }
        }
        return new ArrayList<>(found);
    }

    private static String text(PlanNode node, Set<String> tables) {
        return "rows of " + String.join(" and ", tables) + " come once, by UNION, and " + NodeText.of(node)
                + " forgets them as it does others, when they have lived their time. If they are to stay, JOIN the table in"
                + " place of the UNION, or give what is kept of the UNION no time to live: a hint STATE_TTL('…' = 'none').";
    }

    /// The tables whose rows reach a node among those of streams, through nodes that keep nothing.
    private static void passing(StreamPlan plan, PlanNode node, Set<String> tables) {
        switch (node) {
            case PlanNode.Union union -> union.inputs().forEach(input -> {
                if (plan.traits(input).boundedInput()) {
                    names(input, tables);
                } else {
                    passing(plan, input, tables);
                }
            });
            case PlanNode.StaticJoin join -> passing(plan, join.stream(), tables);
            case PlanNode.Filter _,PlanNode.Lives _,PlanNode.Project _,PlanNode.Watermark _,PlanNode.WindowAssign _,PlanNode.Generate _,PlanNode.Expand _,PlanNode.Exchange _,PlanNode.ClockFilter _,PlanNode.Sort _ ->
                    passing(plan, node.inputs().getFirst(), tables);
            default -> {
                // a rule: other nodes forget by themselves, or make rows of their own
            }
        }
    }

    private static void names(PlanNode node, Set<String> tables) {
        switch (node) {
            case PlanNode.Scan scan -> tables.add("table " + scan.table().name());
            case PlanNode.Values _ -> tables.add("VALUES");
            default -> node.inputs().forEach(input -> names(input, tables)); // a rule: other nodes compute them
        }
    }
}
