package dev.thalweg.planner.incremental;

/// How a sink reads the changes of a result.
public enum OutputMode {
    /// Rows that are final.
    APPEND,
    /// Rows that are new or changed since the last trigger.
    UPDATE,
    /// The whole result.
    COMPLETE,
    /// Every change with its kind.
    CHANGELOG
}
