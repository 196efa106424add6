package dev.thalweg.execution.trigger;

import dev.thalweg.state.KeyedState;
import dev.thalweg.state.StateTable;
import java.nio.ByteBuffer;
import java.util.List;

/// The state of a query as its trigger loop sees it: tables for its tasks, all committed or dropped together.
///
/// **Thread** the trigger thread; the tables belong to their tasks while these run.
interface QueryState extends AutoCloseable {
    /// The table of one task, for the key groups it owns, made or resumed.
    ///
    /// @param node the plan's node it belongs to, for figures
    KeyedState open(StateTable table, int task, int node);

    /// Whether it is gone when the run ends.
    default boolean isOfOneRun() {
        return false;
    }

    /// A trigger begins: every table has been opened. Waits where snapshots have not kept up.
    void begin();

    /// The trigger's changes as the log keeps them, one section a task.
    List<ByteBuffer> changes();

    /// The figures of each node that keeps state, before the trigger is committed.
    List<NodeFigures> figures();

    /// What a node's state holds after a trigger.
    ///
    /// @param entries that exist now
    /// @param updated entries made or changed in this trigger
    /// @param removed entries freed or taken back in this trigger
    record NodeFigures(int node, long entries, long updated, long removed, Whereabouts where) {}

    /// Where state is.
    ///
    /// @param resident entries of all tables that are in memory
    /// @param bytes in memory
    /// @param storedBytes on disk and on their way there, about
    record Whereabouts(long resident, long bytes, long storedBytes) {
        static final Whereabouts NOWHERE = new Whereabouts(0, 0, 0);

        Whereabouts and(Whereabouts other) {
            return new Whereabouts(resident + other.resident, bytes + other.bytes, storedBytes + other.storedBytes);
        }
    }

    /// The trigger's changes make version `version`, in memory: nothing is undone any more.
    void commit(long version);

    /// Whether [#settle] has anything to do.
    boolean isAnythingDue();

    /// Brings to disk what is due after a commit, and makes room in memory. The trigger must be done for good.
    void settle();

    @Override
    void close();
}
