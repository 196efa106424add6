package dev.thalweg.source;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.VectorValues;
import dev.thalweg.spi.source.ColumnRange;
import dev.thalweg.spi.source.MemoryTables;
import dev.thalweg.spi.source.Offset;
import dev.thalweg.spi.source.OffsetRange;
import dev.thalweg.spi.source.ReadLimit;
import dev.thalweg.spi.source.ReadRequest;
import dev.thalweg.spi.source.Source;
import dev.thalweg.spi.source.SourceContext;
import dev.thalweg.spi.source.SourceProvider;
import dev.thalweg.spi.source.SourceReader;
import dev.thalweg.spi.source.Split;
import java.nio.file.Path;
import java.time.Clock;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.stream.IntStream;
import org.apache.arrow.memory.RootAllocator;
import org.jspecify.annotations.Nullable;

/// One source under test, as the engine would drive it: found by its format, opened, read range by range, opened again.
/// Memory must be back to zero at the end.
public final class SourceHarness implements AutoCloseable {
    public final RootAllocator allocator = new RootAllocator();
    public final MemoryTables memory = new MemoryTables();
    public final List<String> dropped = new ArrayList<>();
    public final RowType schema;
    private final SourceProvider provider;
    private final TableOptions options;
    private final SourceContext context;
    private final int batchRows;
    private Source<Offset> source;

    public SourceHarness(String format, Map<String, String> options, @Nullable RowType declared,
            @Nullable Path directory) {
        this(format, options, declared, directory, ZoneOffset.UTC, Clock.systemUTC(), 1000);
    }

    public SourceHarness(String format, Map<String, String> options, @Nullable RowType declared,
            @Nullable Path directory, ZoneId zone, Clock clock, int batchRows) {
        this.provider = ServiceLoader.load(SourceProvider.class).stream().map(ServiceLoader.Provider::get)
                .filter(p -> p.format().equals(format)).findFirst().orElseThrow();
        this.options = new TableOptions(options);
        this.context = new SourceContext(Optional.ofNullable(directory), clock, zone, memory);
        this.batchRows = batchRows;
        this.schema = provider.schema(this.options, Optional.ofNullable(declared), false, context);
        this.source = openSource();
    }

    @SuppressWarnings("unchecked") // the engine too hands a source its own offsets back
    private Source<Offset> openSource() {
        return (Source<Offset>) provider.open(options, schema, context);
    }

    public Source<Offset> source() {
        return source;
    }

    public void restart() {
        source.close();
        source = openSource();
    }

    public Offset latest(Offset taken) {
        return source.latest(taken, ReadLimit.none(context.clock().millis()));
    }

    /// Everything there is, as rows of values.
    public List<List<Object>> all() {
        return read(source.initial(), source.latest(source.initial(), ReadLimit.everything(context.clock().millis())));
    }

    public List<List<Object>> read(Offset from, Offset to) {
        return read(from, to, IntStream.range(0, schema.size()).boxed().toList());
    }

    public List<List<Object>> read(Offset from, Offset to, List<Integer> columns) {
        return read(from, to, columns, List.of());
    }

    /// The rows that a source gives of those that a plan asks for: it may give more.
    public List<List<Object>> read(Offset from, Offset to, List<Integer> columns, List<ColumnRange> ranges) {
        List<List<Object>> rows = new ArrayList<>();
        ReadRequest request = new ReadRequest(columns, ranges, batchRows, allocator,
                (reason, count) -> dropped.add(reason + ": " + count));
        for (Split split : source.plan(new OffsetRange<>(from, to))) {
            try (SourceReader reader = source.open(split, request)) {
                Batch batch = reader.next();
                while (batch != null) {
                    try (Batch b = batch) {
                        add(b, rows);
                    }
                    batch = reader.next();
                }
            }
        }
        return rows;
    }

    private static void add(Batch batch, List<List<Object>> rows) {
        if (batch.rowCount() == 0) {
            throw new AssertionError("a reader gave an empty batch");
        }
        for (int row = 0; row < batch.rowCount(); row++) {
            List<Object> values = new ArrayList<>();
            for (int column = 0; column < batch.columnCount(); column++) {
                values.add(VectorValues.get(batch.vector(column), batch.physical(row), batch.type().type(column)));
            }
            rows.add(values);
        }
    }

    @Override
    public void close() {
        source.close();
        memory.close();
        allocator.close(); // throws when anything leaks
    }
}
