package dev.thalweg.sink.memory;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.sink.Accepts;
import dev.thalweg.spi.sink.Sink;
import dev.thalweg.spi.sink.SinkContext;
import dev.thalweg.spi.sink.SinkProvider;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// A table in memory that always shows the current result, queried under the query's name. The engine keeps it as the state
/// of an operator: versioned, recovered, read at the last committed trigger.
public final class MemorySinkProvider implements SinkProvider {
    @Override
    public String format() {
        return "memory";
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
    public boolean isMaterialized() {
        return true;
    }

    @Override
    public void check(TableOptions options, RowType schema) {
        options.checkKnown("sink 'memory'", List.of("memoryId"));
    }

    @Override
    public Sink open(TableOptions options, RowType schema, SinkContext context) {
        throw new Defect("THW-9032", "A memory table was opened as a sink, but the engine must keep it as state."
                + " Please report the query.");
    }
}
