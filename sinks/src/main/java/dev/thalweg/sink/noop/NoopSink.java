package dev.thalweg.sink.noop;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.sink.Sink;
import dev.thalweg.spi.sink.SinkWriter;
import dev.thalweg.spi.sink.TriggerInfo;
import java.util.OptionalLong;

/// Counts rows and lets them go.
final class NoopSink implements Sink {
    private long rows;

    long rows() {
        return rows;
    }

    @Override
    public OptionalLong lastCommitted() {
        return OptionalLong.empty();
    }

    @Override
    public boolean isTransactional() {
        return false;
    }

    @Override
    public SinkWriter begin(TriggerInfo trigger) {
        return new SinkWriter() {
            @Override
            public void write(Batch batch) {
                try (batch) {
                    rows += batch.rowCount();
                    for (int column = 0; column < batch.columnCount(); column++) {
                        batch.vector(column); // texts that came as codes are made, as a sink that keeps them needs them
                    }
                }
            }

            @Override
            public void stage() {
                // there is nothing to keep
            }

            @Override
            public void close() {
                // there is nothing to free
            }
        };
    }

    @Override
    public void commit(long trigger) {
        // there is nothing to show
    }

    @Override
    public String description() {
        return "noop";
    }

    @Override
    public void close() {
        // there is nothing to free
    }
}
