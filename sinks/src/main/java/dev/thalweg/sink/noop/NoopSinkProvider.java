package dev.thalweg.sink.noop;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.sink.Accepts;
import dev.thalweg.spi.sink.Sink;
import dev.thalweg.spi.sink.SinkContext;
import dev.thalweg.spi.sink.SinkProvider;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The sink of benchmarks.
public final class NoopSinkProvider implements SinkProvider {
    @Override
    public String format() {
        return "noop";
    }

    @Override
    public Set<Accepts> accepts(TableOptions options) {
        return EnumSet.allOf(Accepts.class);
    }

    @Override
    public boolean allowsTemporaryCheckpoint() {
        return true;
    }

    @Override
    public void check(TableOptions options, RowType schema) {
        options.checkKnown("sink 'noop'", List.of());
    }

    @Override
    public Sink open(TableOptions options, RowType schema, SinkContext context) {
        return new NoopSink();
    }
}
