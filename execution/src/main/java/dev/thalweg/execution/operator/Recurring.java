package dev.thalweg.execution.operator;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.List;
import java.util.OptionalInt;

/// An operator whose rows come back to it by way of the nodes below it, until none is new (WITH RECURSIVE).
///
/// Rows wait in it by level. When nothing else moves, whoever runs the plan lets the lowest level of all tasks go its round,
/// again and again; what a level brings has a higher one.
///
/// **Thread** one task.
public interface Recurring extends Operator {
    /// The lowest level of which rows wait; empty: none does.
    OptionalInt nextLevel();

    /// What of this level goes round: rows with their level as the last column, and weights. The caller closes them.
    ///
    /// @param out takes what the operator hands on at once
    List<Batch> release(int level, Downstream out);

    /// So many steps away from the first rows there must be none.
    static InvalidQuery tooDeep(String name, int levelsMax) {
        return new InvalidQuery("THW-4211", "The recursive query '" + name + "' still finds rows after " + levelsMax
                + " levels. Let a condition end it, or allow more: WITH RECURSIVE " + name
                + "(…) MAX RECURSION LEVEL " + 10L * Math.max(1, levelsMax) + " AS (…).");
    }
}
