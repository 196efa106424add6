package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.Distinct;
import dev.thalweg.planner.incremental.PlanNode.DropDuplicates;
import dev.thalweg.planner.incremental.PlanNode.Exchange;
import dev.thalweg.planner.incremental.PlanNode.Expand;
import dev.thalweg.planner.incremental.PlanNode.Filter;
import dev.thalweg.planner.incremental.PlanNode.Generate;
import dev.thalweg.planner.incremental.PlanNode.JoinKind;
import dev.thalweg.planner.incremental.PlanNode.Limit;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.Scan;
import dev.thalweg.planner.incremental.PlanNode.SessionAssign;
import dev.thalweg.planner.incremental.PlanNode.SetOperation;
import dev.thalweg.planner.incremental.PlanNode.Sort;
import dev.thalweg.planner.incremental.PlanNode.StaticJoin;
import dev.thalweg.planner.incremental.PlanNode.StreamJoin;
import dev.thalweg.planner.incremental.PlanNode.TopN;
import dev.thalweg.planner.incremental.PlanNode.Union;
import dev.thalweg.planner.incremental.PlanNode.Values;
import dev.thalweg.planner.incremental.PlanNode.Watermark;
import dev.thalweg.planner.incremental.PlanNode.WindowAssign;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// Finds output columns that identify a row, where the plan guarantees some.
///
/// A key is a list of parts; any one column of a part serves, because the others follow from it: a window's start, its end
/// and the struct of both.
final class InferKey {
    private final InferChanges changes;

    InferKey(InferChanges changes) {
        this.changes = changes;
    }

    /// The columns of the key, one a part; empty when no key is known.
    Optional<List<Integer>> of(PlanNode node) {
        return parts(node)
                .map(parts -> List.copyOf(new TreeSet<>(parts.stream().map(p -> p.stream().min(Integer::compare)
                        .orElseThrow()).toList())));
    }

    private Optional<List<Set<Integer>>> parts(PlanNode node) {
        if (changes.forgets(node) && changes.of(node) == Changes.INSERT_ONLY) {
            return Optional.empty(); // a key that was forgotten comes again
        }
        return switch (node) {
            case Aggregate aggregate -> Optional.of(grouped(aggregate.input(), aggregate.keys()));
            case PlanNode.SessionAggregate session -> parts(session.groups());
            case Distinct distinct ->
                    Optional.of(
                            grouped(distinct.input(), IntStream.range(0, distinct.schema().size()).boxed().toList()));
            case DropDuplicates duplicates -> Optional.of(inPlace(duplicates.keys()));
            case Project project -> parts(project.input()).flatMap(parts -> projected(parts, project.expressions()));
            case StaticJoin join -> join.kind() == JoinKind.SEMI || join.kind() == JoinKind.ANTI
                    ? parts(join.stream())
                    : Optional.empty();
            case Filter filter -> parts(filter.input());
            case PlanNode.Lives lives -> parts(lives.input());
            case Watermark watermark -> parts(watermark.input());
            case Exchange exchange -> parts(exchange.input());
            case Sort sort -> parts(sort.input());
            case Limit limit -> parts(limit.input());
            case StreamJoin join -> joined(join);
            case PlanNode.AsofJoin join -> parts(join.left()); // each row meets one at the most
            case SetOperation set when !set.all() -> Optional.of(inPlace(set.meetBy(0)));
            case RecursiveUnion union when !union.all() -> Optional.of(inPlace(union.meetBy(0)));
            case TopN top -> top(top);
            case Over over -> parts(over.input());
            case DropWithinWatermark within -> parts(within.input()); // a key that was let go comes again
            case PlanNode.ClockFilter filter -> parts(filter.input());
            case SessionAssign session -> parts(session.input());
            case Scan _,Values _,PlanNode.RecursiveRows _,PlanNode.Recursion _,MatchRecognize _,WindowAssign _,Generate _,Expand _,Union _,SetOperation _,RecursiveUnion _ ->
                    Optional.empty();
        };
    }

    /// A pair is known by the keys of both its rows; where one side may be missing, its key is NULL, which no pair of the row has.
    /// Where either may be missing, a key that may be NULL itself does not tell a row without a left one from one without a
    /// right one.
    private Optional<List<Set<Integer>>> joined(StreamJoin join) {
        Optional<List<Set<Integer>>> left = parts(join.left());
        if (join.kind() == JoinKind.SEMI || join.kind() == JoinKind.ANTI || left.isEmpty()) {
            return left;
        }
        Optional<List<Set<Integer>>> right = parts(join.right());
        if (right.isEmpty() || (join.kind() == JoinKind.FULL && mayBeNull(left.get(), join.left().schema())
                && mayBeNull(right.get(), join.right().schema()))) {
            return Optional.empty();
        }
        int width = join.left().schema().size();
        List<Set<Integer>> both = new ArrayList<>(left.get());
        for (Set<Integer> part : right.get()) {
            both.add(part.stream().map(column -> column + width).collect(Collectors.toSet()));
        }
        return Optional.of(both);
    }

    /// Whether every part of a key may be NULL.
    private static boolean mayBeNull(List<Set<Integer>> parts, RowType row) {
        return parts.stream().allMatch(part -> part.stream().anyMatch(column -> row.field(column).nullable()));
    }

    /// The one row of a partition is known by its partition, and each of many by its number there besides.
    private Optional<List<Set<Integer>>> top(TopN top) {
        if (top.rank() == TopN.Rank.ROW_NUMBER && top.count() == 1) {
            return Optional.of(inPlace(top.partition()));
        }
        Optional<List<Set<Integer>>> input = parts(top.input());
        if (input.isPresent() || !top.withRank() || top.rank() != TopN.Rank.ROW_NUMBER) {
            return input;
        }
        List<Set<Integer>> numbered = new ArrayList<>(inPlace(top.partition()));
        numbered.add(Set.of(top.schema().size() - 1));
        return Optional.of(numbered);
    }

    private static List<Set<Integer>> inPlace(List<Integer> keys) {
        return keys.stream().map(Set::of).toList();
    }

    /// Key columns by output position; the start and the end of one window are one part.
    private static List<Set<Integer>> grouped(PlanNode input, List<Integer> keys) {
        List<Set<Integer>> parts = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            if (i + 1 < keys.size() && isWindow(input, keys.get(i), keys.get(i + 1))) {
                parts.add(Set.of(i, i + 1));
                i++;
            } else {
                parts.add(Set.of(i));
            }
        }
        return parts;
    }

    /// Whether two columns are the start and the end that one window-assign node appended.
    static boolean isWindow(PlanNode node, int start, int end) {
        return switch (node) {
            case WindowAssign window when start == window.schema().size() - 2 -> end == start + 1;
            case WindowAssign window when Math.max(start, end) < window.input().schema().size() ->
                    isWindow(window.input(), start, end);
            case PlanNode.SessionAssign session when start == session.schema().size() - 2 -> end == start + 1;
            case PlanNode.SessionAssign session when Math.max(start, end) < session.input().schema().size() ->
                    isWindow(session.input(), start, end);
            case Project project when project.expressions().get(start) instanceof Input(int first, _, _)
                    && project.expressions().get(end) instanceof Input(int second, _, _) ->
                    isWindow(project.input(), first, second);
            case Filter filter -> isWindow(filter.input(), start, end);
            case PlanNode.Lives lives -> isWindow(lives.input(), start, end);
            case Exchange exchange -> isWindow(exchange.input(), start, end);
            case Expand expand when end < expand.input().schema().size() -> isWindow(expand.input(), start, end);
            default -> false; // a rule: any other shape keeps both as parts of their own
        };
    }

    private static Optional<List<Set<Integer>>> projected(List<Set<Integer>> parts, List<Expression> expressions) {
        List<Set<Integer>> moved = new ArrayList<>();
        for (Set<Integer> part : parts) {
            Set<Integer> outputs = new HashSet<>();
            for (int i = 0; i < expressions.size(); i++) {
                if (carries(expressions.get(i), part)) {
                    outputs.add(i);
                }
            }
            if (outputs.isEmpty()) {
                return Optional.empty();
            }
            moved.add(outputs);
        }
        return Optional.of(moved);
    }

    private static boolean carries(Expression expression, Set<Integer> part) {
        return switch (expression) {
            case Input(int column, _, _) -> part.contains(column);
            case Call(String function, List<Expression> values, _, _) when function.equals("named_struct") ->
                    values.stream().anyMatch(value -> carries(value, part));
            default -> false; // a rule: a computed column does not identify
        };
    }
}
