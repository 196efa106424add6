package dev.thalweg.execution.operator.order;

import dev.thalweg.planner.incremental.Frame;
import dev.thalweg.planner.incremental.Frame.Bound;
import dev.thalweg.planner.incremental.Frame.Side;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.spi.data.Batch;
import java.util.List;
import java.util.Objects;

/// Says for each place where its frame begins and ends. Within a partition neither falls.
final class Frames {
    private final WindowRows rows;
    private final Batch batch;
    private final List<SortKey> order;

    Frames(WindowRows rows, Batch batch, List<SortKey> order) {
        this.rows = rows;
        this.batch = batch;
        this.order = order;
    }

    /// The places that each place's frame takes in, from the first up to, exclusively, the last; none where `from` is not below
    /// `to`.
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two
    record Ends(int[] from, int[] to) {}

    Ends of(Frame frame) {
        return switch (frame.unit()) {
            case ROWS -> new Ends(byRows(frame.start(), 0), byRows(frame.end(), 1));
            case GROUPS -> new Ends(byGroups(frame.start(), false), byGroups(frame.end(), true));
            case RANGE -> new Ends(byRange(frame.start(), false), byRange(frame.end(), true));
        };
    }

    private static long offset(Bound bound) {
        return ((Number) Objects.requireNonNull(bound.offset().value())).longValue();
    }

    private int[] edge(Side side) {
        return java.util.Arrays.copyOf(side == Side.UNBOUNDED_PRECEDING ? rows.begin : rows.end, rows.count);
    }

    /// @param past 1 for an end, which lies behind the row that it takes in
    private int[] byRows(Bound bound, int past) {
        if (bound.side() == Side.UNBOUNDED_PRECEDING || bound.side() == Side.UNBOUNDED_FOLLOWING) {
            return edge(bound.side());
        }
        long distance = bound.side() == Side.CURRENT
                ? 0
                : bound.side() == Side.PRECEDING ? -offset(bound) : offset(bound);
        int[] ends = new int[rows.count];
        for (int i = 0; i < ends.length; i++) {
            ends[i] = Math.clamp(i + distance + past, rows.begin[i], rows.end[i]);
        }
        return ends;
    }

    private int[] byPeers(boolean isEnd) {
        return java.util.Arrays.copyOf(isEnd ? rows.peerEnd : rows.peerBegin, rows.count);
    }

    private int[] byGroups(Bound bound, boolean isEnd) {
        return switch (bound.side()) {
            case UNBOUNDED_PRECEDING, UNBOUNDED_FOLLOWING -> edge(bound.side());
            case CURRENT -> byPeers(isEnd);
            case PRECEDING -> groupsAway(-offset(bound), isEnd);
            case FOLLOWING -> groupsAway(offset(bound), isEnd);
        };
    }

    private int[] groupsAway(long distance, boolean isEnd) {
        int[] first = new int[rows.count + 1]; // where each group begins
        int[] group = new int[rows.count];
        int groups = 0;
        for (int i = 0; i < rows.count; i++) {
            if (rows.peerBegin[i] == i) {
                first[groups++] = i;
            }
            group[i] = groups - 1;
        }
        first[groups] = rows.count;
        int[] ends = new int[rows.count];
        for (int i = 0; i < ends.length; i++) {
            long wanted = Math.clamp(group[i] + distance + (isEnd ? 1 : 0), 0L, (long) groups);
            ends[i] = Math.clamp(first[(int) wanted], rows.begin[i], rows.end[i]);
        }
        return ends;
    }

    private int[] byRange(Bound bound, boolean isEnd) {
        return switch (bound.side()) {
            case UNBOUNDED_PRECEDING, UNBOUNDED_FOLLOWING -> edge(bound.side());
            case CURRENT -> byPeers(isEnd);
            case PRECEDING, FOLLOWING -> valuesAway(bound, isEnd);
        };
    }

    /// A row whose value is NULL sees those that are equal to it, and no other row sees it from a distance.
    private int[] valuesAway(Bound bound, boolean isEnd) {
        SortKey key = order.getFirst();
        OrderDistance distance = OrderDistance.of(batch, key, bound);
        int[] ends = new int[rows.count];
        int place = 0;
        for (int i = 0; i < ends.length; i++) {
            if (distance.isNull(rows.row[i])) {
                ends[i] = isEnd ? rows.peerEnd[i] : rows.peerBegin[i];
                continue;
            }
            place = Math.max(place, rows.begin[i]);
            while (place < rows.end[i] && isBefore(distance, key, rows.row[place], rows.row[i], isEnd)) {
                place++;
            }
            ends[i] = place;
        }
        return ends;
    }

    /// Whether a row lies before the end of another one's frame.
    private static boolean isBefore(OrderDistance distance, SortKey key, int row, int of, boolean isEnd) {
        if (distance.isNull(row)) {
            return key.nullsFirst();
        }
        int order = distance.compare(row, of);
        return isEnd ? order <= 0 : order < 0;
    }
}
