package dev.thalweg.planner.function;

import dev.thalweg.spi.data.DataType;
import java.util.List;

/// What a call means for given argument types.
///
/// @param name of the function in the plan
/// @param arguments the type each argument is cast to, if it is not of it already
public record Binding(String name, List<DataType> arguments, DataType result, boolean nullable) {
    public Binding {
        arguments = List.copyOf(arguments);
    }
}
