package dev.thalweg.spi.data;

import org.apache.arrow.vector.FieldVector;

/// The values that the codes of some [Coded] columns stand for: those of a column chunk in a file, or of a column of a table that is
/// joined to.
///
/// None is NULL. Two codes may stand for the same value. What somebody has found out about a value is true for its code as long as the
/// dictionary is this very object, so it is worth remembering from batch to batch.
///
/// **Thread** may be read by many. It lives as long as somebody holds a reference.
public sealed interface CodeDictionary extends AutoCloseable permits NumberDictionary, TextDictionary {
    int size();

    /// The values, each at its code.
    FieldVector values();

    @Override
    void close();
}
