package dev.thalweg.planner.incremental;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;

/// What is there twice is run once: scans of streams, watermarks and nodes that keep state become the same object where they and
/// all below them are equal. Within a query this makes both sides of a self-join see the very same input.
///
/// Stages without state are cheap and stay as often as they were written; the compiler fuses them with what reads them. What
/// draws numbers stays too: each mention draws its own. So does what runs otherwise in one output mode than in another: an
/// aggregate that hands groups over when they are closed has no changes to give.
final class ShareNodes {
    private static final int APART = -1;

    /// Which of the equal nodes before it each node becomes that has any, in the order in which they are met.
    private final List<Integer> choices;
    /// What those become that are not among the choices.
    private final int otherwise;
    private final List<PlanNode> kept = new ArrayList<>();
    /// How each of the roots runs.
    private final List<Running> running;
    /// How each of the kept nodes runs.
    private final IdentityHashMap<PlanNode, Running> ways = new IdentityHashMap<>();
    private final Map<Running, IdentityHashMap<PlanNode, PlanNode>> done = new HashMap<>();
    private int met;
    /// How many equal nodes there are for the first one without a choice.
    private int options;

    private ShareNodes(List<Running> running, List<Integer> choices, int otherwise) {
        this.running = running;
        this.choices = choices;
        this.otherwise = otherwise;
    }

    /// A plan in which every stream is read once, and what is kept is kept once.
    static PlanNode in(PlanNode root, Running running) {
        return in(List.of(root), List.of(running)).getFirst();
    }

    /// Plans in which every stream is read once, and what is kept is kept once. Where nodes would then wait for each other, one
    /// after the other becomes the first equal one with which none does.
    ///
    /// @param roots of plans; streams are read with the columns of all
    /// @param running how each of them runs
    static List<PlanNode> in(List<PlanNode> roots, List<Running> running) {
        if (roots.stream().anyMatch(ShareNodes::numbersRows)) {
            return roots; // rows of one source would have the same numbers in each mention
        }
        WidenScans widen = new WidenScans(roots);
        List<PlanNode> wide = roots.stream().map(widen::of).toList();
        ShareNodes sharing = new ShareNodes(running, List.of(), 0);
        List<PlanNode> once = sharing.all(wide);
        if (sharing.met == 0) {
            return roots;
        }
        return PlanCircles.isIn(once) ? withoutCircles(wide, running) : once;
    }

    private static List<PlanNode> withoutCircles(List<PlanNode> wide, List<Running> running) {
        List<Integer> choices = new ArrayList<>();
        ShareNodes sharing = new ShareNodes(running, choices, APART);
        List<PlanNode> once = sharing.all(wide);
        while (sharing.met > choices.size()) {
            int choice = 0;
            choices.add(choice);
            while (choice < sharing.options && PlanCircles.isIn(new ShareNodes(running, choices, APART).all(wide))) {
                choices.set(choices.size() - 1, ++choice);
            }
            if (choice == sharing.options) {
                choices.set(choices.size() - 1, APART);
            }
            sharing = new ShareNodes(running, choices, APART);
            once = sharing.all(wide);
        }
        return once;
    }

    static boolean numbersRows(PlanNode node) {
        return CheckPlan.calls(node, "monotonically_increasing_id")
                || node.inputs().stream().anyMatch(ShareNodes::numbersRows);
    }

    private List<PlanNode> all(List<PlanNode> roots) {
        return IntStream.range(0, roots.size()).mapToObj(i -> of(roots.get(i), running.get(i))).toList();
    }

    private PlanNode of(PlanNode node, Running way) {
        IdentityHashMap<PlanNode, PlanNode> nodes = done.computeIfAbsent(way, _ -> new IdentityHashMap<>());
        PlanNode known = nodes.get(node);
        if (known == null) {
            known = chosen(NodeOver.of(node, node.inputs().stream().map(input -> of(input, way)).toList()), way);
            nodes.put(node, known);
        }
        return known;
    }

    private PlanNode chosen(PlanNode node, Running way) {
        if (!isShareable(node) || RecursiveUnion.isInLoop(node) || draws(node)) {
            return node;
        }
        List<PlanNode> equal = kept.stream().filter(one -> one.equals(node) && serves(one, node, way)).toList();
        int choice = equal.isEmpty() ? APART : choice(equal.size());
        if (choice == APART) {
            kept.add(node);
            ways.put(node, way);
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

    /// Whether a node that is kept can stand for an equal one: both run the same way, and so do the stages below; below those the
    /// nodes that keep anything, or read, are the very same.
    private boolean serves(PlanNode kept, PlanNode node, Running way) {
        return isAlike(kept, Objects.requireNonNull(ways.get(kept)), node, way);
    }

    private static boolean isAlike(PlanNode one, Running itsWay, PlanNode other, Running way) {
        boolean runsAlike = itsWay.equals(way) || IncrementalPlanner.traits(one, itsWay, new InferChanges(itsWay))
                .equals(IncrementalPlanner.traits(other, way, new InferChanges(way)));
        return runsAlike && IntStream.range(0, one.inputs().size()).allMatch(i -> {
            PlanNode input = one.inputs().get(i);
            PlanNode otherInput = other.inputs().get(i);
            return input.isSame(otherInput) || (!isShareable(input) && isAlike(input, itsWay, otherInput, way));
        });
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
