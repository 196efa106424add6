package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.KeyDecoder;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.hash.RowCodec;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.KeyedState.SlotVisitor;
import dev.thalweg.state.StateTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.IntToLongFunction;
import org.apache.arrow.memory.BufferAllocator;

/// The result of a query, kept so that others can ask for it while the query runs: a memory table or a materialized view.
///
/// State: a table `row -> count`, a bag in which deletes are applied. It is versioned, logged and recovered like any other
/// state.
/// Changes: takes the plan's changes as they are, in every output mode.
/// **Thread** the trigger thread changes it, any thread may [#read] it. A reader sees the last committed trigger, never one
/// that is under way: entries changed since are read as they were before. Whoever reads keeps changes and other readers waiting,
/// because a walk over the table may pass entries from disk through its memory.
public final class ResultTable implements AutoCloseable {
    private static final int ROWS_MAX = 16_384;

    private final RowType type;
    private final KeyEncoder encoder;
    private final KeyDecoder decoder;
    private final KeyedState counts;
    private final BufferAllocator allocator;
    private final ReentrantLock lock = new ReentrantLock();
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
        lock.lock();
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
            lock.unlock();
        }
    }

    /// All changes of the trigger are in; to be called before they are logged.
    ///
    /// @return whether the result is another one than before
    public boolean settle() {
        lock.lock();
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
            lock.unlock();
        }
    }

    private long before(int slot) {
        long before = counts.before(slot);
        return before == 0 ? 0 : Memory.getLong(before);
    }

    /// Hands over the whole result as it is in this trigger, for a sink that takes complete results. An empty result is one
    /// empty batch.
    public void emitAll(Consumer<Batch> sink) {
        lock.lock();
        try {
            Collector collector = new Collector(sink, allocator, slot -> Memory.getLong(counts.value(slot)));
            counts.forEach(collector);
            collector.flush();
            if (!collector.handedOver) {
                collector.flushAlways();
            }
        } finally {
            lock.unlock();
        }
    }

    /// Runs what makes the trigger's changes the committed ones (or drops them), while nobody reads.
    public void exclusively(Runnable commit) {
        lock.lock();
        try {
            commit.run();
        } finally {
            lock.unlock();
        }
    }

    /// The result after the last committed trigger. Any thread may call it.
    ///
    /// @param reader pays for the batches, which the caller closes; they have no weights
    public List<Batch> read(BufferAllocator reader) {
        List<Batch> batches = new ArrayList<>();
        Collector collector = new Collector(batches::add, reader, this::before);
        lock.lock();
        try {
            counts.forEach(collector);
            for (int i = 0; i < counts.changedCount(); i++) {
                int slot = counts.changed(i);
                if (counts.isRemoved(slot)) {
                    collector.visit(slot);
                }
            }
            collector.flush();
            return batches;
        } catch (RuntimeException e) {
            batches.forEach(Batch::close);
            throw e;
        } finally {
            lock.unlock();
        }
    }

    /// Entries held, for progress.
    public long size() {
        return counts.size();
    }

    /// Turns entries into batches of rows.
    private final class Collector implements SlotVisitor {
        private final Consumer<Batch> batches;
        private final BufferAllocator target;
        private final IntToLongFunction times;
        private long[] at = new long[256];
        private int count;
        private boolean handedOver;

        /// @param times how often a row is there
        Collector(Consumer<Batch> batches, BufferAllocator target, IntToLongFunction times) {
            this.batches = batches;
            this.target = target;
            this.times = times;
        }

        @Override
        public void visit(int slot) {
            for (long left = times.applyAsLong(slot); left > 0; left--) {
                if (count == at.length) {
                    at = Arrays.copyOf(at, count * 2);
                }
                at[count++] = counts.keyAddress(slot);
                if (count == ROWS_MAX) {
                    flush();
                }
            }
        }

        @Override
        public void takingBack() {
            flush();
        }

        void flush() {
            if (count > 0) {
                flushAlways();
            }
        }

        void flushAlways() {
            batches.accept(Batch.of(type, RowCodec.columns(decoder, type, at, count, target), count));
            count = 0;
            handedOver = true;
        }
    }

    @Override
    public void close() {
        encoder.close();
    }
}
