package dev.thalweg.spi.sink;

import java.util.List;
import java.util.OptionalLong;

/// What a look at a query's output finds.
///
/// @param lastCommitted the last trigger that is committed there; empty when there is none or nobody can tell
/// @param problems what is wrong, in whole sentences
public record Inspection(OptionalLong lastCommitted, List<String> problems) {
    public Inspection {
        problems = List.copyOf(problems);
    }

    /// Of a place that cannot be looked at.
    public static Inspection none() {
        return new Inspection(OptionalLong.empty(), List.of());
    }
}
