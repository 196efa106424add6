package dev.thalweg.planner.incremental;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Tells plans that cannot run because nodes with several readers would wait for each other.
///
/// Nodes that no exchange parts run together; an exchange makes the run that reads it wait for the run that feeds it.
final class PlanCircles {
    private final IdentityHashMap<PlanNode, Integer> runOf = new IdentityHashMap<>();
    private final List<Integer> joined = new ArrayList<>();
    private final Map<Integer, Set<Integer>> waitsFor = new HashMap<>();

    private PlanCircles() {}

    /// Whether rows that leave a run of nodes through an exchange would come back into it.
    static boolean isIn(List<PlanNode> roots) {
        PlanCircles circles = new PlanCircles();
        List<PlanNode.Exchange> exchanges = new ArrayList<>();
        roots.forEach(root -> circles.gather(root, circles.newRun(), exchanges));
        for (PlanNode.Exchange exchange : exchanges) {
            circles.waitsFor.computeIfAbsent(circles.run(exchange), _ -> new HashSet<>())
                    .add(circles.run(exchange.input()));
        }
        Set<Integer> done = new HashSet<>();
        return circles.waitsFor.keySet().stream().anyMatch(run -> circles.leadsBack(run, new HashSet<>(), done));
    }

    private void gather(PlanNode node, int run, List<PlanNode.Exchange> exchanges) {
        if (runOf.containsKey(node)) {
            int known = run(node);
            if (known != root(run)) {
                joined.set(root(run), known);
            }
            return;
        }
        runOf.put(node, run);
        if (node instanceof PlanNode.Exchange exchange) {
            exchanges.add(exchange);
            gather(exchange.input(), newRun(), exchanges);
        } else {
            node.inputs().forEach(input -> gather(input, run, exchanges));
        }
    }

    private int newRun() {
        joined.add(joined.size());
        return joined.size() - 1;
    }

    private int run(PlanNode node) {
        return root(runOf.getOrDefault(node, -1));
    }

    private int root(int run) {
        int root = run;
        while (joined.get(root) != root) {
            root = joined.get(root);
        }
        return root;
    }

    /// @param on the way to `run`
    /// @param done lead nowhere back
    private boolean leadsBack(int run, Set<Integer> on, Set<Integer> done) {
        if (done.contains(run)) {
            return false;
        }
        if (!on.add(run)) {
            return true;
        }
        boolean isBack = waitsFor.getOrDefault(run, Set.of()).stream().anyMatch(next -> leadsBack(next, on, done));
        on.remove(run);
        done.add(run);
        return isBack;
    }
}
