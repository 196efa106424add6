package dev.thalweg.execution.operator.order;

import dev.thalweg.planner.incremental.OverReach.Distance;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.spi.data.Memory;

/// Walks away from a row, in either direction, and says which rows are still within a distance of it.
///
/// Only what was there before and is there now counts, so that what lies within the distance in either is within it.
final class Extent {
    private final OrderedRows rows;
    private final boolean peers;
    private final SortKey first;
    private Distance distance = Distance.NONE;
    private int origin;
    private int last;
    private long seen;
    private long groupsBetween;
    private boolean withOrigin;
    private boolean isSolid;

    /// @param peers whether rows with equal order are taken together
    /// @param first column of the order
    Extent(OrderedRows rows, boolean peers, SortKey first) {
        this.rows = rows;
        this.peers = peers;
        this.first = first;
    }

    Extent from(int row, Distance far) {
        this.distance = far;
        this.origin = row;
        this.last = row;
        this.seen = 0;
        this.groupsBetween = 0;
        this.withOrigin = true;
        this.isSolid = false;
        return this;
    }

    /// Takes the next row; says whether it is within the distance. If it is not, none behind it is.
    boolean takes(int row) {
        boolean isPeer = peers && rows.samePlace(last, row);
        if (peers && !isPeer) {
            groupsBetween += !withOrigin && isSolid ? 1 : 0;
            withOrigin = false;
            isSolid = false;
        }
        boolean taken = isPeer || seen < distance.rows() || groupsBetween < distance.groups() || isWithinSpan(row);
        long stays = Math.min(rows.oldTimes(row), rows.newTimes(row));
        seen += stays;
        isSolid |= stays > 0;
        last = row;
        return taken;
    }

    private boolean isWithinSpan(int row) {
        if (distance.span() < 0 || isNull(row) || isNull(origin)) {
            return false;
        }
        long one = value(row);
        long other = value(origin);
        long apart = Math.max(one, other) - Math.min(one, other);
        return Long.compareUnsigned(apart, distance.span()) <= 0;
    }

    /// The first column as [dev.thalweg.execution.operator.SortKeys] writes it: a byte that puts NULLs first or last, then the value.
    private boolean isNull(int row) {
        return (Memory.getByte(rows.order(row)) == 0) == first.nullsFirst();
    }

    private long value(int row) {
        long flipped = Long.reverseBytes(Memory.getLong(rows.order(row) + 1));
        return (first.descending() ? ~flipped : flipped) ^ Long.MIN_VALUE;
    }
}
