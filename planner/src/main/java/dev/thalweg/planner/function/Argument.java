package dev.thalweg.planner.function;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.planner.type.TypeRules;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.OptionalInt;

/// What a call's result type may depend on, of one argument.
///
/// @param constant whether it is the same for all rows, as far as the query's text says
/// @param literal the value, `String` or `BigDecimal`, when it is written in the query
/// @param lambda how many parameters it has, if it is one; type and NULLs are then those of its body
public record Argument(DataType type, boolean nullable, boolean constant, Optional<Object> literal,
        OptionalInt lambda) {
    Argument(DataType type, boolean nullable, boolean constant, Optional<Object> literal) {
        this(type, nullable, constant, literal, OptionalInt.empty());
    }

    /// @param parameters how many it has
    static Argument lambda(DataType body, boolean nullable, int parameters) {
        return new Argument(body, nullable, false, Optional.empty(), OptionalInt.of(parameters));
    }

    boolean isLambda() {
        return lambda.isPresent();
    }

    public static Argument of(DataType type, boolean nullable) {
        return new Argument(type, nullable, true, Optional.empty());
    }

    /// The decimal that holds the value: a literal needs no more digits than it has.
    DataType.Decimal asDecimal() {
        if (type.isInteger() && literal.isPresent() && literal.get() instanceof BigDecimal value) {
            return new DataType.Decimal(Math.max(1, value.precision() - value.scale()), 0);
        }
        return TypeRules.asDecimal(type);
    }
}
