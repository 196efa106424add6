package dev.thalweg.planner.incremental;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

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
    /// @param plans at least one, all of one output mode
    public static SharedPlan of(List<StreamPlan> plans) {
        WidenScans widen = new WidenScans(plans.stream().map(StreamPlan::root).toList());
        Sharing sharing = new Sharing();
        List<StreamPlan> outputs = new ArrayList<>();
        for (StreamPlan plan : plans) {
            outputs.add(sharing.add(widen.of(plan.root()), plan));
        }
        if (hasCircle(outputs)) {
            return apart(plans);
        }
        return whole(sharing.nodes, sharing.traits, outputs);
    }

    /// Each query with nodes of its own.
    private static SharedPlan apart(List<StreamPlan> plans) {
        List<PlanNode> nodes = new ArrayList<>();
        IdentityHashMap<PlanNode, StreamPlan.Traits> traits = new IdentityHashMap<>();
        for (StreamPlan plan : plans) {
            nodes.addAll(plan.nodes());
            plan.traits().forEach(traits::put);
        }
        return whole(nodes, traits, plans);
    }

    private static SharedPlan whole(List<PlanNode> nodes, Map<PlanNode, StreamPlan.Traits> traits,
            List<StreamPlan> outputs) {
        StreamPlan first = outputs.getFirst();
        List<StreamPlan> parts = outputs.stream()
                .map(part -> new StreamPlan(part.root(), nodes, traits, part.mode(), part.key(), part.mayDelete(),
                        part.timeToLiveMicros(), part.order()))
                .toList();
        return new SharedPlan(new StreamPlan(first.root(), nodes, traits, first.mode(), first.key(),
                outputs.stream().anyMatch(StreamPlan::mayDelete), first.timeToLiveMicros(), first.order()), parts);
    }

    /// Whether rows that leave a run of nodes through an exchange would come back into it: nodes that no exchange parts are
    /// run together, and must not wait for themselves.
    private static boolean hasCircle(List<StreamPlan> outputs) {
        IdentityHashMap<PlanNode, PlanNode> runOf = new IdentityHashMap<>();
        List<PlanNode.Exchange> exchanges = new ArrayList<>();
        for (StreamPlan output : outputs) {
            gather(output.root(), output.root(), runOf, exchanges);
        }
        return exchanges.stream().anyMatch(start -> leadsBack(find(runOf, start), find(runOf, start.input()), runOf,
                exchanges, exchanges.size()));
    }

    private static void gather(PlanNode node, PlanNode run, IdentityHashMap<PlanNode, PlanNode> runOf,
            List<PlanNode.Exchange> exchanges) {
        PlanNode known = runOf.get(node);
        if (known != null) {
            runOf.put(find(runOf, run), find(runOf, node));
            return;
        }
        runOf.put(node, node.isSame(run) ? node : run);
        if (node instanceof PlanNode.Exchange exchange) {
            exchanges.add(exchange);
            gather(exchange.input(), exchange.input(), runOf, exchanges);
        } else {
            node.inputs().forEach(input -> gather(input, run, runOf, exchanges));
        }
    }

    private static PlanNode find(IdentityHashMap<PlanNode, PlanNode> runOf, PlanNode node) {
        PlanNode up = java.util.Objects.requireNonNull(runOf.get(node));
        return up.isSame(node) ? node : find(runOf, up);
    }

    /// Whether `run` is reached from `from` by reading exchanges, at most so many.
    private static boolean leadsBack(PlanNode run, PlanNode from, IdentityHashMap<PlanNode, PlanNode> runOf,
            List<PlanNode.Exchange> exchanges, int most) {
        if (from.isSame(run)) {
            return true;
        }
        return most > 0 && exchanges.stream().filter(exchange -> find(runOf, exchange).isSame(from)).anyMatch(
                exchange -> leadsBack(run, find(runOf, exchange.input()), runOf, exchanges, most - 1));
    }

    /// The nodes of the queries so far.
    private static final class Sharing {
        private final List<PlanNode> nodes = new ArrayList<>();
        private final IdentityHashMap<PlanNode, StreamPlan.Traits> traits = new IdentityHashMap<>();

        StreamPlan add(PlanNode root, StreamPlan plan) {
            List<PlanNode> free = new ArrayList<>(nodes); // a query uses a node of another at most once, as it does its own
            PlanNode shared = shared(root, free);
            StreamPlan alone = IncrementalPlanner.withTraits(shared,
                    new Running(plan.mode(), plan.timeToLiveMicros()), plan.order());
            alone.nodes().stream().filter(node -> !traits.containsKey(node)).forEach(nodes::add);
            alone.traits().forEach(traits::putIfAbsent);
            return alone;
        }

        private PlanNode shared(PlanNode node, List<PlanNode> free) {
            List<PlanNode> inputs = node.inputs().stream().map(input -> shared(input, free)).toList();
            PlanNode own = NodeOver.of(node, inputs);
            if (!isShareable(own) || RecursiveUnion.isInLoop(own)) {
                return own;
            }
            for (PlanNode other : free) {
                if (other.equals(own) && haveSame(other.inputs(), inputs)) {
                    free.removeIf(other::isSame);
                    return other;
                }
            }
            return own;
        }

        /// Below a stateless run the nodes that keep anything, or read, must be the very same.
        private static boolean haveSame(List<PlanNode> inputs, List<PlanNode> others) {
            for (int i = 0; i < inputs.size(); i++) {
                PlanNode one = inputs.get(i);
                PlanNode other = others.get(i);
                if (!one.isSame(other) && (isShareable(one) || !haveSame(one.inputs(), other.inputs()))) {
                    return false;
                }
            }
            return true;
        }

        private static boolean isShareable(PlanNode node) {
            return switch (node) {
                case PlanNode.Scan scan -> scan.table().streaming();
                case RecursiveUnion _ -> false; // each has a loop of its own
                case PlanNode.Watermark _,PlanNode.Aggregate _,PlanNode.Distinct _,PlanNode.DropDuplicates _,PlanNode.Keyed _ ->
                        true;
                case PlanNode.Values _,PlanNode.RecursiveRows _,PlanNode.Recursion _,PlanNode.Filter _,PlanNode.Project _,PlanNode.WindowAssign _,PlanNode.Generate _,PlanNode.Expand _,PlanNode.Union _,PlanNode.StaticJoin _,PlanNode.Exchange _,PlanNode.Sort _,PlanNode.Limit _ ->
                        false;
            };
        }
    }
}
