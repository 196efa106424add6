package dev.thalweg.state;

import static java.util.Objects.requireNonNull;

import dev.thalweg.spi.error.Defect;
import dev.thalweg.state.overlay.ByteSink;
import dev.thalweg.state.overlay.ResidentTable;
import dev.thalweg.state.rocks.ChangeSection;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The state of one task: its tables, for the key groups that it owns.
///
/// **Thread** tables are opened and used by the task; commits are the trigger thread's.
public final class TaskState {
    private final KeyGroups groups;
    private final StateStore store;
    private final Map<String, ResidentTable> tables = new LinkedHashMap<>();
    private final ByteSink out;

    TaskState(KeyGroups groups, StateStore store, ByteSink out) {
        this.groups = groups;
        this.store = store;
        this.out = out;
    }

    public KeyGroups groups() {
        return groups;
    }

    /// Opens a table with the entries of the version that the store was opened at. Once a table, before the first trigger.
    ///
    /// **Errors** the checkpoint has another table of that name.
    public KeyedState open(StateTable declaration) {
        ResidentTable table = store.load(this, declaration);
        synchronized (tables) {
            if (tables.putIfAbsent(declaration.name(), table) != null) {
                table.close();
                throw new Defect("THW-9522", "State table '" + declaration.name()
                        + "' is opened twice in one task. Please send this message and the query.");
            }
        }
        return table;
    }

    /// Writes what the trigger has changed so far.
    ///
    /// @return good until the commit or abort; empty if nothing was
    Optional<ByteBuffer> collect() {
        out.clear();
        return ChangeSection.write(groups, tables.values(), out) ? Optional.of(out.buffer()) : Optional.empty();
    }

    /// How many entries the trigger has changed so far.
    long changes() {
        return tables.values().stream().mapToLong(ResidentTable::changedCount).sum();
    }

    /// Whether [#collect] has written something that is not committed.
    boolean isCollected() {
        return out.size() > 0;
    }

    void commit() {
        tables.values().forEach(ResidentTable::commit);
        out.settle();
    }

    void abort() {
        tables.values().forEach(ResidentTable::abort);
        out.settle();
    }

    /// Whether a table has changes that [#collect] has not written.
    boolean isUncollected() {
        return !isCollected() && tables.values().stream().anyMatch(ResidentTable::isChanged);
    }

    long entries() {
        return tables.values().stream().mapToLong(ResidentTable::size).sum();
    }

    /// Whether a table has entries that are on disk only.
    boolean isPartial() {
        return tables.values().stream().anyMatch(ResidentTable::isPartial);
    }

    /// Has every table give memory back.
    ///
    /// @param share of its bytes that it may keep
    void shrink(double share) {
        tables.values().forEach(table -> table.shrink((long) (table.bytes() * share)));
        out.close(); // it has been settled
    }

    /// Where the entries of a table are, for progress.
    public TableSize size(String table) {
        ResidentTable open = requireNonNull(tables.get(table), table);
        return new TableSize(open.size(), open.residentCount(), open.bytes(), store.storedBytes(this, table));
    }

    /// How large a table is in this task.
    ///
    /// @param entries that there are
    /// @param resident entries in memory
    /// @param bytes off the heap
    /// @param storedBytes on disk and on their way there, about
    public record TableSize(long entries, long resident, long bytes, long storedBytes) {}

    void close() {
        tables.values().forEach(ResidentTable::close);
        out.close();
    }
}
