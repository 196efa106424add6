package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.KeyDecoder;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.hash.RowCodec;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.StateTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;

/// The result of a query, kept so that others can ask for it while the query runs: a memory table or a materialized view.
///
/// State: a table `row -> count`, a bag in which deletes are applied. It is versioned, logged and recovered like any other
/// state.
/// Changes: takes the plan's changes as they are, in every output mode.
/// **Thread** the trigger thread changes it, any thread may [#read] it. A reader sees the last committed trigger, never one
/// that is under way: entries changed since are read as they were before. Readers keep changes waiting while they copy.
public final class ResultTable implements AutoCloseable {
    private static final int ROWS_MAX = 16_384;

    private final RowType type;
    private final KeyEncoder encoder;
    private final KeyDecoder decoder;
    private final KeyedState counts;
    private final BufferAllocator allocator;
    private final ReadWriteLock lock = new ReentrantReadWriteLock();
    private int[] slots = new int[0];

    /// @param name stable in the query, such as `result`
    /// @param tables gives a table of all key groups
    public ResultTable(String name, RowType type, StateTables tables, BufferAllocator allocator) {
        this.type = type;
        this.encoder = KeyEncoder.exact(type, allocator);
        this.decoder = new KeyDecoder(encoder.layout());
        try {
            this.counts = tables.open(new StateTable(name + ".rows", 8, false, false, type.sql(), "count BIGINT"));
        } catch (RuntimeException e) {
            encoder.close(); // the state found there may be that of another query
            throw e;
        }
        this.allocator = allocator;
    }

    /// Takes over a part of a trigger's changes.
    public void push(Batch delta) {
        lock.writeLock().lock();
        try (delta) {
            int count = delta.rowCount();
            if (slots.length < count) {
                slots = new int[count];
            }
            EncodedKeys keys = encoder.encode(delta);
            counts.findOrInsert(keys, slots);
            for (int i = 0; i < count; i++) {
                counts.touch(slots[i]);
                long at = counts.value(slots[i]);
                Memory.putLong(at, Memory.getLong(at) + delta.weight(i));
            }
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// All changes of the trigger are in; to be called before they are logged.
    ///
    /// @return whether the result is another one than before
    public boolean settle() {
        lock.writeLock().lock();
        try {
            boolean different = false;
            for (int i = 0; i < counts.changedCount(); i++) {
                int slot = counts.changed(i);
                long before = before(slot);
                long now = counts.isRemoved(slot) ? 0 : Memory.getLong(counts.value(slot));
                different |= before != now;
                if (now == 0) {
                    counts.remove(slot);
                }
            }
            return different;
        } finally {
            lock.writeLock().unlock();
        }
    }

    private long before(int slot) {
        long before = counts.before(slot);
        return before == 0 ? 0 : Memory.getLong(before);
    }

    /// Hands over the whole result as it is in this trigger, for a sink that takes complete results. An empty result is one
    /// empty batch.
    public void emitAll(Consumer<Batch> sink) {
        List<Batch> batches = new ArrayList<>();
        Collector collector = new Collector(batches, allocator);
        counts.forEach(slot -> collector.add(slot, Memory.getLong(counts.value(slot))));
        collector.flush();
        if (batches.isEmpty()) {
            collector.flushAlways();
        }
        batches.forEach(sink);
    }

    /// Runs what makes the trigger's changes the committed ones (or drops them), while nobody reads.
    public void exclusively(Runnable commit) {
        lock.writeLock().lock();
        try {
            commit.run();
        } finally {
            lock.writeLock().unlock();
        }
    }

    /// The result after the last committed trigger. Any thread may call it.
    ///
    /// @param reader pays for the batches, which the caller closes; they have no weights
    public List<Batch> read(BufferAllocator reader) {
        List<Batch> batches = new ArrayList<>();
        Collector collector = new Collector(batches, reader);
        lock.readLock().lock();
        try {
            counts.forEach(slot -> collector.add(slot, before(slot)));
            for (int i = 0; i < counts.changedCount(); i++) {
                int slot = counts.changed(i);
                if (counts.isRemoved(slot)) {
                    collector.add(slot, before(slot));
                }
            }
            collector.flush();
            return batches;
        } catch (RuntimeException e) {
            batches.forEach(Batch::close);
            throw e;
        } finally {
            lock.readLock().unlock();
        }
    }

    /// Entries held, for progress.
    public long size() {
        return counts.size();
    }

    private final class Collector {
        private final List<Batch> batches;
        private final BufferAllocator target;
        private long[] at = new long[256];
        private int count;

        Collector(List<Batch> batches, BufferAllocator target) {
            this.batches = batches;
            this.target = target;
        }

        void add(int slot, long times) {
            for (long i = 0; i < times; i++) {
                if (count == at.length) {
                    at = Arrays.copyOf(at, count * 2);
                }
                at[count++] = counts.keyAddress(slot);
                if (count == ROWS_MAX) {
                    flush();
                }
            }
        }

        void flush() {
            if (count > 0) {
                flushAlways();
            }
        }

        void flushAlways() {
            batches.add(Batch.of(type, RowCodec.columns(decoder, type, at, count, target), count));
            count = 0;
        }
    }

    @Override
    public void close() {
        encoder.close();
    }
}
