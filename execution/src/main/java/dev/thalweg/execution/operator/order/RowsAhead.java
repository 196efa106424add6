package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.operator.SortKeys;
import dev.thalweg.state.KeyedState;
import java.util.Arrays;

/// Of a batch the rows that may be among the first of their partitions: none behind the last that is kept of a full one, and,
/// where one row is wanted, none behind another one of the batch. Only they are worth being written as bytes.
///
/// Cost: a comparison a row with the last that is kept; where one row is wanted, two looks into a table of the batch's partitions and
/// two more comparisons.
final class RowsAhead {
    private static final long EMPTY = -1;

    private final KeyedState partitions;
    private final SortKeys order;
    private final long limit;
    /// Partitions of the batch by linear probing: a slot above the number of its first row.
    private long[] firsts = new long[0];
    private int mask;
    private int[] chosen = new int[0];

    /// @param order of the batch that is asked for, written before
    /// @param limit how many rows of a partition are kept
    RowsAhead(KeyedState partitions, SortKeys order, long limit) {
        this.partitions = partitions;
        this.order = order;
        this.limit = limit;
    }

    /// Chooses rows, of any order; those not chosen change nothing.
    ///
    /// @param slots of each row its partition
    /// @return how many there are in [#chosen]
    int choose(int[] slots, int count) {
        if (chosen.length < count) {
            chosen = new int[count];
        }
        if (limit == 1) {
            findFirsts(slots, count);
        }
        int many = 0;
        for (int i = 0; i < count; i++) {
            int slot = slots[i];
            if ((limit > 1 || !isBehindAnother(i, slot)) && !FirstRows.isBehindLast(partitions, slot, limit,
                    order.address(i), order.length(i))) {
                chosen[many++] = i;
            }
        }
        return many;
    }

    /// Numbers of rows of the batch, ascending.
    int[] chosen() {
        return chosen;
    }

    private void findFirsts(int[] slots, int count) {
        int capacity = Integer.highestOneBit(Math.max(count, 2) - 1) << 2; // twice as many as rows at least
        if (firsts.length < capacity) {
            firsts = new long[capacity];
        }
        Arrays.fill(firsts, 0, capacity, EMPTY);
        mask = capacity - 1; // a small batch uses the beginning of the table of a large one
        for (int i = 0; i < count; i++) {
            int place = place(slots[i]);
            if (firsts[place] == EMPTY || compare(i, (int) firsts[place]) < 0) {
                firsts[place] = (long) slots[i] << 32 | i;
            }
        }
    }

    private boolean isBehindAnother(int row, int slot) {
        int first = (int) firsts[place(slot)];
        return first != row && compare(row, first) > 0;
    }

    private int place(int slot) {
        int place = ((slot * 0x9E3779B1) >>> 7) & mask; // Fibonacci hashing: neighbours lie apart
        while (firsts[place] != EMPTY && (int) (firsts[place] >>> 32) != slot) {
            place = place + 1 & mask;
        }
        return place;
    }

    private int compare(int one, int other) {
        return FirstRows.compare(order.address(one), order.length(one), order.address(other), order.length(other));
    }
}
