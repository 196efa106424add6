package dev.thalweg.planner.function;

import java.util.List;

/// Says what a call means: the casts of its arguments and its result.
@FunctionalInterface
public interface Binder {
    /// **Errors** [QueryProblem] without a place when the function does not take such arguments.
    Binding bind(List<Argument> arguments);
}
