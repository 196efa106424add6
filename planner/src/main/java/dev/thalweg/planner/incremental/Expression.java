package dev.thalweg.planner.incremental;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.function.UserFunction;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How a value is computed from one row. Types are final: every implicit cast has become a [Cast].
///
/// A function is named as Spark SQL names it, in lower case; operators are functions too: `+ - * / % div negative`,
/// `= <> < <= > >= <=>`, `and or not`, `isnull isnotnull`, `in` (value, candidates…), `like` (value, pattern, escape),
/// `rlike`, `concat`, `array`, `map`, `named_struct` (values only, names are in the type), `element` (`a[i]`, `m[k]`).
public sealed interface Expression {
    DataType type();

    /// False when the value is known never to be null.
    boolean nullable();

    /// Column `column` of the input row.
    record Input(int column, DataType type, boolean nullable) implements Expression {}

    /// A constant.
    ///
    /// @param value as [DataType] lists it; null for NULL
    record Literal(@Nullable Object value, DataType type) implements Expression {
        @Override
        public boolean nullable() {
            return value == null;
        }
    }

    record Call(String function, List<Expression> arguments, DataType type, boolean nullable) implements Expression {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    /// A call of a program's function.
    record UserCall(UserFunction function, List<Expression> arguments) implements Expression {
        public UserCall {
            arguments = List.copyOf(arguments);
        }

        /// As texts show it.
        public String shownName() {
            return AggregateCall.OF_USER + function.name();
        }

        @Override
        public DataType type() {
            return function.type();
        }

        @Override
        public boolean nullable() {
            return function.nullable();
        }
    }

    /// ANSI cast: a value that does not fit is an error, or null with `orNull` (TRY_CAST).
    record Cast(Expression input, DataType type, boolean orNull, boolean nullable) implements Expression {}

    /// Evaluates only the branch it takes. `otherwise` empty means NULL.
    record Case(List<Branch> branches, Optional<Expression> otherwise, DataType type, boolean nullable)
            implements
                Expression {
        public Case {
            branches = List.copyOf(branches);
        }
    }

    record Branch(Expression condition, Expression result) {}

    /// Field number `field` of a STRUCT value.
    record FieldOf(Expression struct, int field, DataType type, boolean nullable) implements Expression {}

    /// What a function such as `transform` does with each element: an argument of its [Call], and nowhere else. The body may
    /// read the row, and the parameters of lambdas around.
    record Lambda(List<Parameter> parameters, Expression body) implements Expression {
        public Lambda {
            parameters = List.copyOf(parameters);
        }

        @Override
        public DataType type() {
            return body.type();
        }

        @Override
        public boolean nullable() {
            return body.nullable();
        }
    }

    /// A parameter of the nearest [Lambda] around that has one of that name and level.
    ///
    /// @param level how deep the lambda was nested in the query
    record Parameter(String name, int level, DataType type, boolean nullable) implements Expression {
        public boolean isSame(Parameter other) {
            return name.equals(other.name) && level == other.level;
        }
    }
}
