package dev.thalweg.expressions;

import dev.thalweg.Column;

/// A function of a program's: of columns, which are handed over as they are, or an aggregate of rows.
/// [dev.thalweg.functions#udf] and [dev.thalweg.functions#udaf] make one. It is immutable: what changes it gives another.
public interface UserDefinedFunction {
    /// False when it promises never to give NULL.
    boolean nullable();

    /// Whether equal arguments always give an equal value.
    boolean deterministic();

    /// A call of it.
    Column apply(Column... columns);

    /// Under a name, which plans show and checkpoints remember.
    UserDefinedFunction withName(String name);

    /// Promises never to give NULL.
    UserDefinedFunction asNonNullable();

    /// Says that equal arguments may give different values: a call is then never computed twice for a row, nor left out.
    UserDefinedFunction asNondeterministic();
}
