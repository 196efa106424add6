package dev.thalweg.execution.trigger;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.sink.TriggerInfo;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;

/// A result that is kept as a table, and handed on whole where a sink takes complete results.
///
/// Without a sink it is state and nothing else: durable with the trigger's changes, no commit of its own.
final class TableOutlet implements Outlet {
    private final ResultTables tables;
    private final Optional<Outlet> sink;
    private final Consumer<Consumer<Batch>> whole;
    private long rows;

    /// A result that is state and nothing else.
    TableOutlet(ResultTables tables) {
        this(tables, Optional.empty(), tables::emitAll);
    }

    /// @param sink takes the whole result of every trigger
    /// @param whole hands that result over, in the order that the query asks for
    TableOutlet(ResultTables tables, Optional<Outlet> sink, Consumer<Consumer<Batch>> whole) {
        this.tables = tables;
        this.sink = sink;
        this.whole = whole;
    }

    @Override
    public void begin(long trigger) {
        rows = 0;
        sink.ifPresent(outlet -> outlet.begin(trigger));
    }

    @Override
    public void take(Batch batch) {
        rows += batch.rowCount();
        tables.push(batch);
    }

    @Override
    public void stage(TriggerInfo trigger) {
        tables.settle();
        sink.ifPresent(outlet -> {
            whole.accept(outlet::take);
            outlet.stage(trigger);
        });
    }

    @Override
    public void commit(long trigger) {
        sink.ifPresent(outlet -> outlet.commit(trigger));
    }

    @Override
    public void committing(Runnable commit) {
        tables.committing(commit);
    }

    @Override
    public Optional<List<Batch>> read(BufferAllocator reader) {
        return Optional.of(tables.read(reader));
    }

    @Override
    public String description() {
        return sink.map(Outlet::description).orElse("memory");
    }

    @Override
    public long rows() {
        return sink.map(Outlet::rows).orElse(rows);
    }

    @Override
    public void close() {
        try {
            sink.ifPresent(Outlet::close);
        } finally {
            tables.close();
        }
    }
}
