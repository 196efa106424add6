package dev.thalweg.planner.incremental;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/// Several queries as one plan: what they have in common is there once, read once and kept once.
///
/// Shared are scans, watermarks and nodes that keep state, where everything below them is equal as well. A stream of which
/// each query reads other columns is read with all of them. Stages without state are cheap, and each query has its own.
///
/// @param whole all nodes; its root is that of the first query
/// @param outputs the queries, as parts of the whole
public record SharedPlan(StreamPlan whole, List<StreamPlan> outputs) {
    public SharedPlan {
        outputs = List.copyOf(outputs);
    }

    /// Puts plans together: what they have in common runs once.
    ///
    /// @param plans at least one, each of an output mode of its own; what runs otherwise in another mode is not shared with it
    public static SharedPlan of(List<StreamPlan> plans) {
        List<Running> running = plans.stream().map(SharedPlan::running).toList();
        return whole(again(plans, ShareNodes.in(plans.stream().map(StreamPlan::root).toList(), running)));
    }

    private static Running running(StreamPlan plan) {
        return new Running(plan.mode(), plan.timeToLiveMicros(), false); // which only the rewrites of a single plan ask for
    }

    private static List<StreamPlan> again(List<StreamPlan> plans, List<PlanNode> roots) {
        List<StreamPlan> again = new ArrayList<>();
        for (int i = 0; i < plans.size(); i++) {
            StreamPlan plan = plans.get(i);
            again.add(IncrementalPlanner.withTraits(roots.get(i), running(plan), plan.order()));
        }
        return again;
    }

    private static SharedPlan whole(List<StreamPlan> outputs) {
        List<PlanNode> nodes = new ArrayList<>();
        IdentityHashMap<PlanNode, StreamPlan.Traits> traits = new IdentityHashMap<>();
        for (StreamPlan output : outputs) {
            output.nodes().stream().filter(node -> !traits.containsKey(node)).forEach(nodes::add);
            output.traits().forEach(traits::putIfAbsent);
        }
        List<StreamPlan> parts = outputs.stream()
                .map(part -> new StreamPlan(part.root(), nodes, traits, part.mode(), part.key(), part.mayDelete(),
                        part.timeToLiveMicros(), part.order()))
                .toList();
        StreamPlan first = parts.getFirst();
        return new SharedPlan(new StreamPlan(first.root(), nodes, traits, first.mode(), first.key(),
                parts.stream().anyMatch(StreamPlan::mayDelete), first.timeToLiveMicros(), first.order()), parts);
    }
}
