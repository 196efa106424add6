package dev.thalweg.planner.incremental;

import java.util.List;

/// Which row a value of a match is taken from: the first or last of those that bear some variables, and so many rows from it.
///
/// @param variables by their numbers in the pattern; of a row that bears any of them
/// @param first counted from the first of them, else from the last
/// @param offset how many of them are passed over
/// @param shift so many rows further on in the partition (PREV counts back)
/// @param isFinal of all rows of the match; else of those up to the row at hand
/// @param isCurrent in a condition: the row that is tested
public record MatchRow(List<Integer> variables, boolean first, int offset, int shift, boolean isFinal,
        boolean isCurrent) {
    public MatchRow {
        variables = List.copyOf(variables);
    }

    /// The row a condition is tested for, so many rows on.
    public static MatchRow current(List<Integer> variables, int shift) {
        return new MatchRow(variables, false, 0, shift, false, true);
    }

    @Override
    public String toString() {
        String end = isCurrent ? "row" : (isFinal ? "final " : "") + (first ? "first" : "last");
        return end + variables + (offset == 0 ? "" : " past " + offset) + (shift == 0 ? "" : " moved " + shift);
    }
}
