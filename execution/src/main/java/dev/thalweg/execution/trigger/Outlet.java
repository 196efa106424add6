package dev.thalweg.execution.trigger;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.sink.TriggerInfo;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/// Where a query's result leaves the engine, whatever it is: staged with its trigger, committed exactly once.
///
/// What a sink has committed, and whether it acts at once, is asked of the sink itself ([ResultOutlets]).
///
/// **Thread** the query's trigger thread; `commit` that of a trigger that is committed beside the next one, never at the same time.
interface Outlet extends AutoCloseable {
    /// A trigger begins.
    void begin(long trigger);

    /// Takes over a part of the output, as the trigger's tasks make it.
    void take(Batch batch);

    /// All output has come: it is made durable, and stays invisible.
    void stage(TriggerInfo trigger);

    /// Makes the trigger's output visible; may be told twice.
    void commit(long trigger);

    /// Runs what makes the trigger's state the committed one; nobody reads the result meanwhile.
    default void committing(Runnable commit) {
        commit.run();
    }

    /// The result after the last committed trigger, where it is kept. Any thread may ask.
    ///
    /// @param reader pays for the batches, which the caller closes
    default Optional<List<Batch>> read(BufferAllocator reader) {
        return Optional.empty();
    }

    String description();

    /// Rows given out by the last trigger.
    long rows();

    @Override
    void close();
}
