package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.operator.order.Partial.Kept;
import java.util.List;

/// A place at which a [Partial] is taken while the rows around it are computed.
///
/// @param from the place of the cut before it, or of the part's beginning
/// @param to the place it lies before
/// @param isFirst whether it is the first of its part
/// @param partial what is known of it; each function adds what it keeps
record Cut(int from, int to, boolean isFirst, Partial partial) {
    /// Says what a function keeps at a cut, from what it kept at the one before.
    interface Keeping {
        Kept after(Cut cut, Kept before);
    }

    /// Adds what the next function keeps at each cut.
    ///
    /// @param slots of the batch's rows
    static void keep(List<Cut> cuts, WindowRows rows, int[] slots, Keeping keeping) {
        Kept kept = Kept.NOTHING;
        for (Cut cut : cuts) {
            if (cut.isFirst) {
                int call = cut.partial.calls().size();
                kept = rows.kept(cut.from, call).at(rows.start(cut.from).carried(call));
            }
            kept = keeping.after(cut, kept);
            cut.partial.calls().add(kept.row() < 0 ? kept : kept.at(slots[kept.row()]));
        }
    }
}
