package dev.thalweg.execution.expression.function;

import dev.thalweg.spi.error.InvalidQuery;
import org.jspecify.annotations.Nullable;

/// What is wrong with a function's argument, in the words of the query's author.
final class Reject {
    private static final int SHOWN_MAX = 60;

    private Reject() {}

    /// @param expected what would be right, with an example
    static InvalidQuery argument(String function, String parameter, @Nullable Object value, String expected) {
        return new InvalidQuery("THW-4005", "The %s of %s is '%s', but must be %s.".formatted(parameter, function,
                shown(value), expected));
    }

    static InvalidQuery text(@Nullable Object value, String type, String remedy) {
        return new InvalidQuery("THW-4003", "The STRING value '%s' is not a %s. Use %s to get NULL instead.".formatted(
                shown(value), type, remedy));
    }

    static InvalidQuery overflow(String type, String call) {
        return new InvalidQuery("THW-4002",
                "%s overflow: %s does not fit. Cast to a wider type.".formatted(type, call));
    }

    static InvalidQuery divisionByZero(String call) {
        return new InvalidQuery("THW-4001",
                "Division by zero: %s. Use nullif(divisor, 0) to get NULL instead.".formatted(call));
    }

    static InvalidQuery index(String function, int index, int size) {
        return new InvalidQuery("THW-4004",
                "The index %d of %s is out of bounds: there are %d elements, counted from 1.%s"
                        .formatted(index, function, size,
                                function.equals("element_at") ? " Use try_element_at to get NULL instead." : ""));
    }

    private static String shown(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
    }
}
