package dev.thalweg.spi.format;

import dev.thalweg.spi.data.Batch;

/// Turns rows in vectors into the bytes of a format: the seam between writing files and knowing a format.
///
/// **Thread** One.
public interface RowEncoder {
    /// What comes once at the beginning of a file.
    default void header(TextBuffer out) {}

    /// Writes rows `from` (inclusive) to `to` (exclusive) of a batch, which stays the caller's.
    void encode(Batch batch, int from, int to, TextBuffer out);
}
