package dev.thalweg.planner.incremental;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;

/// What is there twice is run once: scans of streams, watermarks and nodes that keep state become the same object where they and
/// all below them are equal. Within a query this makes both sides of a self-join see the very same input.
///
/// Stages without state are cheap and stay as often as they were written; the compiler fuses them with what reads them.
final class ShareNodes {
    private final List<PlanNode> shared = new ArrayList<>();
    private final IdentityHashMap<PlanNode, PlanNode> done = new IdentityHashMap<>();

    /// A plan in which every stream is read once; the plan itself where nodes would then wait for each other.
    static PlanNode in(PlanNode root) {
        PlanNode once = new ShareNodes().of(new WidenScans(List.of(root)).of(root));
        return PlanCircles.isIn(List.of(once)) ? root : once;
    }

    /// The same plan, with the nodes of those before it where it has equal ones.
    PlanNode of(PlanNode node) {
        PlanNode known = done.get(node);
        if (known == null) {
            known = first(NodeOver.of(node, node.inputs().stream().map(this::of).toList()));
            done.put(node, known);
        }
        return known;
    }

    private PlanNode first(PlanNode node) {
        if (!isShareable(node) || RecursiveUnion.isInLoop(node)) {
            return node;
        }
        Optional<PlanNode> other = shared.stream()
                .filter(one -> one.equals(node) && haveSame(one.inputs(), node.inputs())).findFirst();
        if (other.isEmpty()) {
            shared.add(node);
        }
        return other.orElse(node);
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
