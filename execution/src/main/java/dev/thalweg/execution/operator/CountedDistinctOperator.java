package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.KeyDecoder;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.execution.hash.RowCodec;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.StateTable;
import org.apache.arrow.memory.BufferAllocator;

/// Keeps each different row once, as long as there is at least one of it.
///
/// State: a table `row -> count`. A row that holds the event time is freed when the watermark passes it, and is then
/// forgotten, not taken back.
/// Changes: `+1` when the count rises above 0, `-1` when it falls back, once a trigger. In rows that it emits -0.0 is 0.0.
final class CountedDistinctOperator implements Operator {
    private static final int ROWS_MAX = 16_384;

    private final RowType type;
    private final KeyEncoder encoder;
    private final KeyDecoder decoder;
    private final KeyedState counts;
    private final Lateness lateness;
    private final BufferAllocator allocator;
    private int[] slots = new int[0];

    /// @param encoder of all columns of `type`, in order; taken over
    CountedDistinctOperator(String name, RowType type, KeyEncoder encoder, StateTables tables, Lateness lateness,
            BufferAllocator allocator) {
        this.type = type;
        this.encoder = encoder;
        this.decoder = new KeyDecoder(encoder.layout());
        this.counts = tables.openKeys(new StateTable(name + ".rows", 8, false, holdsEventTime(), type.sql(),
                "count BIGINT"));
        this.lateness = lateness;
        this.allocator = allocator;
    }

    private boolean holdsEventTime() {
        return encoder.layout().timeColumn() >= 0;
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        try (Batch onTime = lateness.refuse(batch, out)) {
            int count = onTime.rowCount();
            EncodedKeys keys = encoder.encode(onTime);
            if (slots.length < count) {
                slots = new int[count];
            }
            counts.findOrInsert(keys, slots);
            for (int i = 0; i < count; i++) {
                counts.touch(slots[i]);
                long at = counts.value(slots[i]);
                Memory.putLong(at, Memory.getLong(at) + onTime.weight(i));
            }
        }
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        long[] at = new long[Math.min(ROWS_MAX, counts.changedCount())];
        long[] weights = new long[at.length];
        int count = 0;
        for (int i = 0; i < counts.changedCount(); i++) {
            int slot = counts.changed(i);
            long before = counts.before(slot);
            boolean was = before != 0 && Memory.getLong(before) > 0;
            long now = counts.isRemoved(slot) ? 0 : Memory.getLong(counts.value(slot));
            if (was != now > 0) {
                at[count] = counts.keyAddress(slot);
                weights[count++] = was ? -1 : 1;
            }
            if (now == 0) {
                counts.remove(slot);
            }
            if (count == ROWS_MAX) {
                emit(at, weights, count, out);
                count = 0;
            }
        }
        emit(at, weights, count, out);
        if (holdsEventTime() && watermark.micros() != Long.MIN_VALUE) {
            counts.removeThrough(watermark.micros());
        }
        lateness.advance(watermark);
    }

    private void emit(long[] at, long[] weights, int count, Downstream out) {
        if (count > 0) {
            out.emit(batch(at, weights, count));
        }
    }

    private Batch batch(long[] at, long[] weights, int count) {
        try (NewColumns columns = new NewColumns(allocator)) {
            RowCodec.columns(decoder, type, at, count, allocator).forEach(columns::add);
            columns.addWeights(weights, count);
            return columns.batch(type, count);
        }
    }

    @Override
    public void close() {
        encoder.close();
    }
}
