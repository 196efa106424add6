package dev.thalweg.execution.operator.aggregate;

import org.jspecify.annotations.Nullable;

/// What stands for many values in little memory, such as a sketch or the buffer of a program's aggregate: on the heap while it
/// is worked on.
interface Sketch {
    /// Takes a value in.
    ///
    /// @param value as `DataType` lists it, not NULL; or all arguments, see [Folding#takesRows]
    /// @param times from 1 up
    void add(Object value, long times);

    /// All of it, as it is kept in state.
    byte[] bytes();

    /// What the call comes to; null for NULL.
    @Nullable
    Object result();
}
