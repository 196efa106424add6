package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.PlanNode.Keyed;
import dev.thalweg.planner.incremental.PlanNode.RecursiveRows;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The rows of a query that reads itself, over streams: those of the anchor, and what the step makes of them, and of that, and so
/// on. They come back to the step as its [RecursiveRows], each with its level: how many steps it is away from the anchor.
///
/// The nodes that rows pass on their way round, the loop, hand on what they make at once: filters, projections, UNION ALL
/// and inner joins. What they are joined with may be anything.
///
/// @param step has the columns of the anchor, and behind them the level of the row that it was made of
/// @param all with duplicates; else a row that was there is not new
/// @param levelsMax how many levels there may be
public record RecursiveUnion(PlanNode anchor, PlanNode step, String name, boolean all, int levelsMax, RowType schema)
        implements
            Keyed {
    @Override
    public List<PlanNode> inputs() {
        return List.of(anchor, step);
    }

    @Override
    public List<Integer> meetBy(int input) {
        return IntStream.range(0, schema.size()).boxed().toList();
    }

    @Override
    public RecursiveUnion over(List<PlanNode> inputs) {
        return new RecursiveUnion(inputs.get(0), inputs.get(1), name, all, levelsMax, schema);
    }

    /// Where the rows come back to the step.
    public List<RecursiveRows> rows() {
        return loop().stream().filter(RecursiveRows.class::isInstance).map(RecursiveRows.class::cast).toList();
    }

    /// The nodes that rows pass on their way round, inputs before those they feed; this node is the last.
    public List<PlanNode> loop() {
        List<PlanNode> loop = new ArrayList<>();
        addLoop(step, loop);
        loop.add(this);
        return loop;
    }

    /// What comes into the loop from outside: the anchor, and what the step joins with.
    public List<PlanNode> outside() {
        List<PlanNode> outside = new ArrayList<>();
        List<PlanNode> loop = loop();
        for (PlanNode node : loop) {
            node.inputs().stream().filter(input -> loop.stream().noneMatch(input::isSame)).forEach(outside::add);
        }
        return outside;
    }

    private static void addLoop(PlanNode node, List<PlanNode> loop) {
        if (isInLoop(node)) {
            node.inputs().forEach(input -> addLoop(input, loop));
            loop.add(node);
        }
    }

    /// Whether rows that come back pass a node. Another query that reads itself has rows of its own.
    public static boolean isInLoop(PlanNode node) {
        return node instanceof RecursiveRows
                || (!(node instanceof RecursiveUnion) && node.inputs().stream().anyMatch(RecursiveUnion::isInLoop));
    }

    /// The query whose rows pass a node.
    public static Optional<RecursiveUnion> around(PlanNode node, List<PlanNode> plan) {
        return plan.stream().filter(RecursiveUnion.class::isInstance).map(RecursiveUnion.class::cast)
                .filter(union -> union.loop().stream().anyMatch(node::isSame)).findFirst();
    }
}
