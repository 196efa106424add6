package dev.thalweg.planner.incremental;

import java.util.OptionalLong;

/// How a query is to run over its streams.
///
/// @param mode how its result is read
/// @param timeToLiveMicros how long keys live that nothing else frees and that no row reaches; empty: for ever
/// @param mayRunAhead whether the watermark of a node may be ahead of one of its inputs': the greatest of them, not the least
public record Running(OutputMode mode, OptionalLong timeToLiveMicros, boolean mayRunAhead) {
    /// With state that lives for ever where nothing frees it, by the least of several watermarks.
    public static Running in(OutputMode mode) {
        return new Running(mode, OptionalLong.empty(), false);
    }
}
