package dev.thalweg.execution.operator.match;

import dev.thalweg.planner.incremental.MatchRow;
import dev.thalweg.spi.data.Batch;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;

/// The rows of some partitions, one behind the other, each in its place, and which of them the search is in.
///
/// A row that is there n times has n places.
final class MatchRows implements AutoCloseable {
    /// Where a value would be taken from: from no row, or from one that is still to come.
    static final int NOWHERE = -1;
    static final int LATER = -2;

    private final Batch batch;
    private final OptionalLong within;
    private final boolean isEnd;
    private final long watermark;
    private int[] row = new int[64];
    private long[] time = new long[0];
    private int count;
    private int begin;
    private int end;

    /// @param batch taken over
    /// @param watermark up to which no row is missing, in microseconds; of no meaning at the end
    /// @param isEnd whether no row comes any more
    MatchRows(Batch batch, OptionalLong within, long watermark, boolean isEnd) {
        this.batch = batch;
        this.within = within;
        this.watermark = watermark;
        this.isEnd = isEnd;
    }

    /// Adds the next row so often.
    void add(int batchRow, long times) {
        int added = Math.toIntExact(times);
        if (count + added > row.length) {
            row = Arrays.copyOf(row, Math.max(count + added, row.length * 2));
        }
        Arrays.fill(row, count, count + added, batchRow);
        count += added;
    }

    /// Reads when each row happened.
    ///
    /// @param column of the event time, where the pattern asks for it
    void readTimes(int column) {
        if (within.isPresent()) {
            long data = batch.vector(column).getDataBufferAddress();
            time = new long[count];
            for (int i = 0; i < count; i++) {
                time[i] = dev.thalweg.spi.data.Memory.getLong(data + ((long) row[i] << 3));
            }
        }
    }

    /// The partition that is searched lies from one place up to, exclusively, another.
    void enter(int from, int to) {
        begin = from;
        end = to;
    }

    Batch batch() {
        return batch;
    }

    int count() {
        return count;
    }

    int end() {
        return end;
    }

    /// The row of the batch at a place.
    int row(int place) {
        return row[place];
    }

    boolean has(int place) {
        return place < end;
    }

    boolean spans(int start, int place) {
        return within.isEmpty() || time[place] - time[start] < within.getAsLong();
    }

    boolean isClosed(int start) {
        return isEnd || (within.isPresent() && closes(start) <= watermark);
    }

    /// The watermark at which no row to come can be in a match that begins at a place.
    long closes(int start) {
        long last = time[start] + within.orElseThrow() - 1;
        return last < time[start] ? Long.MAX_VALUE : last;
    }

    boolean isBounded() {
        return within.isPresent();
    }

    // ---- navigation

    /// The place that a value is taken from, [#NOWHERE] or [#LATER].
    int place(MatchRow from, Path path) {
        int anchor = anchor(from, path);
        return anchor == NOWHERE ? NOWHERE : shifted(anchor, from.shift());
    }

    int shifted(int place, int shift) {
        int to = place + shift;
        if (to >= end) {
            return isEnd ? NOWHERE : LATER;
        }
        return to < begin ? NOWHERE : to;
    }

    /// The row of a match that a value is taken from or near to.
    private static int anchor(MatchRow from, Path path) {
        if (from.isCurrent()) {
            return path.place();
        }
        int skip = from.offset();
        if (from.first()) {
            skip = count(from.variables(), path) - 1 - from.offset();
            if (skip < 0) {
                return NOWHERE;
            }
        }
        for (Path each = path; !each.isEmpty(); each = each.before()) {
            if (from.variables().contains(each.variable()) && skip-- == 0) {
                return each.place();
            }
        }
        return NOWHERE;
    }

    static int count(List<Integer> variables, Path path) {
        int found = 0;
        for (Path each = path; !each.isEmpty(); each = each.before()) {
            found += variables.contains(each.variable()) ? 1 : 0;
        }
        return found;
    }

    @Override
    public void close() {
        batch.close();
    }
}
