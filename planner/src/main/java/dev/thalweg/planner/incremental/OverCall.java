package dev.thalweg.planner.incremental;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.function.UserAggregate;
import java.util.List;
import java.util.Optional;

/// One window function.
///
/// @param function `row_number`, `rank`, `dense_rank`, `percent_rank`, `cume_dist`, `ntile`, `lag`, `lead`, `first_value`,
///        `last_value`, `nth_value`, or an aggregate
/// @param arguments columns of the input
/// @param number how many rows `lag` and `lead` look away, how many tiles there are, which value `nth_value` takes; else 0
/// @param frame the rows it sees; of no meaning for ranks, lag and lead
/// @param constants of an aggregate: what is the same for all rows, such as the share of a percentile
/// @param user the program's function, if it is one
public record OverCall(String function, List<Integer> arguments, long number, Frame frame, boolean ignoreNulls,
        DataType type, boolean nullable, List<Expression.Literal> constants, Optional<UserAggregate> user) {
    public OverCall {
        arguments = List.copyOf(arguments);
        constants = List.copyOf(constants);
    }

    public OverCall(String function, List<Integer> arguments, long number, Frame frame, boolean ignoreNulls,
            DataType type, boolean nullable) {
        this(function, arguments, number, frame, ignoreNulls, type, nullable, List.of(), Optional.empty());
    }

    /// The aggregate that it is, over the rows of a frame.
    public AggregateCall aggregate() {
        return new AggregateCall(function, arguments, false, Optional.empty(), ignoreNulls, type, nullable, constants,
                List.of(), user);
    }
}
