package dev.thalweg.execution.trigger;

import dev.thalweg.execution.exchange.Inbox;
import dev.thalweg.execution.trigger.QuerySpec.TriggerConsumer;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.sink.TriggerInfo;
import java.util.List;

/// The program's own code as a query's outlet (`foreachBatch`). It acts at once and cannot tell what it has seen, so it sees
/// a trigger again when the process died in it.
final class ConsumerOutlet implements Outlet {
    private final TriggerConsumer consumer;
    private final RowType schema;
    private final Inbox waiting = new Inbox();
    private long rows;

    ConsumerOutlet(TriggerConsumer consumer, RowType schema) {
        this.consumer = consumer;
        this.schema = schema;
    }

    @Override
    public void begin(long number) {
        rows = 0;
    }

    @Override
    public void take(Batch batch) {
        rows += batch.rowCount();
        waiting.add(batch);
    }

    @Override
    public void stage(TriggerInfo info) {
        List<Batch> batches = waiting.take();
        try {
            consumer.accept(schema, batches, info);
        } finally {
            batches.forEach(Batch::close);
            // a flag that the user's code left would close the log's file at its next write
            boolean _ = Thread.interrupted();
        }
    }

    @Override
    public void commit(long number) {}

    @Override
    public String description() {
        return "ForeachBatchSink";
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public void close() {
        waiting.close();
    }
}
