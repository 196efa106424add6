package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.PlanNode.Distinct;
import dev.thalweg.planner.incremental.PlanNode.Exchange;
import dev.thalweg.planner.incremental.PlanNode.JoinKind;
import dev.thalweg.planner.incremental.PlanNode.StreamJoin;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/// Leaves it to a join to tell rows apart that a DISTINCT, or a GROUP BY without aggregates, makes different right below it: the join
/// keeps the very rows, so to keep them in a table of their own too would be to look each up, write it, log it and free it
/// twice. The [Distinct] stays, for it refuses late rows by the watermark of its own edge.
///
/// Not where rows are taken back, or have a time to live; nor where the join frees a row by another time, or before the DISTINCT
/// would, for then an equal one could come again; nor where two equal rows may look different, or another node reads them too; nor
/// where all rows meet in one task, which would tell them apart alone; nor by the greatest of watermarks, where the join may be ahead
/// of the DISTINCT and would refuse equal rows one by one.
public final class KeepInJoin {
    private final Running running;
    private final InferChanges changes;
    /// What somebody else reads too: it is kept for them, and then serves the join as well.
    private final Set<PlanNode> keptAnyway = new HashSet<>();

    private KeepInJoin(Running running) {
        this.running = running;
        this.changes = new InferChanges(running);
    }

    static PlanNode in(PlanNode root, Running running) {
        if (running.timeToLiveMicros().isPresent() || running.mayRunAhead()) {
            return root;
        }
        KeepInJoin keep = new KeepInJoin(running);
        keep.gatherKept(root);
        return keep.rewritten(root);
    }

    /// Whether a join keeps each different row of an input once.
    public static boolean of(StreamJoin join, int input) {
        PlanNode below = join.inputs().get(input);
        return (below instanceof Exchange exchange ? exchange.input() : below) instanceof Distinct distinct
                && distinct.inJoin();
    }

    private PlanNode rewritten(PlanNode node) {
        List<PlanNode> inputs = new ArrayList<>();
        for (int i = 0; i < node.inputs().size(); i++) {
            PlanNode input = node.inputs().get(i);
            PlanNode copy = rewritten(input);
            inputs.add(isLeftToJoin(node, i) && !keptAnyway.contains(input)
                    ? new Distinct(copy.inputs().getFirst(), true)
                    : copy);
        }
        return NodeOver.of(node, inputs);
    }

    private void gatherKept(PlanNode node) {
        for (int i = 0; i < node.inputs().size(); i++) {
            PlanNode input = node.inputs().get(i);
            if (input instanceof Distinct && !isLeftToJoin(node, i)) {
                keptAnyway.add(input);
            }
            gatherKept(input);
        }
    }

    private boolean isLeftToJoin(PlanNode node, int input) {
        return node instanceof StreamJoin join && !join.leftKeys().isEmpty() && !RecursiveUnion.isInLoop(join)
                && join.inputs().get(input) instanceof Distinct distinct && keepsAsLong(join, input, distinct)
                && isSimple(distinct);
    }

    /// Whether the join holds a row at least as long as the DISTINCT would.
    private boolean keepsAsLong(StreamJoin join, int input, Distinct distinct) {
        if (InferBounded.of(distinct) || changes.of(distinct) != Changes.INSERT_ONLY
                || changes.timesToLive(distinct).stream().anyMatch(OptionalLong::isPresent)
                || changes.timesToLive(join).stream().anyMatch(OptionalLong::isPresent)) {
            return false;
        }
        Optional<JoinTime> time = JoinTime.of(join);
        if (time.isEmpty() || running.mode() == OutputMode.COMPLETE) { // which frees nothing
            return true;
        }
        if (showsUnmatched(join.kind(), input)) {
            return false; // a row without a time is shown, and gone, at once
        }
        int column = input == 0 ? time.get().leftColumn() : time.get().rightColumn();
        long keep = input == 0 ? time.get().leftKeep() : time.get().rightKeep();
        return keep >= 0 && InferFreeing.of(distinct).equals(OptionalInt.of(column));
    }

    private static boolean showsUnmatched(JoinKind kind, int input) {
        return switch (kind) {
            case INNER, SEMI -> false;
            case LEFT, ANTI -> input == 0;
            case RIGHT -> input == 1;
            case FULL -> true;
        };
    }

    /// Whether rows that are equal are so bit for bit.
    private static boolean isSimple(Distinct distinct) {
        return distinct.schema().fields().stream().allMatch(field -> field.type().isExact());
    }
}
