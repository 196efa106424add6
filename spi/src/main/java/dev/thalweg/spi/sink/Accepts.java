package dev.thalweg.spi.sink;

/// What kinds of change a sink can take.
public enum Accepts {
    /// Rows that will never change. Batches have no weights.
    APPEND,
    /// The new row of every key that changed. Batches have no weights.
    UPSERT,
    /// The new row of every key that changed (weight 1), and a delete for every key that vanished (weight -1).
    UPSERT_DELETE,
    /// Every change, with its kind (`+I`, `-U`, `+U`, `-D`) in a last column `_change`. Batches have no weights.
    CHANGES,
    /// The whole result at every trigger that changed it. Batches have no weights.
    COMPLETE
}
