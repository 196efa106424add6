package dev.thalweg.execution.operator.order;

import java.util.Arrays;

/// The places of rows in their partitions, one behind the other: what window functions count and compare.
///
/// A place is of a row of a batch; a row that is there n times has n places. Fields are plain arrays so that loops over them stay
/// loops; the first [#count] entries are valid.
final class WindowRows {
    int count;
    /// The row of the batch at each place.
    int[] row = new int[1024];
    /// Where the partition of a place begins and ends (exclusively).
    int[] begin = new int[1024];
    int[] end = new int[1024];
    /// Where the rows begin and end that are equal to it in the order.
    int[] peerBegin = new int[1024];
    int[] peerEnd = new int[1024];
    private int partition;
    private int peers;

    void clear() {
        count = 0;
        partition = 0;
        peers = 0;
    }

    /// Adds a row so often to the partition that is open.
    ///
    /// @param isPeer whether it is equal in the order to the row before; of no meaning for a partition's first
    void add(int batchRow, long times, boolean isPeer) {
        if (times <= 0) {
            return;
        }
        if (!isPeer && count > peers) {
            endPeers();
        }
        int added = Math.toIntExact(times);
        if (count + added > row.length) {
            grow(count + added);
        }
        for (int i = 0; i < added; i++) {
            row[count] = batchRow;
            begin[count] = partition;
            peerBegin[count++] = peers;
        }
    }

    private void endPeers() {
        Arrays.fill(peerEnd, peers, count, count);
        peers = count;
    }

    void endPartition() {
        endPeers();
        Arrays.fill(end, partition, count, count);
        partition = count;
    }

    private void grow(int needed) {
        int capacity = Math.max(needed, row.length * 2);
        row = Arrays.copyOf(row, capacity);
        begin = Arrays.copyOf(begin, capacity);
        end = Arrays.copyOf(end, capacity);
        peerBegin = Arrays.copyOf(peerBegin, capacity);
        peerEnd = Arrays.copyOf(peerEnd, capacity);
    }
}
