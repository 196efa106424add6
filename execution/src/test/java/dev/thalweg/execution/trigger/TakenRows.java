package dev.thalweg.execution.trigger;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.VectorValues;
import dev.thalweg.spi.sink.Accepts;
import dev.thalweg.spi.sink.Sink;
import dev.thalweg.spi.sink.SinkContext;
import dev.thalweg.spi.sink.SinkProvider;
import dev.thalweg.spi.sink.SinkWriter;
import dev.thalweg.spi.sink.TriggerInfo;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/// A sink that a test looks into, and which outlives the engines that write it, as files would: what was staged is there
/// after a crash, and what was committed is committed once.
final class TakenRows implements SinkProvider {
    private final TreeMap<Long, List<String>> staged = new TreeMap<>();
    private final TreeMap<Long, List<String>> committed = new TreeMap<>();
    private final List<TriggerInfo> infos = new ArrayList<>();
    private final String format;
    private boolean transactional = true;
    private boolean acting;
    private volatile LongConsumer onCommit = _ -> {};

    TakenRows(String format) {
        this.format = format;
    }

    /// All rows of committed triggers, in order.
    synchronized List<String> rows() {
        return committed.values().stream().flatMap(List::stream).toList();
    }

    synchronized List<String> rows(long trigger) {
        return committed.getOrDefault(trigger, List.of());
    }

    synchronized Set<Long> triggers() {
        return Set.copyOf(committed.keySet());
    }

    synchronized List<TriggerInfo> infos() {
        return List.copyOf(infos);
    }

    void cannotTell() {
        transactional = false;
    }

    /// Told of each trigger that is to be committed, before it is.
    void onCommit(LongConsumer listener) {
        onCommit = listener;
    }

    void actsAtOnce() {
        acting = true;
    }

    @Override
    public String format() {
        return format;
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
    public void check(TableOptions options, RowType schema) {}

    @Override
    public Sink open(TableOptions options, RowType schema, SinkContext context) {
        return new TakenSink();
    }

    private final class TakenSink implements Sink {
        @Override
        public OptionalLong lastCommitted() {
            synchronized (TakenRows.this) {
                return committed.isEmpty() ? OptionalLong.empty() : OptionalLong.of(committed.lastKey());
            }
        }

        @Override
        public boolean isTransactional() {
            return transactional;
        }

        @Override
        public boolean actsAtOnce() {
            return acting;
        }

        @Override
        public SinkWriter begin(TriggerInfo trigger) {
            synchronized (TakenRows.this) {
                staged.remove(trigger.number());
                infos.add(trigger);
            }
            return new TakenWriter(trigger.number());
        }

        @Override
        public void commit(long trigger) {
            onCommit.accept(trigger);
            synchronized (TakenRows.this) {
                if (!committed.containsKey(trigger)) {
                    committed.put(trigger, staged.getOrDefault(trigger, List.of()));
                }
            }
        }

        @Override
        public String description() {
            return format;
        }

        @Override
        public void close() {}
    }

    private final class TakenWriter implements SinkWriter {
        private final long trigger;
        private final List<String> rows = new ArrayList<>();

        TakenWriter(long trigger) {
            this.trigger = trigger;
        }

        @Override
        public void write(Batch batch) {
            try (batch) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    rows.add((batch.weight(row) < 0 ? "-" : "") + text(batch, row));
                }
            }
        }

        @Override
        public void stage() {
            synchronized (TakenRows.this) {
                staged.put(trigger, List.copyOf(rows));
            }
        }

        @Override
        public void close() {}
    }

    static String text(Batch batch, int row) {
        List<String> values = new ArrayList<>();
        for (int column = 0; column < batch.columnCount(); column++) {
            @Nullable
            Object value = VectorValues.get(batch.vector(column), batch.physical(row), batch.type().type(column));
            values.add(String.valueOf(value));
        }
        return String.join(", ", values);
    }
}
