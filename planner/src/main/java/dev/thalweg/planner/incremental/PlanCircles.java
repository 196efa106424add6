package dev.thalweg.planner.incremental;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;

/// Tells plans that cannot run because nodes with several readers would wait for each other.
final class PlanCircles {
    private PlanCircles() {}

    /// Whether rows that leave a run of nodes through an exchange would come back into it: nodes that no exchange parts are
    /// run together, and must not wait for themselves.
    static boolean isIn(List<PlanNode> roots) {
        IdentityHashMap<PlanNode, PlanNode> runOf = new IdentityHashMap<>();
        List<PlanNode.Exchange> exchanges = new ArrayList<>();
        for (PlanNode root : roots) {
            gather(root, root, runOf, exchanges);
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
        PlanNode up = Objects.requireNonNull(runOf.get(node));
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
}
