package dev.thalweg.execution.expression;

import java.util.Optional;
import java.util.Set;

/// What the operator that a stage feeds wants of it.
///
/// @param lateCheck refuses late rows at the end of the stage, on the operator's behalf
/// @param slices columns of the stage's output that the operator takes as [dev.thalweg.execution.hash.Slices]; those of
///        them that are texts and are computed where rows are packed come so
public record StageEnd(Optional<LateCheck> lateCheck, Set<Integer> slices) {
    public StageEnd {
        slices = Set.copyOf(slices);
    }

    public static StageEnd of(Optional<LateCheck> lateCheck) {
        return new StageEnd(lateCheck, Set.of());
    }
}
