package dev.thalweg.execution.trigger;

import dev.thalweg.execution.operator.Recurring;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.RecursiveRows;
import dev.thalweg.planner.incremental.RecursiveUnion;
import dev.thalweg.spi.data.Batch;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// The recursive queries of a plan, whose rows go round until none is new.
///
/// **Thread** the trigger thread, while tasks rest; a [Turn] is run by the tasks.
final class RecursiveLoops {
    private final List<RecursiveUnion> unions;
    private final IdentityHashMap<PlanNode, RecursiveUnion> loopOf = new IdentityHashMap<>();
    private final IdentityHashMap<PlanNode, Integer> order = new IdentityHashMap<>();

    private RecursiveLoops(List<RecursiveUnion> unions) {
        this.unions = unions;
        unions.forEach(union -> union.loop().forEach(node -> loopOf.put(node, union)));
    }

    static RecursiveLoops of(List<PlanNode> roots) {
        List<RecursiveUnion> unions = new ArrayList<>();
        roots.forEach(root -> collect(root, unions));
        RecursiveLoops loops = new RecursiveLoops(unions);
        if (!unions.isEmpty()) {
            roots.forEach(loops::place);
        }
        return loops;
    }

    private static void collect(PlanNode node, List<RecursiveUnion> unions) {
        if (node instanceof RecursiveUnion union && unions.stream().noneMatch(union::isSame)) {
            unions.add(union);
        }
        node.inputs().forEach(input -> collect(input, unions));
    }

    /// Inputs before their consumers, and what comes into a loop from outside before any of its nodes.
    private void place(PlanNode node) {
        if (order.containsKey(node)) {
            return;
        }
        RecursiveUnion loop = loopOf.get(node);
        if (loop != null) {
            loop.outside().forEach(this::place);
            loop.loop().forEach(member -> order.putIfAbsent(member, order.size()));
        } else {
            node.inputs().forEach(this::place);
            order.putIfAbsent(node, order.size());
        }
    }

    /// Brings the steps of a fragment into an order in which they can move on in time.
    void arrange(List<Step> steps) {
        if (!unions.isEmpty()) {
            steps.sort(Comparator.comparing(step -> order.getOrDefault(step.node(), 0)));
        }
    }

    boolean isInLoop(Step step) {
        return loopOf.containsKey(step.node());
    }

    /// Whether two steps are of one loop, or both of none.
    boolean isSame(Step one, Step other) {
        RecursiveUnion loop = loopOf.get(one.node());
        RecursiveUnion next = loopOf.get(other.node());
        return loop == null ? next == null : next != null && loop.isSame(next);
    }

    /// What goes round next: of the first query that has any, the lowest level.
    ///
    /// @param copies of each fragment, one a task
    Optional<Turn> next(List<List<FragmentTask>> copies) {
        for (RecursiveUnion union : unions) {
            List<OperatorStep> steps = steps(union, copies);
            OptionalInt level = steps.stream().map(step -> ((Recurring) step.operator()).nextLevel())
                    .filter(OptionalInt::isPresent).mapToInt(OptionalInt::getAsInt).min();
            if (level.isPresent()) {
                return Optional.of(new Turn(steps, entrances(union, copies), level.getAsInt()));
            }
        }
        return Optional.empty();
    }

    private static List<OperatorStep> steps(RecursiveUnion union, List<List<FragmentTask>> copies) {
        return copies.stream().flatMap(List::stream).flatMap(task -> task.steps().stream())
                .filter(step -> step.node().isSame(union) && step instanceof OperatorStep)
                .map(OperatorStep.class::cast).toList();
    }

    /// For each place where rows come back, the ports of all tasks.
    private static List<List<Port>> entrances(RecursiveUnion union, List<List<FragmentTask>> copies) {
        List<List<Port>> entrances = new ArrayList<>();
        for (RecursiveRows rows : union.rows()) {
            copies.stream().filter(tasks -> tasks.getFirst().hasLeaf(rows)).findFirst()
                    .ifPresent(tasks -> entrances.add(tasks.stream().map(task -> task.leaf(rows)).toList()));
        }
        return entrances;
    }

    /// The rows of one level on their way back.
    ///
    /// @param steps the operator that gives them, in each task
    /// @param entrances where they go, each with a port a task
    record Turn(List<OperatorStep> steps, List<List<Port>> entrances, int level) {
        /// Does what one task has to do.
        void run(int task) {
            Iterator<Batch> batches = steps.get(task).release(level).iterator();
            try {
                while (batches.hasNext()) {
                    try (Batch batch = batches.next()) {
                        entrances.forEach(ports -> ports.get(task).take(batch.retain()));
                    }
                }
            } finally {
                batches.forEachRemaining(Batch::close);
            }
        }
    }
}
