package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.operator.order.Partial.Kept;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The places of rows in their partitions, one behind the other: what window functions count and compare.
///
/// A place is of a row of a batch; a row that is there n times has n places. What lies one behind the other are parts of
/// partitions, each with what the rows before it come to. Fields are plain arrays so that loops over them stay loops; the first
/// [#count] entries are valid.
final class WindowRows {
    int count;
    /// The row of the batch at each place.
    int[] row = new int[1024];
    /// Where the part of a place begins and ends (exclusively).
    int[] begin = new int[1024];
    int[] end = new int[1024];
    /// Where the rows begin and end that are equal to it in the order.
    int[] peerBegin = new int[1024];
    int[] peerEnd = new int[1024];
    /// The number of the part of a place.
    int[] part = new int[1024];
    /// Whether what the functions say of the place is asked for; if not, it is there for others to look at.
    boolean[] wanted = new boolean[1024];
    private final List<Start> starts = new ArrayList<>();
    private int partition;
    private int peers;

    /// What lies before a part.
    ///
    /// @param carried for each function the row of the batch whose value it takes so far, or -1
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two
    record Start(Partial partial, int[] carried) {
        static final Start NONE = new Start(Partial.NONE, new int[0]);

        int carried(int call) {
            return carried.length == 0 ? -1 : carried[call];
        }
    }

    void clear() {
        count = 0;
        partition = 0;
        peers = 0;
        starts.clear();
    }

    /// Begins a part behind the rows of the start.
    void beginPart(Start start) {
        starts.add(start);
    }

    /// What lies before the part of a place.
    Start start(int place) {
        return starts.get(part[place]);
    }

    /// What a function has kept of the rows before the part of a place.
    Kept kept(int place, int call) {
        return start(place).partial.kept(call);
    }

    /// Adds a row so often to the part that is open.
    ///
    /// @param isPeer whether it is equal in the order to the row before; of no meaning for a part's first
    void add(int batchRow, long times, boolean isPeer, boolean isWanted) {
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
            part[count] = starts.size() - 1;
            wanted[count] = isWanted;
            peerBegin[count++] = peers;
        }
    }

    private void endPeers() {
        Arrays.fill(peerEnd, peers, count, count);
        peers = count;
    }

    void endPart() {
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
        part = Arrays.copyOf(part, capacity);
        wanted = Arrays.copyOf(wanted, capacity);
    }
}
