package dev.thalweg.execution.expression;

import dev.thalweg.execution.operator.Panes;
import java.util.Optional;
import java.util.Set;

/// What the operator that a stage feeds wants of it.
///
/// @param lateCheck refuses late rows at the end of the stage, on the operator's behalf
/// @param slices columns of the stage's output that the operator takes as [dev.thalweg.execution.hash.Slices]; those of
///        them that are texts and are computed where rows are packed come so
/// @param panes of the stage's topmost windows: the operator wants each row once, with its pane for a window, and puts it
///        into the windows itself; a row that no window takes any more is left out
public record StageEnd(Optional<LateCheck> lateCheck, Set<Integer> slices, Optional<Panes> panes) {
    public StageEnd {
        slices = Set.copyOf(slices);
    }

    public static StageEnd of(Optional<LateCheck> lateCheck) {
        return new StageEnd(lateCheck, Set.of(), Optional.empty());
    }
}
