package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.EventTime.Role;
import dev.thalweg.planner.incremental.PlanNode.Exchange;
import dev.thalweg.planner.incremental.PlanNode.Filter;
import dev.thalweg.planner.incremental.PlanNode.JoinKind;
import dev.thalweg.planner.incremental.PlanNode.Limit;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.StreamJoin;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// Makes first rows of a join of rows with the greatest or least value of their own group: `b JOIN (SELECT k, max(v) AS m FROM b
/// GROUP BY k) g ON b.k = g.k AND b.v = g.m` are the rows of `b` with `rank() OVER (PARTITION BY k ORDER BY v DESC) = 1`. Of rows
/// that only come no more is kept then than these, where the join keeps all. [ExtremeJoin] says which joins are such.
///
/// **Source** the idea: C. Zuzarte and others, WinMagic: subquery elimination using window aggregation, SIGMOD 2003.
final class KeepExtremes {
    private final Running running;

    private KeepExtremes(Running running) {
        this.running = running;
    }

    /// A query with a time to live stays as it is: it says how long each operator that it names keeps what.
    static PlanNode in(PlanNode root, Running running) {
        return running.timeToLiveMicros().isPresent() ? root : new KeepExtremes(running).rewritten(root, false);
    }

    /// @param timeCounts whether a node above goes by event times
    private PlanNode rewritten(PlanNode node, boolean timeCounts) {
        boolean passesOn = switch (node) {
            case Project _,Filter _,Limit _,Exchange _ -> timeCounts;
            default -> true; // a rule: what keeps anything may be freed by time
        };
        PlanNode copy = NodeOver.of(node,
                node.inputs().stream().map(input -> rewritten(input, passesOn)).toList());
        return copy instanceof StreamJoin join
                ? firstRows(join).filter(rows -> serves(rows, join, timeCounts))
                        .map(PlanNode.class::cast)
                        .orElse(join)
                : copy;
    }

    /// Of the rows of either side.
    private static Optional<PlanNode> firstRows(StreamJoin join) {
        Optional<PlanNode> rows = ExtremeJoin.of(join).flatMap(ExtremeJoin::firstRows);
        return rows.isEmpty() && join.kind() == JoinKind.INNER
                ? ExtremeJoin.of(turned(join)).flatMap(ExtremeJoin::firstRows).map(found -> turnedBack(found, join))
                : rows;
    }

    /// The same join with its sides in the other order.
    private static StreamJoin turned(StreamJoin join) {
        int left = join.left().schema().size();
        int right = join.right().schema().size();
        int[] position = IntStream.range(0, left + right).map(i -> i < left ? i + right : i - left).toArray();
        List<Integer> columns = IntStream.range(0, left + right).map(i -> i < right ? i + left : i - right).boxed()
                .toList();
        PlanNode one = join.right();
        PlanNode other = join.left();
        List<Integer> keys = join.rightKeys();
        List<Integer> otherKeys = join.leftKeys();
        return new StreamJoin(one, other, join.kind(), keys, otherKeys,
                join.condition().map(condition -> Expressions.move(condition, position)),
                join.schema().select(columns));
    }

    private static PlanNode turnedBack(PlanNode rows, StreamJoin join) {
        int right = join.right().schema().size();
        List<Expression> columns = IntStream.range(0, join.schema().size()).mapToObj(i -> (Expression) Expressions
                .input(rows.schema(), i < join.left().schema().size() ? i + right : i - join.left().schema().size()))
                .toList();
        return new Project(rows, columns, join.schema());
    }

    /// Whether the first rows can stand where the join stood.
    private boolean serves(PlanNode rows, StreamJoin join, boolean timeCounts) {
        boolean isFinal = running.mode() != OutputMode.APPEND
                || new InferChanges(running).of(rows) == Changes.INSERT_ONLY;
        return isFinal && (!timeCounts || keepsTimes(InferEventTime.of(rows), InferEventTime.of(join)));
    }

    private static boolean keepsTimes(EventTime now, EventTime before) {
        Map<Integer, Role> roles = before.columns();
        return roles.keySet().stream().allMatch(column -> roles.get(column) == now.columns().get(column)
                && now.lag(column) <= before.lag(column));
    }
}
