package dev.thalweg.execution.operator.aggregate;

import org.jspecify.annotations.Nullable;

/// What stands for many values in little memory, on the heap while it is worked on.
interface Sketch {
    /// @param value as `DataType` lists it, not NULL
    /// @param times from 1 up
    void add(Object value, long times);

    /// All of it, as it is kept in state.
    byte[] bytes();

    /// What the call comes to; null for NULL.
    @Nullable
    Object result();
}
