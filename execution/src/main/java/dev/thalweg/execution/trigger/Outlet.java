package dev.thalweg.execution.trigger;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.sink.TriggerInfo;
import java.util.OptionalLong;

/// Where a query's result leaves the engine, whatever it is: staged with its trigger, committed exactly once.
///
/// **Thread** the query's trigger thread.
interface Outlet extends AutoCloseable {
    /// A trigger begins.
    void begin(long trigger);

    /// Takes over a part of the plan's output, as the trigger's tasks make it.
    void take(Batch batch);

    /// All output has come: it is made durable, and stays invisible.
    void stage(TriggerInfo trigger);

    /// Makes the trigger's output visible; may be told twice.
    void commit(long trigger);

    /// The last trigger committed, where the outlet can tell.
    OptionalLong lastCommitted();

    /// Whether output acts before the trigger is committed, so that the trigger must be on record before it runs.
    boolean actsAtOnce();

    /// Whether what it holds is part of the query's state and needs no commit of its own.
    boolean isState();

    String description();

    /// Rows given out by the last trigger.
    long rows();

    /// The trigger is dropped: forget what it gave.
    void abort();

    @Override
    void close();
}
