package dev.thalweg;

import dev.thalweg.planner.function.UserFunctions;
import org.apache.calcite.sql.SqlOperator;

/// What a function of a program is to the planner.
sealed interface Definition permits ProgramFunction, ProgramAggregate {
    boolean nullable();

    boolean deterministic();

    Definition named(String name);

    Definition neverNull();

    Definition random();

    /// What stands in a syntax tree for a call of it.
    SqlOperator operator();

    void register(UserFunctions users, String name);
}
