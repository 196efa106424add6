package dev.thalweg.planner.incremental;

import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;

/// What the rows of a match look like, and what is done with a match.
///
/// @param variables by their numbers
/// @param within a match spans less than so many microseconds
public record MatchPattern(Part pattern, List<Variable> variables, Skip skip, Rows rows, OptionalLong within) {
    public MatchPattern {
        variables = List.copyOf(variables);
    }

    /// What a row must fulfil to bear a variable.
    ///
    /// @param column of the input that says whether what depends on the row alone is fulfilled
    /// @param condition what depends on other rows as well, over `tested`
    /// @param tested the columns of `condition`
    public record Variable(String name, OptionalInt column, java.util.Optional<Expression> condition,
            List<MatchValue> tested) {
        public Variable {
            tested = List.copyOf(tested);
        }
    }

    /// A part of the pattern. What is written first is preferred.
    public sealed interface Part {
        /// One row.
        ///
        /// @param shown whether the row comes out where all rows do
        record Label(int variable, boolean shown) implements Part {}

        record Sequence(List<Part> parts) implements Part {
            public Sequence {
                parts = List.copyOf(parts);
            }
        }

        record Choice(List<Part> parts) implements Part {
            public Choice {
                parts = List.copyOf(parts);
            }
        }

        /// A part again and again.
        ///
        /// @param most empty: any number
        record Repeat(Part part, int least, OptionalInt most, boolean greedy) implements Part {}
    }

    /// Which rows come out: one a match, or all of it; then also of matches without rows, and those in no match.
    public enum Rows {
        ONE, ALL, ALL_OMIT_EMPTY, ALL_WITH_UNMATCHED
    }

    /// Where the search goes on behind a match.
    ///
    /// @param variables for FIRST and LAST
    public record Skip(To to, List<Integer> variables) {
        public Skip {
            variables = List.copyOf(variables);
        }

        /// The kind of place.
        public enum To {
            PAST_LAST_ROW, NEXT_ROW, FIRST, LAST
        }
    }

    /// How few rows can lie in a match before one that bears any of the variables.
    int rowsBefore(List<Integer> wanted) {
        int[] least = {Integer.MAX_VALUE};
        walk(pattern, 0, wanted, least);
        return least[0] == Integer.MAX_VALUE ? 0 : least[0];
    }

    /// @return the fewest rows that the part takes
    private static int walk(Part part, int before, List<Integer> wanted, int[] least) {
        return switch (part) {
            case Part.Label(int variable, _) -> {
                if (wanted.contains(variable)) {
                    least[0] = Math.min(least[0], before);
                }
                yield 1;
            }
            case Part.Sequence(List<Part> parts) -> {
                int length = 0;
                for (Part each : parts) {
                    length += walk(each, before + length, wanted, least);
                }
                yield length;
            }
            case Part.Choice(List<Part> parts) ->
                    parts.stream().mapToInt(each -> walk(each, before, wanted, least)).min().orElse(0);
            case Part.Repeat repeat -> repeat.least() * walk(repeat.part(), before, wanted, least);
        };
    }

    /// The pattern as it is written, but for what it was an abbreviation of.
    public String text() {
        return text(pattern, false);
    }

    private String text(Part part, boolean inner) {
        return switch (part) {
            case Part.Label(int variable, boolean shown) ->
                    shown ? variables.get(variable).name() : "{- " + variables.get(variable).name() + " -}";
            case Part.Sequence(List<Part> parts) -> {
                String text = String.join(" ", parts.stream().map(each -> text(each, true)).toList());
                yield inner || parts.isEmpty() ? "(" + text + ")" : text;
            }
            case Part.Choice(List<Part> parts) -> {
                String text = String.join(" | ", parts.stream().map(each -> text(each, true)).toList());
                yield inner ? "(" + text + ")" : text;
            }
            case Part.Repeat(Part each, int least, OptionalInt most, boolean greedy) -> text(each, true) + "{" + least
                    + "," + (most.isPresent() ? most.getAsInt() : "") + "}" + (greedy ? "" : "?");
        };
    }
}
