package dev.thalweg.execution.operator.order;

import java.util.List;

/// What all rows of a partition up to one of them come to, for functions that look at all of them.
///
/// @param last the slot of the last of them; -1 where there are none
/// @param rows how many they are
/// @param groups how many of them differ in their order
/// @param calls of each window function what it keeps; none where there are no rows
record Partial(int last, int rows, int groups, List<Kept> calls) {
    static final Partial NONE = new Partial(-1, 0, 0, List.of());

    /// What one window function keeps.
    ///
    /// @param state of an aggregate, as its accumulator lays it out
    /// @param row the slot of the row whose value it takes, or -1; while a batch is computed, the row of the batch
    /// @param counted how many rows counted so far, where it looks for one by its number
    @SuppressWarnings("ArrayRecordComponent") // nobody compares two
    record Kept(byte[] state, int row, long counted) {
        static final Kept NOTHING = new Kept(new byte[0], -1, 0);

        static Kept of(byte[] state) {
            return new Kept(state, -1, 0);
        }

        static Kept of(int row, long counted) {
            return new Kept(NOTHING.state, row, counted);
        }

        Kept at(int place) {
            return new Kept(state, place, counted);
        }
    }

    boolean isEmpty() {
        return last < 0;
    }

    Kept kept(int call) {
        return calls.isEmpty() ? Kept.NOTHING : calls.get(call);
    }
}
