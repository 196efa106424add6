package dev.thalweg.expressions;

import dev.thalweg.Column;

/// Where a window begins: `sum(col("v")).over(Window.partitionBy("k").orderBy("ts"))`.
public final class Window {
    /// An end of a frame: the first row of the partition.
    public static final long unboundedPreceding = Long.MIN_VALUE;
    /// An end of a frame: the last row of the partition.
    public static final long unboundedFollowing = Long.MAX_VALUE;
    /// An end of a frame: the row itself, and in a range those that are equal to it.
    public static final long currentRow = 0;

    private Window() {}

    public static WindowSpec partitionBy(Column... columns) {
        return WindowSpec.EMPTY.partitionBy(columns);
    }

    public static WindowSpec partitionBy(String first, String... more) {
        return WindowSpec.EMPTY.partitionBy(first, more);
    }

    public static WindowSpec orderBy(Column... columns) {
        return WindowSpec.EMPTY.orderBy(columns);
    }

    public static WindowSpec orderBy(String first, String... more) {
        return WindowSpec.EMPTY.orderBy(first, more);
    }

    public static WindowSpec rowsBetween(long start, long end) {
        return WindowSpec.EMPTY.rowsBetween(start, end);
    }

    public static WindowSpec rangeBetween(long start, long end) {
        return WindowSpec.EMPTY.rangeBetween(start, end);
    }
}
