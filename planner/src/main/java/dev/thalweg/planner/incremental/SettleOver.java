package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Cast;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.OverReach.Distance;
import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.AsofJoin;
import dev.thalweg.planner.incremental.PlanNode.Filter;
import dev.thalweg.planner.incremental.PlanNode.JoinKind;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.planner.incremental.PlanNode.StaticJoin;
import dev.thalweg.planner.incremental.PlanNode.StreamJoin;
import dev.thalweg.planner.incremental.PlanNode.TopN;
import dev.thalweg.planner.incremental.PlanNode.Union;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/// Marks, in append mode, each OVER whose rows are final once the watermark has passed them: ordered by event time first, it
/// looks at what is there by then. First rows in the order of time are final then too: they become a filter on what OVER says.
/// One pass, bottom up.
///
/// One whose partitions hold the event time is left as it is: it closes with its partition.
final class SettleOver {
    private final InferChanges changes = new InferChanges(Running.in(OutputMode.APPEND));

    private SettleOver() {}

    static PlanNode in(PlanNode root, OutputMode mode) {
        return mode == OutputMode.APPEND ? new SettleOver().settled(root) : root;
    }

    private PlanNode settled(PlanNode node) {
        PlanNode copy = NodeOver.of(node, node.inputs().stream().map(this::settled).toList());
        return switch (copy) {
            case Over over when isFinalByTime(over) -> byTime(over);
            case TopN top when isFinalByTime(ranks(top)) -> filtered(top, byTime(ranks(top)));
            default -> copy; // a rule: other nodes stay
        };
    }

    private static Over byTime(Over over) {
        return new Over(over.input(), over.partition(), over.order(), over.calls(), over.schema(), true);
    }

    /// The rows with the rank by which the first are known.
    private static Over ranks(TopN top) {
        Literal none = new Literal(null, Simple.VOID);
        Frame frame = new Frame(Frame.Unit.ROWS, new Frame.Bound(Frame.Side.UNBOUNDED_PRECEDING, none),
                new Frame.Bound(Frame.Side.CURRENT, none));
        String function = top.rank().name().toLowerCase(Locale.ROOT);
        OverCall rank = new OverCall(function, List.of(), 0, frame, false, Simple.INT, false);
        return new Over(top.input(), top.partition(), top.order(), List.of(rank), top.withRank()
                ? top.schema()
                : PlanNode.appended(top.input().schema(), List.of(new Field(function, Simple.INT, false))));
    }

    private static PlanNode filtered(TopN top, Over over) {
        int width = top.input().schema().size();
        Expression rank = new Cast(Expressions.input(over.schema(), width), Simple.BIGINT, false, false);
        List<Expression> tests = new ArrayList<>();
        if (top.offset() > 0) {
            tests.add(compared(rank, ">", top.offset()));
        }
        if (top.count() < Long.MAX_VALUE - top.offset()) {
            tests.add(compared(rank, "<=", top.offset() + top.count()));
        }
        PlanNode rows = tests.isEmpty() ? over : new Filter(over, Expressions.and(tests));
        return top.withRank() ? rows : new Project(rows, Expressions.inputs(top.schema()), top.schema());
    }

    private static Expression compared(Expression rank, String operator, long bound) {
        return new Call(operator, List.of(rank, new Literal(bound, Simple.BIGINT)), Simple.BOOLEAN, false);
    }

    private boolean isFinalByTime(Over over) {
        return !InferBounded.of(over) && isByTime(over) && !comesTooLate(over) && !waitsForRows(over)
                && InferFreeing.of(over).isEmpty() && changes.of(over.input()) == Changes.INSERT_ONLY;
    }

    /// Whether the rows lie in the order of a time that the watermark speaks of.
    static boolean isByTime(Over over) {
        if (over.order().isEmpty()) {
            return false;
        }
        SortKey first = over.order().getFirst();
        EventTime.Role role = InferEventTime.of(over.input()).columns().get(first.column());
        return !first.descending() && (role == EventTime.Role.TIME || role == EventTime.Role.WINDOW_END);
    }

    /// Whether a join below gives rows without a time, long after others of their place have been told: they come first.
    static boolean comesTooLate(Over over) {
        SortKey first = over.order().getFirst();
        return first.nullsFirst() && joinLeavesOut(over.input(), first.column());
    }

    /// Whether an outer join puts NULL where a column has an event time.
    private static boolean joinLeavesOut(PlanNode node, int column) {
        return switch (node) {
            case Project project -> Expressions.inputsOf(project.expressions().get(column)).stream()
                    .anyMatch(input -> joinLeavesOut(project.input(), input));
            case Aggregate aggregate -> joinLeavesOut(aggregate.input(), aggregate.keys().get(column));
            case StaticJoin join -> join.kind() == JoinKind.RIGHT || join.kind() == JoinKind.FULL
                    || joinLeavesOut(join.stream(), column);
            case StreamJoin join -> joinLeavesOut(join.left(), join.right(), join.kind(), column);
            case AsofJoin join -> joinLeavesOut(join.left(), join.right(), join.kind(), column);
            case Union union -> union.inputs().stream().anyMatch(input -> joinLeavesOut(input, column));
            case MatchRecognize _ -> true; // a value may be taken from no row
            default -> !node.inputs().isEmpty() && column < node.inputs().getFirst().schema().size()
                    && joinLeavesOut(node.inputs().getFirst(), column);
        };
    }

    private static boolean joinLeavesOut(PlanNode left, PlanNode right, JoinKind kind, int column) {
        int width = left.schema().size();
        return column < width
                ? kind == JoinKind.RIGHT || kind == JoinKind.FULL || joinLeavesOut(left, column)
                : kind == JoinKind.LEFT || kind == JoinKind.FULL || joinLeavesOut(right, column - width);
    }

    /// Whether a row may have to wait for others of which no time says when they come.
    static boolean waitsForRows(Over over) {
        OverReach reach = OverReach.of(over);
        Distance ahead = reach.ahead();
        return reach.whole() || ahead.rows() > 0 || ahead.groups() > 0;
    }
}
