package dev.thalweg.execution.trigger;

import dev.thalweg.planner.incremental.PlanNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// A run of nodes between exchanges: what one task can do without any other.
///
/// It is whole in itself (plan in, batches and watermarks in, batches out), so that it can be sent elsewhere.
///
/// @param top its last node; an [PlanNode.Exchange] or the end of the plan comes after it
/// @param exit the exchange it feeds; empty: the result of the plan
/// @param entries exchanges it reads
/// @param leaves scans and values it reads
record Fragment(PlanNode top, Optional<PlanNode.Exchange> exit, List<PlanNode.Exchange> entries,
        List<PlanNode> leaves) {
    Fragment {
        entries = List.copyOf(entries);
        leaves = List.copyOf(leaves);
    }

    /// Cuts a plan at its exchanges, those that feed before those that are fed. One task needs no exchange: one fragment.
    static List<Fragment> cut(PlanNode root, int tasks) {
        List<Fragment> fragments = new ArrayList<>();
        cut(root, Optional.empty(), tasks, fragments);
        return fragments;
    }

    private static void cut(PlanNode top, Optional<PlanNode.Exchange> exit, int tasks, List<Fragment> fragments) {
        List<PlanNode.Exchange> entries = new ArrayList<>();
        List<PlanNode> leaves = new ArrayList<>();
        collect(top, tasks, entries, leaves);
        for (PlanNode.Exchange entry : entries) {
            cut(entry.input(), Optional.of(entry), tasks, fragments);
        }
        fragments.add(new Fragment(top, exit, entries, leaves));
    }

    private static void collect(PlanNode node, int tasks, List<PlanNode.Exchange> entries, List<PlanNode> leaves) {
        switch (node) {
            case PlanNode.Exchange exchange when tasks > 1 -> entries.add(exchange);
            case PlanNode.Scan _,PlanNode.Values _,PlanNode.Recursion _ -> leaves.add(node);
            case PlanNode.StaticJoin join -> collect(join.stream(), tasks, entries, leaves); // its table is read at start
            case PlanNode.Exchange _,PlanNode.Filter _,PlanNode.Project _,PlanNode.Watermark _,PlanNode.WindowAssign _,PlanNode.Generate _,PlanNode.Expand _,PlanNode.Aggregate _,PlanNode.Distinct _,PlanNode.DropDuplicates _,PlanNode.Union _,PlanNode.Keyed _,PlanNode.Sort _,PlanNode.Limit _ ->
                    node.inputs().forEach(input -> collect(input, tasks, entries, leaves));
        }
    }
}
