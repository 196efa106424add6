package dev.thalweg.spi.source;

import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/// What a plan wants of a split.
///
/// @param columns which columns of the source's row type, in the order the batches must have them; may be empty (a count)
/// @param ranges what rows must meet, where the source can tell; those that do not may be left out
/// @param batchRowsMax how many rows a batch may hold
/// @param allocator charges the memory of the batches to the query
/// @param problems takes the rows or files that were skipped by a documented policy
public record ReadRequest(List<Integer> columns, List<ColumnRange> ranges, int batchRowsMax, BufferAllocator allocator,
        Problems problems) {
    public ReadRequest {
        columns = List.copyOf(columns);
        ranges = List.copyOf(ranges);
    }

    /// Where a reader reports what a documented policy (`DROPMALFORMED`, `ignoreCorruptFiles`) made it leave out.
    public interface Problems {
        void dropped(String reason, long rows);
    }
}
