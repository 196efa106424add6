package dev.thalweg.execution.trigger;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.source.Offset;
import dev.thalweg.spi.source.OffsetRange;
import dev.thalweg.spi.source.ReadLimit;
import dev.thalweg.spi.source.ReadRequest;
import dev.thalweg.spi.source.Source;
import dev.thalweg.spi.source.SourceContext;
import dev.thalweg.spi.source.SourceProvider;
import dev.thalweg.spi.source.SourceReader;
import dev.thalweg.spi.source.Split;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntConsumer;
import org.jspecify.annotations.Nullable;

/// A source whose rows a test puts in, and which outlives the engines that read it, as files would. The table's name names
/// the feed. Each row is a split, so that order and tasks are put to the test.
final class Feed implements SourceProvider {
    private final Map<String, Rows> feeds = new ConcurrentHashMap<>();

    /// The rows of one feed.
    static final class Rows {
        private final List<List<? extends @Nullable Object>> rows = new ArrayList<>();
        private final List<Runnable> listeners = new CopyOnWriteArrayList<>();
        private volatile boolean ended;
        private volatile long rowsPerTrigger = Long.MAX_VALUE;
        private volatile int forgottenUpTo;
        private volatile int rowsInSplit = 1;
        private volatile IntConsumer onRead = _ -> {};

        void add(@Nullable Object... values) {
            synchronized (rows) {
                rows.add(java.util.Arrays.asList(values));
            }
            listeners.forEach(Runnable::run);
        }

        void end() {
            ended = true;
            listeners.forEach(Runnable::run);
        }

        void limit(long rowsInTrigger) {
            rowsPerTrigger = rowsInTrigger;
        }

        /// Told of the first row of each split when it is read, on the thread that reads it.
        void onRead(IntConsumer listener) {
            onRead = listener;
        }

        void splitBy(int rowsOfSplit) {
            rowsInSplit = rowsOfSplit;
        }

        /// Up to where the engine said it will not ask again.
        int forgottenUpTo() {
            return forgottenUpTo;
        }

        int size() {
            synchronized (rows) {
                return rows.size();
            }
        }
    }

    Rows rows(String name) {
        return feeds.computeIfAbsent(name, _ -> new Rows());
    }

    @Override
    public String format() {
        return "feed";
    }

    @Override
    public RowType schema(TableOptions options, Optional<RowType> declared, boolean streaming, SourceContext context) {
        return declared.orElseThrow();
    }

    @Override
    public Source<?> open(TableOptions options, RowType schema, SourceContext context) {
        return new FeedSource(rows(options.text("name", "feed")), schema);
    }

    record At(int row) implements Offset {
        @Override
        public String json() {
            return Integer.toString(row);
        }
    }

    private record Some(int from, int to) implements Split {
        @Override
        public String description() {
            return "rows from " + from;
        }
    }

    private record FeedSource(Rows rows, RowType schema) implements Source<At> {
        @Override
        public At initial() {
            return new At(0);
        }

        @Override
        public At latest(At taken, ReadLimit limit) {
            long most = limit.ignoreOptions() ? Long.MAX_VALUE : rows.rowsPerTrigger;
            return new At((int) Math.min(rows.size(), most == Long.MAX_VALUE ? most : taken.row() + most));
        }

        @Override
        public List<Split> plan(OffsetRange<At> range) {
            List<Split> splits = new ArrayList<>();
            for (int row = range.from().row(); row < range.to().row(); row += rows.rowsInSplit) {
                splits.add(new Some(row, Math.min(range.to().row(), row + rows.rowsInSplit)));
            }
            return splits;
        }

        @Override
        public SourceReader open(Split split, ReadRequest request) {
            return new SourceReader() {
                private boolean done;

                @Override
                public @Nullable Batch next() {
                    if (done) {
                        return null;
                    }
                    done = true;
                    try (BatchBuilder batch = new BatchBuilder(schema, request.allocator())) {
                        Some some = (Some) split;
                        rows.onRead.accept(some.from());
                        synchronized (rows.rows) {
                            rows.rows.subList(some.from(), some.to()).forEach(batch::add);
                        }
                        return batch.build().project(schema.select(request.columns()), request.columns());
                    }
                }

                @Override
                public void close() {}
            };
        }

        @Override
        public At parse(String json) {
            return new At(Integer.parseInt(json));
        }

        @Override
        public boolean isExhausted(At taken) {
            return rows.ended && taken.row() == rows.size();
        }

        @Override
        public void commit(At offset) {
            rows.forgottenUpTo = offset.row();
        }

        @Override
        public Optional<Duration> onAvailable(Runnable wakeUp) {
            rows.listeners.add(wakeUp);
            return Optional.empty();
        }

        @Override
        public String description() {
            return "feed";
        }

        @Override
        public void close() {}
    }
}
