package dev.thalweg;

import java.util.List;

/// Rows of which each key is kept once: without names a key is the whole row.
///
/// @param <T> what a row is to the program
public sealed interface Deduplicable<T> permits Dataset {
    /// The first row of each key, by arrival.
    Dataset<T> dropDuplicates(String... names);

    default Dataset<T> dropDuplicates(List<String> names) {
        return dropDuplicates(names.toArray(String[]::new));
    }

    /// The first row of each key, by arrival, until the watermark has passed it: for duplicates that come no further apart
    /// than the watermark's delay, without keeping every key for ever.
    Dataset<T> dropDuplicatesWithinWatermark(String... names);

    default Dataset<T> dropDuplicatesWithinWatermark(List<String> names) {
        return dropDuplicatesWithinWatermark(names.toArray(String[]::new));
    }
}
