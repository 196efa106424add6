package dev.thalweg.execution.trigger;

import dev.thalweg.state.KeyedState;
import dev.thalweg.state.MemoryCharge;
import dev.thalweg.state.StateTable;
import dev.thalweg.state.overlay.ResidentTable;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/// State that nobody needs afterwards: a batch query's.
final class TransientState implements QueryState {
    private final MemoryCharge charge;
    private final List<ResidentTable> tables = new ArrayList<>();

    TransientState(MemoryCharge charge) {
        this.charge = charge;
    }

    @Override
    public KeyedState open(StateTable table, int task, int node) {
        ResidentTable made = new ResidentTable(table, charge);
        tables.add(made);
        return made;
    }

    @Override
    public boolean isOfOneRun() {
        return true;
    }

    @Override
    public void begin() {}

    @Override
    public List<ByteBuffer> changes() {
        return List.of();
    }

    @Override
    public List<NodeFigures> figures() {
        return List.of();
    }

    @Override
    public void commit(long version) {
        tables.forEach(ResidentTable::commit);
    }

    @Override
    public boolean isAnythingDue() {
        return false;
    }

    @Override
    public void settle() {}

    @Override
    public void close() {
        tables.forEach(ResidentTable::close);
        tables.clear();
    }
}
