package dev.thalweg.execution.trigger;

import dev.thalweg.execution.exchange.KeyRouter;
import dev.thalweg.execution.operator.ResultTable;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;

/// The result of a query as a table that others read: one part a task, each with the rows whose key groups the task owns, so
/// that it is recovered and moved like any other state.
///
/// **Thread** the trigger thread changes it; any may [#read], and sees the last committed trigger whole.
final class ResultTables implements AutoCloseable {
    /// The node that the figures of the first result are told under; those of further results count down from it.
    private static final int NODE = -1;

    private final List<ResultTable> parts = new ArrayList<>();
    private final KeyRouter router;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();

    /// What the parts are made with, one a task.
    record Parts(int tasks, QueryState state, BufferAllocator allocator) {}

    /// @param number of the result among the query's
    ResultTables(RowType type, int number, Parts with) {
        this.router = KeyRouter.wholeRows(type, with.tasks(), with.allocator());
        String name = number == 0 ? "result" : "result-" + number;
        try {
            for (int task = 0; task < with.tasks(); task++) {
                int owner = task;
                parts.add(new ResultTable(name, type, table -> with.state().open(table, owner, NODE - number),
                        with.allocator()));
            }
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /// Whether figures are of a kept result, and not of a node of the plan.
    static boolean isResult(int node) {
        return node <= NODE;
    }

    /// Takes over a part of a trigger's changes.
    void push(Batch delta) {
        router.route(delta, (task, part) -> parts.get(task).push(part));
    }

    /// All changes of the trigger are in.
    void settle() {
        parts.forEach(ResultTable::settle);
    }

    /// Hands over the whole result as it is in this trigger.
    void emitAll(Consumer<Batch> sink) {
        parts.forEach(part -> part.emitAll(sink));
    }

    /// Makes the trigger's changes the committed ones while nobody reads.
    void committing(Runnable commit) {
        lock.writeLock().lock();
        try {
            commit.run();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// @param reader pays for the batches, which the caller closes
    List<Batch> read(BufferAllocator reader) {
        List<Batch> batches = new ArrayList<>();
        lock.readLock().lock();
        try {
            parts.forEach(part -> batches.addAll(part.read(reader)));
            return batches;
        } catch (RuntimeException e) {
            batches.forEach(Batch::close);
            throw e;
        } finally {
            lock.readLock().unlock();
        }
    }

    @Override
    public void close() {
        router.close();
        parts.forEach(ResultTable::close);
    }
}
