package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.PlanNode.Scan;

/// Says whether a node reads no stream: all its rows are there when the query starts.
final class InferBounded {
    private InferBounded() {}

    static boolean of(PlanNode node) {
        if (node instanceof Scan scan) {
            return !scan.table().streaming();
        }
        if (node instanceof PlanNode.RecursiveRows) {
            return false;
        }
        return node.inputs().stream().allMatch(InferBounded::of);
    }
}
