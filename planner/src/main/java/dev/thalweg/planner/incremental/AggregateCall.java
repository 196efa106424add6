package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.PlanNode.Direction;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.function.UserAggregate;
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
/// @param user the program's function, whose name then stands behind [#OF_USER] in `function`
public record AggregateCall(String function, List<Integer> arguments, boolean distinct, Optional<Integer> filter,
        boolean ignoreNulls, DataType type, boolean nullable, List<Expression.Literal> constants,
        List<Direction> order, Optional<UserAggregate> user) {
    /// Begins the name of an aggregate of a program, so that none of ours has it.
    public static final String OF_USER = "user.";

    public AggregateCall {
        arguments = List.copyOf(arguments);
        constants = List.copyOf(constants);
        order = List.copyOf(order);
    }

    public AggregateCall(String function, List<Integer> arguments, boolean distinct, Optional<Integer> filter,
            boolean ignoreNulls, DataType type, boolean nullable, List<Expression.Literal> constants,
            List<Direction> order) {
        this(function, arguments, distinct, filter, ignoreNulls, type, nullable, constants, order, Optional.empty());
    }

    public AggregateCall(String function, List<Integer> arguments, boolean distinct, Optional<Integer> filter,
            boolean ignoreNulls, DataType type, boolean nullable) {
        this(function, arguments, distinct, filter, ignoreNulls, type, nullable, List.of(), List.of());
    }

    /// The same call of other columns.
    public AggregateCall over(List<Integer> columns, Optional<Integer> filterColumn) {
        return new AggregateCall(function, columns, distinct, filterColumn, ignoreNulls, type, nullable, constants,
                order, user);
    }

    /// The arguments that rows are not only listed by.
    public List<Integer> values() {
        return arguments.subList(0, arguments.size() - order.size());
    }

    /// The constants, the order and what a program's function keeps, as text; empty where there is none of it.
    public String rest() {
        StringBuilder text = new StringBuilder();
        constants.forEach(constant -> text.append(", ").append(constant.value()));
        order.forEach(each -> text.append(each.descending() ? " DESC" : " ASC")
                .append(each.nullsFirst() ? " NULLS FIRST" : " NULLS LAST"));
        user.ifPresent(function -> text.append(" kept as ").append(function.buffer().sql()));
        return text.toString();
    }
}
