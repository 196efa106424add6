package dev.thalweg.execution.trigger;

import dev.thalweg.execution.operator.SinkChanges;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.sink.TriggerInfo;

/// Turns the plan's Z-sets into the kinds of change that the outlet behind it takes.
final class ChangesOutlet implements Outlet {
    private final SinkChanges changes;
    private final Outlet sink;

    ChangesOutlet(SinkChanges changes, Outlet sink) {
        this.changes = changes;
        this.sink = sink;
    }

    @Override
    public void begin(long trigger) {
        sink.begin(trigger);
    }

    @Override
    public void take(Batch batch) {
        changes.push(batch, sink::take);
    }

    @Override
    public void stage(TriggerInfo trigger) {
        changes.finish(sink::take);
        sink.stage(trigger);
    }

    @Override
    public void commit(long trigger) {
        sink.commit(trigger);
    }

    @Override
    public String description() {
        return sink.description();
    }

    @Override
    public long rows() {
        return sink.rows();
    }

    @Override
    public void close() {
        try {
            changes.close();
        } finally {
            sink.close();
        }
    }
}
