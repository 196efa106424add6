package dev.thalweg.execution.trigger;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.file.Directories;
import dev.thalweg.spi.sink.Accepts;
import dev.thalweg.spi.sink.Sink;
import dev.thalweg.spi.sink.SinkContext;
import dev.thalweg.spi.sink.SinkProvider;
import dev.thalweg.spi.sink.SinkWriter;
import dev.thalweg.spi.sink.TriggerInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/// Writes finished rows into a sink as the one trigger of a query of its own: staged, then committed, so that readers see all
/// of them or none.
final class BatchWrite {
    private final Engine engine;
    private final RowType schema;
    private final QuerySpec.Target.ToSink target;
    private final EngineSettings settings;

    BatchWrite(Engine engine, RowType schema, QuerySpec.Target.ToSink target, EngineSettings settings) {
        this.engine = engine;
        this.schema = schema;
        this.target = target;
        this.settings = settings;
    }

    void write(List<Batch> batches) {
        Iterator<Batch> left = batches.iterator();
        try {
            write(left);
        } finally {
            left.forEachRemaining(Batch::close);
        }
    }

    private void write(Iterator<Batch> left) {
        SinkProvider provider = engine.connectors().sink(target);
        provider.check(target.options(), schema);
        if (!provider.accepts(target.options()).contains(Accepts.APPEND)) {
            throw new InvalidQuery("THW-3039", "The sink '" + target.format()
                    + "' takes no rows of a batch query: it does not take output mode append.");
        }
        Path directory = temporaryDirectory();
        try (Sink sink = provider.open(target.options(), schema, context(directory))) {
            OptionalLong last = sink.lastCommitted();
            long number = last.isPresent() ? last.getAsLong() + 1 : 0;
            try (SinkWriter writer = sink.begin(new TriggerInfo(number, OptionalLong.empty()))) {
                while (left.hasNext()) {
                    writer.write(left.next());
                }
                writer.stage();
            }
            sink.commit(number);
        } finally {
            Directories.delete(directory);
        }
    }

    private SinkContext context(Path directory) {
        return new SinkContext(directory, Accepts.APPEND, List.of(), target.partitionBy(), SinkContext.BATCH_INSERT,
                engine.output(), engine.clock(), settings.zone(), Optional.empty());
    }

    private static Path temporaryDirectory() {
        try {
            return Files.createTempDirectory("thalweg-write-");
        } catch (IOException e) {
            throw new Unavailable("THW-5065", "A temporary directory cannot be made: " + e
                    + ". Check the directory that java.io.tmpdir names.", e);
        }
    }
}
