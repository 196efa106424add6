package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.PlanNode.JoinKind;
import dev.thalweg.planner.incremental.PlanNode.StreamJoin;
import java.util.List;
import java.util.Set;

/// Finds the sides of a join that keep no row: its condition is never true, and rows that match none are not shown.
///
/// Only a join that times bound is one at all then, for they say which rows are late; of any other a union has been made.
public final class NeverMatched {
    private static final List<Set<JoinKind>> SHOWN = List.of(Set.of(JoinKind.LEFT, JoinKind.FULL, JoinKind.ANTI),
            Set.of(JoinKind.RIGHT, JoinKind.FULL));

    private NeverMatched() {}

    /// Whether nothing ever comes of the rows of a side.
    ///
    /// @param side 0 for the left one, 1 for the right one
    public static boolean keepsNone(StreamJoin join, int side) {
        return !SHOWN.get(side).contains(join.kind())
                && join.condition().filter(condition -> Expressions.conjunctions(condition).stream()
                        .anyMatch(NeverMatched::isFalse)).isPresent();
    }

    static boolean isFalse(Expression part) {
        return part instanceof Literal(Object value, _) && !Boolean.TRUE.equals(value);
    }
}
