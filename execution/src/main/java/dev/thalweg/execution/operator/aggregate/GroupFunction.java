package dev.thalweg.execution.operator.aggregate;

import org.jspecify.annotations.Nullable;

/// Computes a call from the rows of one group: shown all of them, it says the answer, and is ready for the next group.
interface GroupFunction extends KeptRows.Visitor {
    /// The answer over what was shown since the last one; null for NULL.
    @Nullable
    Object result();

    /// The answer over no rows.
    default @Nullable Object ofNothing() {
        return null;
    }

    /// Whether rows are shown from the last to the first.
    default boolean backwards() {
        return false;
    }
}
