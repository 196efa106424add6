package dev.thalweg.execution.operator.order;

import dev.thalweg.planner.incremental.PlanNode.TopN.Rank;

/// Counts the rows of a partition in order, and says which of them are among those asked for.
final class RankCount {
    private final Rank kind;
    private final long offset;
    private final long limit;
    private long seen;
    private long groups;
    private long groupBegin;
    private int last = -1;
    private long taken;
    private long rank;
    private boolean full;

    /// @param count so many after the first `offset`
    RankCount(Rank kind, long offset, long count) {
        this.kind = kind;
        this.offset = offset;
        this.limit = count > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + count;
    }

    void begin() {
        seen = 0;
        groups = 0;
        groupBegin = 0;
        last = -1;
        taken = 0;
        full = limit == 0;
    }

    /// Takes the next row, which is there so often.
    void next(OrderedRows rows, int slot, long times) {
        taken = 0;
        if (times <= 0) {
            return;
        }
        if (last < 0 || (kind != Rank.ROW_NUMBER && !rows.samePlace(last, slot))) {
            groups++;
            groupBegin = seen;
        }
        last = slot;
        long first = switch (kind) {
            case ROW_NUMBER -> seen;
            case RANK -> groupBegin;
            case DENSE_RANK -> groups - 1;
        };
        if (kind == Rank.ROW_NUMBER) {
            rank = Math.max(first, offset) + 1;
            taken = Math.max(0, Math.min(first + times, limit) - Math.max(first, offset));
        } else {
            rank = first + 1;
            taken = first >= offset && first < limit ? times : 0;
        }
        seen += times;
        full = kind == Rank.ROW_NUMBER ? seen >= limit : first >= limit;
    }

    /// How often the row is among those asked for.
    long taken() {
        return taken;
    }

    /// The rank of the row, or of the first of them where each has its own.
    long rank() {
        return rank;
    }

    /// Whether no row behind the last one is asked for.
    boolean isFull() {
        return full;
    }
}
