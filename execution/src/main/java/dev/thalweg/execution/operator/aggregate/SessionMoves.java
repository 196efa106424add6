package dev.thalweg.execution.operator.aggregate;

import java.util.Arrays;

/// Sessions that have grown in a batch: each had other bounds before, and is now the session of some row of the batch.
final class SessionMoves {
    int count;
    /// The place of the row among the rows of the batch.
    int[] row = new int[64];
    long[] start = new long[64];
    long[] end = new long[64];

    void add(int place, long oldStart, long oldEnd) {
        if (count == row.length) {
            row = Arrays.copyOf(row, count * 2);
            start = Arrays.copyOf(start, count * 2);
            end = Arrays.copyOf(end, count * 2);
        }
        row[count] = place;
        start[count] = oldStart;
        end[count++] = oldEnd;
    }

    void clear() {
        count = 0;
    }
}
