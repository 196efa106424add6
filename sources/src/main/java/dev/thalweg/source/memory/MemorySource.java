package dev.thalweg.source.memory;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Corrupted;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.source.MemoryTables;
import dev.thalweg.spi.source.Offset;
import dev.thalweg.spi.source.OffsetRange;
import dev.thalweg.spi.source.ReadLimit;
import dev.thalweg.spi.source.ReadRequest;
import dev.thalweg.spi.source.Source;
import dev.thalweg.spi.source.SourceReader;
import dev.thalweg.spi.source.Split;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Reads the batches of a memory table in the order they were added.
///
/// An offset is a number of batches. They stay as long as the session does, so a range read twice gives the same rows; a
/// checkpoint that outlives its session finds them only when the program adds them again.
final class MemorySource implements Source<MemorySource.BatchOffset> {
    /// How many batches have been taken.
    record BatchOffset(int batches) implements Offset {
        @Override
        public String json() {
            return Integer.toString(batches);
        }
    }

    /// @param from the first row of the batch
    /// @param count rows
    private record BatchSplit(int index, int from, int count) implements Split {
        @Override
        public String description() {
            return "batch " + index;
        }
    }

    /// A batch that a program adds at once may be of millions of rows: tasks share it, and what operators work on at a time fits
    /// into a processor's cache.
    private static final int SPLIT_ROWS = 64 << 10;

    private final String id;
    private final RowType schema;
    private final MemoryTables.Rows rows;
    private Runnable listener = () -> {};
    private int batchesMax = Integer.MAX_VALUE;

    MemorySource(String id, RowType schema, MemoryTables.Rows rows) {
        this.id = id;
        this.schema = schema;
        this.rows = rows;
    }

    @Override
    public BatchOffset initial() {
        return new BatchOffset(0);
    }

    @Override
    public BatchOffset latest(BatchOffset taken, ReadLimit limit) {
        int available = Math.min(rows.size(), batchesMax);
        if (limit.rows() == Long.MAX_VALUE || taken.batches() >= available) {
            return new BatchOffset(Math.max(available, taken.batches()));
        }
        long count = 0;
        int to = taken.batches();
        while (to < available && (to == taken.batches() || count < limit.rows())) {
            try (Batch batch = rows.get(to++)) {
                count += batch.rowCount();
            }
        }
        return new BatchOffset(to);
    }

    @Override
    public void holdToPresent(BatchOffset taken) {
        batchesMax = rows.size();
    }

    @Override
    public java.util.List<Split> plan(OffsetRange<BatchOffset> range) {
        if (range.to().batches() > rows.size()) {
            throw new Corrupted("THW-5025", "The checkpoint has read " + range.to().batches()
                    + " batches of memory table '" + id + "', but it holds " + rows.size()
                    + ". Add the same rows again before the query starts, or use a new checkpoint.");
        }
        return IntStream.range(range.from().batches(), range.to().batches()).boxed().flatMap(this::splits).toList();
    }

    private Stream<Split> splits(int index) {
        try (Batch batch = rows.get(index)) {
            int count = batch.rowCount();
            return IntStream.rangeClosed(0, (count - 1) / SPLIT_ROWS).map(i -> i * SPLIT_ROWS)
                    .mapToObj(from -> new BatchSplit(index, from, Math.min(SPLIT_ROWS, count - from)));
        }
    }

    @Override
    public SourceReader open(Split split, ReadRequest request) {
        BatchSplit part = (BatchSplit) split;
        Batch batch = rows.get(part.index());
        if (batch.columnCount() != schema.size()) {
            batch.close();
            throw new Defect("THW-9031", "A batch of memory table '" + id + "' has " + batch.columnCount()
                    + " columns, not " + schema.size() + ".");
        }
        return new BatchReader(batch.project(schema.select(request.columns()), request.columns()), part.from(),
                part.count());
    }

    @Override
    public BatchOffset parse(String json) {
        try {
            return new BatchOffset(Integer.parseInt(json.strip()));
        } catch (NumberFormatException e) {
            throw new Corrupted("THW-5020", "The offset '" + json + "' is none of a memory source."
                    + " The checkpoint belongs to another query; use a new one.", e);
        }
    }

    @Override
    public Optional<Duration> onAvailable(Runnable wakeUp) {
        rows.removeListener(listener);
        listener = wakeUp;
        rows.onAppend(wakeUp);
        return Optional.empty();
    }

    @Override
    public String description() {
        return "memory[" + id + "]";
    }

    @Override
    public void close() {
        rows.removeListener(listener);
    }
}
