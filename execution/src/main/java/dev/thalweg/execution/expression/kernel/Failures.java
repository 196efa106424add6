package dev.thalweg.execution.expression.kernel;

import dev.thalweg.spi.error.InvalidQuery;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// What goes wrong in a row, in the words of the query's author.
public final class Failures {
    private static final int SHOWN_MAX = 60;

    private Failures() {}

    public static InvalidQuery divisionByZero(String operation, Object left) {
        return new InvalidQuery("THW-4001",
                "Division by zero: %s %s 0. Use %s to get NULL instead.".formatted(shown(left),
                        operation, operation.equals("%") ? "try_mod" : "try_divide"));
    }

    /// What a result that its type cannot hold throws.
    ///
    /// @param operation `+`, `-`, `*` …
    /// @param remedy the function that gives NULL instead
    public static InvalidQuery overflow(String type, String operation, Object left, Object right, String remedy) {
        return new InvalidQuery("THW-4002",
                "%s overflow: %s %s %s. Use %s to get NULL instead, or cast to a wider type."
                        .formatted(type, shown(left), operation, shown(right), remedy));
    }

    public static InvalidQuery overflow(String type, String what) {
        return new InvalidQuery("THW-4002", "%s overflow: %s. Cast to a wider type.".formatted(type, what));
    }

    /// What a date or time throws that no calendar of ours reaches.
    ///
    /// @param type DATE, TIMESTAMP or an interval
    public static InvalidQuery beyondCalendar(String type, String what) {
        return new InvalidQuery("THW-4002", "%s overflow: %s lies beyond what %s can hold. Check what it is made of, or"
                .formatted(type, what, type) + " leave such rows out.");
    }

    static InvalidQuery beyondCalendar(RuntimeException cause) {
        return new InvalidQuery("THW-4002",
                "Overflow: a date, a time or an interval lies beyond what its type can hold ("
                        + cause.getMessage() + "). Check what it is made of, or leave such rows out.");
    }

    public static InvalidQuery outOfRange(@Nullable Object value, String from, String to) {
        return new InvalidQuery("THW-4002", "The %s value %s does not fit into %s. Use TRY_CAST to get NULL instead."
                .formatted(from, shown(value), to));
    }

    public static InvalidQuery invalidText(@Nullable Object value, String to) {
        return new InvalidQuery("THW-4003",
                "The STRING value '%s' cannot be cast to %s: it is malformed. Use TRY_CAST to get NULL instead."
                        .formatted(shown(value), to));
    }

    public static InvalidQuery invalidIndex(int index, int size) {
        return new InvalidQuery("THW-4004",
                "The index %d is out of bounds: the array has %d elements, counted from 0. Use get(array, index) to get NULL instead."
                        .formatted(index, size));
    }

    public static InvalidQuery invalidArgument(String message) {
        return new InvalidQuery("THW-4005", message);
    }

    static InvalidQuery tooLarge(String column, long bytes) {
        return new InvalidQuery("THW-4006", String.format(Locale.ROOT,
                "The column '%s' of one batch would hold %,d bytes of text; 2 GiB is the most. Make smaller triggers (maxFilesPerTrigger).",
                column, bytes));
    }

    private static String shown(@Nullable Object value) {
        String text = String.valueOf(value);
        return text.length() <= SHOWN_MAX ? text : text.substring(0, SHOWN_MAX) + "…";
    }
}
