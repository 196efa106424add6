package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.state.KeyedState;

/// The groups that a trigger touched: each is there once.
record ChangedGroups(KeyedState groups) {
    int count() {
        return groups.changedCount();
    }

    int slot(int index) {
        return groups.changed(index);
    }
}
