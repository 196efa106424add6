package dev.thalweg.execution.trigger;

import dev.thalweg.execution.exchange.Inbox;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.sink.Sink;
import dev.thalweg.spi.sink.SinkWriter;
import dev.thalweg.spi.sink.TriggerInfo;
import java.util.Iterator;
import java.util.Optional;
import java.util.OptionalLong;

/// A connector's sink as a query's outlet.
///
/// Output waits until the trigger's watermark is known, so that the sink can show it; what is too much to wait is written
/// as it comes, with the watermark left open.
final class SinkOutlet implements Outlet {
    private static final long WAITING_BYTES_MAX = 16L << 20;

    private final Sink sink;
    private final Inbox waiting = new Inbox();
    private Optional<SinkWriter> writer = Optional.empty();
    private long trigger;
    private long rows;

    SinkOutlet(Sink sink) {
        this.sink = sink;
    }

    @Override
    public void begin(long number) {
        trigger = number;
        rows = 0;
    }

    @Override
    public void take(Batch batch) {
        rows += batch.rowCount();
        waiting.add(batch);
        if (waiting.bytes() > WAITING_BYTES_MAX) {
            write(new TriggerInfo(trigger, OptionalLong.empty()));
        }
    }

    private SinkWriter write(TriggerInfo info) {
        SinkWriter open = writer.orElseGet(() -> sink.begin(info));
        writer = Optional.of(open);
        Iterator<Batch> batches = waiting.take().iterator();
        try {
            while (batches.hasNext()) {
                open.write(batches.next());
            }
        } finally {
            batches.forEachRemaining(Batch::close);
        }
        return open;
    }

    @Override
    public void stage(TriggerInfo info) {
        try {
            write(info).stage();
        } finally {
            closeWriter();
        }
    }

    private void closeWriter() {
        Optional<SinkWriter> open = writer;
        writer = Optional.empty();
        open.ifPresent(SinkWriter::close);
    }

    @Override
    public void commit(long number) {
        sink.commit(number);
    }

    @Override
    public String description() {
        return sink.description();
    }

    @Override
    public long rows() {
        return rows;
    }

    @Override
    public void close() {
        waiting.close();
        closeWriter();
    }
}
