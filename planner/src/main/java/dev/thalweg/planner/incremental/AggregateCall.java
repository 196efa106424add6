package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.PlanNode.Direction;
import dev.thalweg.spi.data.DataType;
import java.util.List;
import java.util.Optional;

/// One aggregate over the rows of a group.
///
/// @param function such as `count`, `sum`, `avg`, `min`, `max`, `first`, `last`, `bool_and`, `bool_or`, `stddev_samp`,
///        `stddev_pop`, `var_samp`, `var_pop`, `collect_list`, `collect_set`; `count` without arguments counts rows
/// @param arguments columns of the input, those of `order` last
/// @param filter a BOOLEAN column of the input: only rows where it is true count
/// @param ignoreNulls for first, last and their like
/// @param constants what is the same for all rows, such as the share of a percentile
/// @param order in which rows are listed: one for each of the last arguments
public record AggregateCall(String function, List<Integer> arguments, boolean distinct, Optional<Integer> filter,
        boolean ignoreNulls, DataType type, boolean nullable, List<Expression.Literal> constants,
        List<Direction> order) {
    public AggregateCall {
        arguments = List.copyOf(arguments);
        constants = List.copyOf(constants);
        order = List.copyOf(order);
    }

    public AggregateCall(String function, List<Integer> arguments, boolean distinct, Optional<Integer> filter,
            boolean ignoreNulls, DataType type, boolean nullable) {
        this(function, arguments, distinct, filter, ignoreNulls, type, nullable, List.of(), List.of());
    }

    /// The same call of other columns.
    public AggregateCall over(List<Integer> columns, Optional<Integer> filterColumn) {
        return new AggregateCall(function, columns, distinct, filterColumn, ignoreNulls, type, nullable, constants,
                order);
    }

    /// The arguments that rows are not only listed by.
    public List<Integer> values() {
        return arguments.subList(0, arguments.size() - order.size());
    }

    /// The constants and the order as text, empty where there is neither.
    public String rest() {
        StringBuilder text = new StringBuilder();
        constants.forEach(constant -> text.append(", ").append(constant.value()));
        order.forEach(each -> text.append(each.descending() ? " DESC" : " ASC")
                .append(each.nullsFirst() ? " NULLS FIRST" : " NULLS LAST"));
        return text.toString();
    }
}
