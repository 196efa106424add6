package dev.thalweg.execution.operator;

import dev.thalweg.state.KeyedState;
import dev.thalweg.state.StateTable;

/// Where an operator gets its tables of state: for the key groups of its task, resumed from the checkpoint. The tables stay
/// the lender's, who also closes them.
public interface StateTables {
    KeyedState open(StateTable table);

    /// Whether keys go when no row has reached them for their time to live.
    default boolean forgets() {
        return false;
    }

    /// Opens the table of the keys that go when no row has reached them for their time to live, where they have one.
    default KeyedState openKeys(StateTable table) {
        return open(table);
    }
}
