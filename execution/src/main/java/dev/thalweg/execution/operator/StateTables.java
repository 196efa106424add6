package dev.thalweg.execution.operator;

import dev.thalweg.state.KeyedState;
import dev.thalweg.state.StateTable;

/// Where an operator gets its tables of state: for the key groups of its task, resumed from the checkpoint. The tables stay
/// the lender's, who also closes them.
public interface StateTables {
    KeyedState open(StateTable table);
}
