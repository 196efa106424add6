package dev.thalweg.spi.source;

import java.util.Optional;

/// What a plan asks of a column right above its scan. It drops a row whose value is NULL or out of the range, so that a
/// source that knows of such rows may leave them out, all or some or none.
///
/// Bounds are inclusive and given for whole numbers, days and times as `Long` (as `DataType` lists the values), for STRING
/// as `String`, in the order of its UTF-8 bytes.
///
/// @param column of the source's row type
/// @param min the least value that may pass; empty where any may
/// @param max the greatest
public record ColumnRange(int column, Optional<Object> min, Optional<Object> max) {
    /// The same of a column with another number, where a source counts its columns otherwise.
    public ColumnRange of(int other) {
        return new ColumnRange(other, min, max);
    }
}
