package dev.thalweg.parser.tree;

import java.util.List;
import java.util.OptionalInt;
import org.apache.calcite.sql.SqlIdentifier;

/// The pattern of a `MATCH_RECOGNIZE`, as it is written.
public sealed interface RowPattern {
    /// A row for which the variable's condition holds.
    record Variable(SqlIdentifier name) implements RowPattern {}

    /// One behind the other: `A B C`; of none, the pattern `()` that matches no row.
    record Sequence(List<RowPattern> parts) implements RowPattern {
        public Sequence {
            parts = List.copyOf(parts);
        }
    }

    /// `A | B`: the first is tried first.
    record Choice(List<RowPattern> parts) implements RowPattern {
        public Choice {
            parts = List.copyOf(parts);
        }
    }

    /// `A*`, `A+`, `A?`, `A{2,3}`.
    ///
    /// @param most empty: any number
    /// @param greedy as many as can be, else as few
    record Repeat(RowPattern part, int least, OptionalInt most, boolean greedy) implements RowPattern {}

    /// `{- A -}`: the rows belong to the match, and are not shown.
    record Excluded(RowPattern part) implements RowPattern {}

    /// `PERMUTE(A, B)`: each in any order, the order written first.
    record Permutation(List<RowPattern> parts) implements RowPattern {
        public Permutation {
            parts = List.copyOf(parts);
        }
    }
}
