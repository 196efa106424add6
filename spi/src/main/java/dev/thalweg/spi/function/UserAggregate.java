package dev.thalweg.spi.function;

import dev.thalweg.spi.data.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// An aggregate function that a program brought along. Rows go into a buffer, an object that only the function knows; between
/// triggers the buffer is a value of a type that the engine knows.
///
/// Rows come in any order, and the answer must not depend on it: that is the program's part of the law.
///
/// **Thread** several tasks call one at once, each with buffers of its own.
public interface UserAggregate {
    /// What people know it by. A checkpoint remembers it: the function of that name is taken for the same after a restart.
    String name();

    /// What its arguments are cast to.
    List<DataType> arguments();

    /// How a buffer is kept.
    DataType buffer();

    DataType type();

    /// False when it promises never to give NULL.
    boolean nullable();

    /// Whether equal rows always give an equal value.
    boolean deterministic();

    /// A buffer without rows.
    Object zero() throws Exception;

    /// The buffer with one row more; it may be the same object.
    ///
    /// @param arguments null for NULL
    Object reduce(Object buffer, @Nullable Object[] arguments) throws Exception;

    /// The answer; null is NULL.
    @Nullable
    Object finish(Object buffer) throws Exception;

    /// The buffer as a value of [#buffer].
    Object write(Object buffer) throws Exception;

    /// The buffer that [#write] gave this value for.
    Object read(Object value) throws Exception;
}
