package dev.thalweg.execution.trigger;

import dev.thalweg.state.Checkpoint;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.MemoryCharge;
import dev.thalweg.state.StateSettings;
import dev.thalweg.state.StateStore;
import dev.thalweg.state.StateTable;
import dev.thalweg.state.TaskState;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// The versioned state of a streaming query, with the figures of each node.
final class StoredState implements QueryState {
    private final StateStore store;
    private final Map<Integer, NodeTables> nodes = new TreeMap<>();

    /// A node of two inputs holds the rows of both, one that waits for the clock those that wait as well.
    private static final List<String> MAIN_TOO = List.of(".right", ".waiting");

    private record TableOfTask(int task, String name) {}

    /// The tables of one node in all tasks; the first that each task opened says how many rows the node holds, and those that
    /// hold other rows of its.
    private static final class NodeTables {
        private final List<KeyedState> main = new ArrayList<>();
        private final List<TableOfTask> all = new ArrayList<>();
        private final List<Integer> tasks = new ArrayList<>();
        private long committedEntries;

        void add(int task, String name, KeyedState table) {
            all.add(new TableOfTask(task, name));
            if (!tasks.contains(task) || MAIN_TOO.stream().anyMatch(name::endsWith)) {
                tasks.add(task);
                main.add(table);
                committedEntries += table.size();
            }
        }

        long entries() {
            return main.stream().mapToLong(KeyedState::size).sum();
        }
    }

    StoredState(Checkpoint checkpoint, int tasks, StateSettings settings, MemoryCharge charge, long version,
            WorkerPool pool) {
        this.store = StateStore.open(checkpoint, tasks, settings, charge, version)
                .sharedAmong((count, work) -> pool.round(count, work::accept));
    }

    @Override
    public synchronized KeyedState open(StateTable table, int task, int node) {
        KeyedState opened = store.task(task).open(table);
        nodes.computeIfAbsent(node, _ -> new NodeTables()).add(task, table.name(), opened);
        return opened;
    }

    @Override
    public void begin() {
        store.begin();
    }

    @Override
    public List<ByteBuffer> changes() {
        return store.collectChanges();
    }

    @Override
    public List<NodeFigures> figures() {
        List<NodeFigures> figures = new ArrayList<>();
        nodes.forEach((node, tables) -> figures.add(figures(node, tables)));
        return figures;
    }

    private NodeFigures figures(int node, NodeTables tables) {
        long made = 0;
        long kept = 0;
        for (KeyedState table : tables.main) {
            for (int i = 0; i < table.changedCount(); i++) {
                if (!table.isChangedRemoved(i)) {
                    kept++;
                    made += table.changedBefore(i) == 0 ? 1 : 0;
                }
            }
        }
        long entries = tables.entries();
        long removed = tables.committedEntries + made - entries; // also what time freed in one stroke
        Whereabouts where = Whereabouts.NOWHERE;
        for (TableOfTask table : tables.all) {
            TaskState.TableSize size = store.task(table.task).size(table.name);
            where = where.and(new Whereabouts(size.resident(), size.bytes(), size.storedBytes()));
        }
        return new NodeFigures(node, entries, kept, Math.max(0, removed), where);
    }

    @Override
    public void commit(long version) {
        store.accept(version);
        nodes.values().forEach(tables -> tables.committedEntries = tables.entries());
    }

    @Override
    public boolean isAnythingDue() {
        return store.isAnythingDue();
    }

    @Override
    public void settle() {
        store.settle();
    }

    @Override
    public void close() {
        store.close();
    }
}
