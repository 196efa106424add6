package dev.thalweg.execution.expression.kernel;

import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.Expression.UserCall;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.function.UserFunction;
import org.jspecify.annotations.Nullable;

/// One call of a program's function in the plan.
///
/// **Thread** any: it keeps nothing, and the function is the program's.
public final class UserCallSite {
    private final UserFunction function;
    private final UserFunction.Body body;

    private UserCallSite(UserFunction function, UserFunction.Body body) {
        this.function = function;
        this.body = body;
    }

    public static UserCallSite of(UserCall call) {
        return new UserCallSite(call.function(),
                call.function().over(call.arguments().stream().map(Expression::type).toList()));
    }

    /// The value for one row.
    ///
    /// @param arguments as `DataType` lists values; null for NULL
    /// **Errors** [InvalidQuery] THW-4280 when the function throws, THW-4281 when it breaks a promise
    public @Nullable Object call(@Nullable Object[] arguments) {
        @Nullable
        Object result;
        try {
            result = body.call(arguments);
        } catch (InvalidQuery problem) {
            throw problem;
        } catch (Exception | LinkageError | AssertionError | StackOverflowError failure) {
            throw UserFailures.thrown(function.name(), arguments, failure);
        }
        if (result == null && !function.nullable()) {
            throw UserFailures.nullResult(function.name());
        }
        return result;
    }
}
