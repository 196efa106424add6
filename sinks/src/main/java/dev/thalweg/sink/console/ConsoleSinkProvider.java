package dev.thalweg.sink.console;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.sink.Accepts;
import dev.thalweg.spi.sink.Sink;
import dev.thalweg.spi.sink.SinkContext;
import dev.thalweg.spi.sink.SinkProvider;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// The console, for looking at a stream.
public final class ConsoleSinkProvider implements SinkProvider {
    @Override
    public String format() {
        return "console";
    }

    @Override
    public Set<Accepts> accepts(TableOptions options) {
        return EnumSet.of(Accepts.APPEND, Accepts.UPSERT, Accepts.CHANGES, Accepts.COMPLETE);
    }

    @Override
    public boolean allowsTemporaryCheckpoint() {
        return true;
    }

    @Override
    public void check(TableOptions options, RowType schema) {
        options.checkKnown("sink 'console'", List.of("numRows", "truncate"));
        ConsoleOptions.of(options);
    }

    @Override
    public Sink open(TableOptions options, RowType schema, SinkContext context) {
        return new ConsoleSink(ConsoleOptions.of(options), schema, context);
    }
}
