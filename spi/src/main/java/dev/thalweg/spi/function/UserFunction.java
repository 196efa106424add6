package dev.thalweg.spi.function;

import dev.thalweg.spi.data.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A function of one row's values that a program brought along.
///
/// **Thread** several tasks call one at once.
public interface UserFunction {
    /// What people know it by. A checkpoint remembers it: the function of that name is taken for the same after a restart.
    String name();

    /// How many arguments it takes; they come as they are, of whatever type.
    int arity();

    DataType type();

    /// False when it promises never to give NULL.
    boolean nullable();

    /// Whether equal arguments always give an equal value. If not, no value of it may be needed twice.
    boolean deterministic();

    /// The function over arguments of these types: asked for once a call in a plan.
    Body over(List<DataType> arguments);

    /// What is called for each row.
    @FunctionalInterface
    interface Body {
        /// Computes the value for one row; null is NULL, here and there.
        @Nullable
        Object call(@Nullable Object[] arguments) throws Exception;
    }
}
