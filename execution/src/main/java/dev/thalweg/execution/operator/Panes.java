package dev.thalweg.execution.operator;

import java.util.Set;

/// Sliding windows cut into panes: stretches of time as long as possible, so that all times of a pane lie in the same
/// windows. What is folded by pane is combined into windows later, once a group and not once a row.
///
/// ```
/// windows of 6 that slide by 4   |-----------|           |-----------|
///                                        |-----------|           |-----------|
/// panes of 2                     |---|---|---|---|---|---|---|---|---|---|---|
/// ```
///
/// All lengths are microseconds; windows begin at `offset + k * slide`.
///
/// @param size of a window, more than `slide`
/// @param starts the columns of the folded rows that hold a window's start; in a row of a pane, the pane's
/// @param ends the same of a window's end; in a row of a pane they hold the pane's start too
public record Panes(long size, long slide, long offset, Set<Integer> starts, Set<Integer> ends) {
    public Panes {
        starts = Set.copyOf(starts);
        ends = Set.copyOf(ends);
    }

    /// How long a pane is: what windows and their distance are whole multiples of.
    public long width() {
        long greater = size;
        long divisor = slide;
        while (divisor != 0) {
            long rest = greater % divisor;
            greater = divisor;
            divisor = rest;
        }
        return greater;
    }

    /// How many windows a pane lies in, at the most.
    public long windows() {
        return (size + slide - 1) / slide;
    }

    /// The start of the last window that a pane lies in.
    public long lastStart(long pane) {
        long since = Math.floorMod(pane, slide) - Math.floorMod(offset, slide);
        return pane - (since < 0 ? since + slide : since);
    }

    /// The start of the first window that a pane lies in.
    ///
    /// @param lastStart as [#lastStart] gives it
    public long firstStart(long pane, long lastStart) {
        return lastStart - (size - 1 - (pane - lastStart)) / slide * slide;
    }
}
