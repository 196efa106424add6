package dev.thalweg.planner.incremental;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import java.util.List;

/// What MEASURES and DEFINE are computed of: a value that depends on where in a match a row is.
public sealed interface MatchValue {
    DataType type();

    /// A column of another row; NULL where there is no such row.
    ///
    /// @param column of the input
    record Column(MatchRow row, int column, DataType type) implements MatchValue {}

    /// The variable that a row bears.
    record Classifier(MatchRow row) implements MatchValue {
        @Override
        public DataType type() {
            return Simple.STRING;
        }
    }

    /// The number of the match in its partition, from 1.
    record MatchNumber() implements MatchValue {
        @Override
        public DataType type() {
            return Simple.BIGINT;
        }
    }

    /// An aggregate over rows of the match.
    ///
    /// @param variables of rows that bear any of them
    /// @param isFinal over all of them; else over those up to the row at hand
    record Total(List<Integer> variables, boolean isFinal, OverCall call) implements MatchValue {
        public Total {
            variables = List.copyOf(variables);
        }

        @Override
        public DataType type() {
            return call.type();
        }
    }
}
