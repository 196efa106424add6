package dev.thalweg.planner.incremental;

import dev.thalweg.spi.data.DataType;
import java.util.List;

/// One window function.
///
/// @param function `row_number`, `rank`, `dense_rank`, `percent_rank`, `cume_dist`, `ntile`, `lag`, `lead`, `first_value`,
///        `last_value`, `nth_value`, or an aggregate
/// @param arguments columns of the input
/// @param number how many rows `lag` and `lead` look away, how many tiles there are, which value `nth_value` takes; else 0
/// @param frame the rows it sees; of no meaning for ranks, lag and lead
public record OverCall(String function, List<Integer> arguments, long number, Frame frame, boolean ignoreNulls,
        DataType type,
        boolean nullable) {
    public OverCall {
        arguments = List.copyOf(arguments);
    }
}
