package dev.thalweg.execution.operator.match;

import dev.thalweg.execution.hash.GroupTable;
import dev.thalweg.execution.operator.StateTables;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.StateTable;

/// What is known of each partition besides its rows.
///
/// State: a table `partition -> matches found, rows kept from before the search, rows from there on that are in a match, whether it
/// waits for the end`, with an entry where one of them is not 0.
final class PartitionStates {
    private static final int HISTORY = 8;
    private static final int COVERED = 12;
    private static final int WAITS = 16;
    private static final int STATE_BYTES = 24;

    private final KeyedState states;
    private final EncodedKeys one = new EncodedKeys(1);
    private final int[] slot = new int[1];

    PartitionStates(String name, String partition, StateTables tables) {
        this.states = tables.open(new StateTable(name + ".partitions", STATE_BYTES, false, false, partition,
                "matches BIGINT, history INT, covered INT, waits INT"));
    }

    /// Of one partition.
    ///
    /// @param matches how many have been found
    /// @param history so many of its rows lie before the search
    /// @param covered so many of those behind are in a match
    /// @param waits no time is known at which its open rows are decided, but for the end
    record State(long matches, int history, int covered, boolean waits) {
        static final State NEW = new State(0, 0, 0, false);
    }

    State get(GroupTable partitions, int id) {
        one.reset(1);
        one.set(0, partitions.keyAddress(id), partitions.keyLength(id), partitions.hash(id));
        states.find(one, slot);
        if (slot[0] == KeyedState.ABSENT) {
            return State.NEW;
        }
        long at = states.value(slot[0]);
        return new State(Memory.getLong(at), Memory.getInt(at + HISTORY), Memory.getInt(at + COVERED),
                Memory.getInt(at + WAITS) != 0);
    }

    void put(GroupTable partitions, int id, State state) {
        one.reset(1);
        one.set(0, partitions.keyAddress(id), partitions.keyLength(id), partitions.hash(id));
        if (state.equals(State.NEW)) {
            states.find(one, slot);
            if (slot[0] != KeyedState.ABSENT) {
                states.remove(slot[0]);
            }
            return;
        }
        states.findOrInsert(one, slot);
        states.touch(slot[0]);
        long at = states.value(slot[0]);
        Memory.putLong(at, state.matches());
        Memory.putInt(at + HISTORY, state.history());
        Memory.putInt(at + COVERED, state.covered());
        Memory.putInt(at + WAITS, state.waits() ? 1 : 0);
    }
}
