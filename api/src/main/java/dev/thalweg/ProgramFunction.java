package dev.thalweg;

import dev.thalweg.api.java.UDF;
import dev.thalweg.planner.function.UserFunctions;
import dev.thalweg.planner.function.UserScalar;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.function.UserFunction;
import java.util.List;
import org.apache.calcite.sql.SqlOperator;
import org.jspecify.annotations.Nullable;

/// A function that a program wrote: its arguments are what a [Row] shows, its value what `createDataFrame` takes.
record ProgramFunction(String name, UDF code, DataType type, boolean nullable, boolean deterministic)
        implements
            UserFunction,
            Definition {
    /// What Spark calls a function without a name.
    static final String UNNAMED = "UDF";

    @Override
    public int arity() {
        return code.arity();
    }

    @Override
    public Body over(List<DataType> arguments) {
        return values -> {
            @Nullable
            Object[] seen = new Object[values.length];
            for (int i = 0; i < seen.length; i++) {
                seen[i] = Values.toProgram(values[i], arguments.get(i));
            }
            return kept(code.apply(seen));
        };
    }

    private @Nullable Object kept(@Nullable Object value) {
        try {
            return Values.fromProgram(value, type, true, "The value of '" + name + "'");
        } catch (ClassCastException e) {
            throw new InvalidQuery("THW-4284", "The function '" + name + "' of the program is declared as " + type.sql()
                    + ", but gave an object of " + (value == null ? "null" : value.getClass().getName()) + ": " + value
                    + ".\nGive what it is declared as, or declare it as what it gives.", e);
        }
    }

    @Override
    public Definition named(String other) {
        return new ProgramFunction(other, code, type, nullable, deterministic);
    }

    @Override
    public Definition neverNull() {
        return new ProgramFunction(name, code, type, false, deterministic);
    }

    @Override
    public Definition random() {
        return new ProgramFunction(name, code, type, nullable, false);
    }

    @Override
    public SqlOperator operator() {
        return new UserScalar(this);
    }

    @Override
    public void register(UserFunctions users, String other) {
        users.register(other, this);
    }
}
