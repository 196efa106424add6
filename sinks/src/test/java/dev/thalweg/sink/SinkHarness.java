package dev.thalweg.sink;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.sink.Accepts;
import dev.thalweg.spi.sink.Sink;
import dev.thalweg.spi.sink.SinkContext;
import dev.thalweg.spi.sink.SinkProvider;
import dev.thalweg.spi.sink.SinkWriter;
import dev.thalweg.spi.sink.StepListener;
import dev.thalweg.spi.sink.TriggerInfo;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.ServiceLoader;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/// One sink under test, as the engine would drive it: found by its format, checked, opened, opened again after a crash.
/// Memory must be back to zero at the end.
public final class SinkHarness implements AutoCloseable {
    public final List<StepListener.Step> steps = new ArrayList<>();
    public final StringBuilder shown = new StringBuilder();
    private final RootAllocator allocator = new RootAllocator();
    private final SinkProvider provider;
    private final TableOptions options;
    private final RowType schema;
    private final List<String> partitionBy;
    private final Path checkpoint;
    private StepListener.@Nullable Step dieAt;
    private Sink sink;

    public SinkHarness(String format, Map<String, String> options, RowType schema, Path checkpoint,
            String... partitionBy) {
        this.provider = ServiceLoader.load(SinkProvider.class).stream().map(ServiceLoader.Provider::get)
                .filter(p -> p.format().equals(format)).findFirst().orElseThrow();
        this.options = new TableOptions(options);
        this.schema = schema;
        this.partitionBy = List.of(partitionBy);
        this.checkpoint = checkpoint;
        provider.check(this.options, schema);
        this.sink = open("query-1");
    }

    public Sink open(String queryId) {
        return provider.open(options, schema, new SinkContext(checkpoint, Accepts.APPEND, List.of(), partitionBy,
                queryId, shown::append, Clock.systemUTC(), ZoneOffset.UTC, Optional.empty(), this::step));
    }

    private void step(StepListener.Step step, long trigger) {
        steps.add(step);
        if (step == dieAt) {
            dieAt = null;
            throw new Killed();
        }
    }

    /// What a test throws in place of a dying process.
    public static final class Killed extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    public void dieAt(StepListener.Step step) {
        dieAt = step;
    }

    public Sink sink() {
        return sink;
    }

    public void restart() {
        sink.close();
        sink = open("query-1");
    }

    public void stage(long trigger, List<List<? extends @Nullable Object>> rows) {
        try (SinkWriter writer = sink.begin(new TriggerInfo(trigger, OptionalLong.of(trigger * 1_000_000)));
                BatchBuilder batch = new BatchBuilder(schema, allocator)) {
            if (!rows.isEmpty()) {
                rows.forEach(batch::add);
                writer.write(batch.build());
            }
            writer.stage();
        }
    }

    public void run(long trigger, List<List<? extends @Nullable Object>> rows) {
        stage(trigger, rows);
        sink.commit(trigger);
    }

    @Override
    public void close() {
        sink.close();
        allocator.close(); // throws when anything leaks
    }
}
