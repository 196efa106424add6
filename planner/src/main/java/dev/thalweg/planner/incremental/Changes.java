package dev.thalweg.planner.incremental;

/// What kind of changes an edge carries from one trigger to the next.
public enum Changes {
    /// Rows are only ever added; no weights are kept.
    INSERT_ONLY,
    /// Rows may be taken back: batches carry weights.
    RETRACT;

    public Changes and(Changes other) {
        return this == RETRACT ? RETRACT : other;
    }
}
