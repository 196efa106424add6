package dev.thalweg;

import dev.thalweg.expressions.UserDefinedFunction;
import org.apache.calcite.sql.SqlOperator;

/// A function that a program made, with what stands for it in expressions.
final class DefinedFunction implements UserDefinedFunction {
    private final Definition definition;
    private final SqlOperator operator;

    DefinedFunction(Definition definition) {
        this.definition = definition;
        this.operator = definition.operator();
    }

    Definition definition() {
        return definition;
    }

    @Override
    public boolean nullable() {
        return definition.nullable();
    }

    @Override
    public boolean deterministic() {
        return definition.deterministic();
    }

    @Override
    public Column apply(Column... columns) {
        return new Column(operator.createCall(Column.HERE, Column.trees(columns)));
    }

    @Override
    public UserDefinedFunction withName(String name) {
        return new DefinedFunction(definition.named(name));
    }

    @Override
    public UserDefinedFunction asNonNullable() {
        return new DefinedFunction(definition.neverNull());
    }

    @Override
    public UserDefinedFunction asNondeterministic() {
        return new DefinedFunction(definition.random());
    }
}
