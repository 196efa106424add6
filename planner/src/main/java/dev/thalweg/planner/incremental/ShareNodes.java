package dev.thalweg.planner.incremental;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;

/// What is there twice is run once: scans of streams, watermarks and nodes that keep state become the same object where they and
/// all below them are equal. Within a query this makes both sides of a self-join see the very same input.
///
/// Stages without state are cheap and stay as often as they were written; the compiler fuses them with what reads them. What
/// draws numbers stays too: each mention draws its own.
final class ShareNodes {
    private static final int APART = -1;

    /// Which of the equal nodes before it each node becomes that has any, in the order in which they are met.
    private final List<Integer> choices;
    /// What those become that are not among the choices.
    private final int otherwise;
    private final List<PlanNode> kept = new ArrayList<>();
    private final IdentityHashMap<PlanNode, PlanNode> done = new IdentityHashMap<>();
    private int met;
    /// How many equal nodes there are for the first one without a choice.
    private int options;

    private ShareNodes(List<Integer> choices, int otherwise) {
        this.choices = choices;
        this.otherwise = otherwise;
    }

    /// Plans in which every stream is read once, and what is kept is kept once. Where nodes would then wait for each other, one
    /// after the other becomes the first equal one with which none does.
    ///
    /// @param roots of plans; streams are read with the columns of all
    static List<PlanNode> in(List<PlanNode> roots) {
        if (roots.stream().anyMatch(ShareNodes::numbersRows)) {
            return roots; // rows of one source would have the same numbers in each mention
        }
        WidenScans widen = new WidenScans(roots);
        List<PlanNode> wide = roots.stream().map(widen::of).toList();
        ShareNodes sharing = new ShareNodes(List.of(), 0);
        List<PlanNode> once = sharing.all(wide);
        if (sharing.met == 0) {
            return roots;
        }
        return PlanCircles.isIn(once) ? withoutCircles(wide) : once;
    }

    private static List<PlanNode> withoutCircles(List<PlanNode> wide) {
        List<Integer> choices = new ArrayList<>();
        ShareNodes sharing = new ShareNodes(choices, APART);
        List<PlanNode> once = sharing.all(wide);
        while (sharing.met > choices.size()) {
            int choice = 0;
            choices.add(choice);
            while (choice < sharing.options && PlanCircles.isIn(new ShareNodes(choices, APART).all(wide))) {
                choices.set(choices.size() - 1, ++choice);
            }
            if (choice == sharing.options) {
                choices.set(choices.size() - 1, APART);
            }
            sharing = new ShareNodes(choices, APART);
            once = sharing.all(wide);
        }
        return once;
    }

    static boolean numbersRows(PlanNode node) {
        return CheckPlan.calls(node, "monotonically_increasing_id")
                || node.inputs().stream().anyMatch(ShareNodes::numbersRows);
    }

    private List<PlanNode> all(List<PlanNode> roots) {
        return roots.stream().map(this::of).toList();
    }

    private PlanNode of(PlanNode node) {
        PlanNode known = done.get(node);
        if (known == null) {
            known = chosen(NodeOver.of(node, node.inputs().stream().map(this::of).toList()));
            done.put(node, known);
        }
        return known;
    }

    private PlanNode chosen(PlanNode node) {
        if (!isShareable(node) || RecursiveUnion.isInLoop(node) || draws(node)) {
            return node;
        }
        List<PlanNode> equal = kept.stream().filter(one -> one.equals(node) && haveSame(one.inputs(), node.inputs()))
                .toList();
        int choice = equal.isEmpty() ? APART : choice(equal.size());
        if (choice == APART) {
            kept.add(node);
            return node;
        }
        return equal.get(choice);
    }

    private int choice(int equal) {
        int place = met++;
        if (place == choices.size()) {
            options = equal;
        }
        return place < choices.size() ? choices.get(place) : otherwise;
    }

    /// Whether chance or the clock has a say in a node, or in the stages below it.
    private static boolean draws(PlanNode node) {
        return CheckPlan.randomCall(node).isPresent()
                || (node instanceof PlanNode.Aggregate aggregate && aggregate.calls().stream()
                        .flatMap(call -> call.user().stream()).anyMatch(user -> !user.deterministic()))
                || node.inputs().stream().anyMatch(input -> !isShareable(input) && draws(input));
    }

    /// Whether chance or the clock has a say in a node, or anywhere below it.
    static boolean drawsAnywhere(PlanNode node) {
        return draws(node) || node.inputs().stream().anyMatch(ShareNodes::drawsAnywhere);
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

    /// Whether a node reads a stream, or keeps anything from one trigger to the next.
    static boolean isShareable(PlanNode node) {
        return switch (node) {
            case PlanNode.Scan scan -> scan.table().streaming();
            case RecursiveUnion _ -> false; // each has a loop of its own
            case PlanNode.Watermark _,PlanNode.Aggregate _,PlanNode.Distinct _,PlanNode.DropDuplicates _,PlanNode.Keyed _ ->
                    true;
            case PlanNode.Values _,PlanNode.RecursiveRows _,PlanNode.Recursion _,PlanNode.Filter _,PlanNode.Lives _,PlanNode.Project _,PlanNode.WindowAssign _,PlanNode.Generate _,PlanNode.Expand _,PlanNode.Union _,PlanNode.StaticJoin _,PlanNode.Exchange _,PlanNode.Sort _,PlanNode.Limit _ ->
                    false;
        };
    }
}
