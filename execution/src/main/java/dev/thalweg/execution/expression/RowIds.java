package dev.thalweg.execution.expression;

import dev.thalweg.spi.error.InvalidQuery;

/// The numbers that `monotonically_increasing_id` gives to the rows of one part of the input: a split, or what one task is handed
/// by others. No two rows of a query have the same.
///
/// @param first that of the part's first row
/// @param step from a row to the next
/// @param end the first number that belongs to others
public record RowIds(long first, long step, long end) {
    private static final int ROW_BITS = 33;
    private static final long TRIGGERS_MAX = 1L << (Long.SIZE - 1 - ROW_BITS);

    /// Those of a query that runs once, as Spark lays them out: the part's number, and in the lower 33 bits that of the row.
    ///
    /// @param part number of a split; -1 less the number of a task
    public static RowIds inBatch(int part) {
        return new RowIds(place(part) << ROW_BITS, 1, (place(part) + 1) << ROW_BITS);
    }

    /// Those of a trigger: its number, and in the lower 33 bits the rows of its parts in turn. So they come
    /// out the same when it runs again, but for rows behind an exchange, which come in another order.
    ///
    /// @param parts how many splits, or tasks if they are more, the trigger has
    public static RowIds inTrigger(long trigger, int parts, int part) {
        if (trigger >= TRIGGERS_MAX) {
            return new RowIds(0, 1, 0);
        }
        return new RowIds((trigger << ROW_BITS) + place(part), 2L * parts, (trigger + 1) << ROW_BITS);
    }

    private static long place(int part) {
        return part < 0 ? 2L * (-1 - part) + 1 : 2L * part;
    }

    /// The number itself, unless it belongs to others.
    long checked(long id) {
        if (id < first || id >= end) {
            throw new InvalidQuery("THW-3119", "monotonically_increasing_id() has run out of numbers: there are "
                    + (1L << ROW_BITS) + " for the rows of a trigger, and " + TRIGGERS_MAX
                    + " triggers. Read less in one trigger, or use uuid().");
        }
        return id;
    }
}
