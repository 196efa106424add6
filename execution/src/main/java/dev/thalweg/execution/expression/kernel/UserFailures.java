package dev.thalweg.execution.expression.kernel;

import dev.thalweg.spi.error.InvalidQuery;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// What goes wrong in the code of a program, named by the function it is part of.
public final class UserFailures {
    private static final int SHOWN_MAX = 120;

    private UserFailures() {}

    /// What a function that throws comes to.
    ///
    /// @param arguments as the engine has them; empty where there are none
    public static InvalidQuery thrown(String function, @Nullable Object[] arguments, Throwable failure) {
        return new InvalidQuery("THW-4280", "The function '" + function + "' of the program failed"
                + (arguments.length == 0 ? "" : " on " + shown(arguments)) + ": " + failure
                + ".\n" + remedy(failure), failure);
    }

    private static String remedy(Throwable failure) {
        return failure instanceof ClassCastException
                ? "Arguments are handed over as they are, a BIGINT as a Long: CAST them, or declare the function for them."
                : "Catch it there, or leave such rows out before it is called.";
    }

    /// What one that promised to give none comes to.
    public static InvalidQuery nullResult(String function) {
        return new InvalidQuery("THW-4281", "The function '" + function + "' of the program gave NULL, although it was"
                + " declared asNonNullable(). Leave that out, or give a value.");
    }

    private static String shown(@Nullable Object[] arguments) {
        String text = Arrays.deepToString(arguments);
        String bare = text.substring(1, text.length() - 1);
        return "(" + (bare.length() <= SHOWN_MAX ? bare : bare.substring(0, SHOWN_MAX) + "…") + ")";
    }
}
