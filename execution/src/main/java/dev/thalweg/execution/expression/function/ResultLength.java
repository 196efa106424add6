package dev.thalweg.execution.expression.function;

/// How long what a function makes out of little may become: a slip in a count must not take all memory.
final class ResultLength {
    static final int TEXT_MAX = 100_000_000;
    static final int ARRAY_MAX = 10_000_000;

    private ResultLength() {}

    static void checkText(String function, long length) {
        check(function, length, TEXT_MAX, "characters");
    }

    static void checkArray(String function, long length) {
        check(function, length, ARRAY_MAX, "elements");
    }

    private static void check(String function, long length, int most, String unit) {
        if (length > most) {
            throw Reject.argument(function, "length of the result", length, "at most " + most + " " + unit);
        }
    }
}
