package dev.thalweg.planner.incremental;

import java.util.OptionalLong;

/// How a query is to run over its streams.
///
/// @param mode how its result is read
/// @param timeToLiveMicros how long keys live that nothing else frees and that no row reaches; empty: for ever
public record Running(OutputMode mode, OptionalLong timeToLiveMicros) {
    /// With state that lives for ever where nothing frees it.
    public static Running in(OutputMode mode) {
        return new Running(mode, OptionalLong.empty());
    }
}
