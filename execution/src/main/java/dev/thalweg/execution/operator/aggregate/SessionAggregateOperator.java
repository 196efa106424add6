package dev.thalweg.execution.operator.aggregate;

import dev.thalweg.execution.hash.BatchRows;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.execution.hash.RawVectors;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.StateTables;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// Keeps one row a session up to date, where rows are only added and the gap is a constant: a partial result a session, no rows.
///
/// A session is a group of an ordinary aggregate, by its key, its start and its end. When it grows, or meets another, its group
/// is merged into that of the new bounds and is gone.
/// State: the groups, and the bounds of each key's sessions ([SessionBounds]). Both are freed when the watermark passes the end, or
/// when no row has reached the session for its time to live;
/// a row is late when it has passed the row's time, so that no row meets a session that was given away.
/// Changes: inserts in; the row of a session out, once a trigger and with the row of its old bounds back, or once it is closed.
/// Cost: two probes a row, and two for each session that has grown in a batch.
public final class SessionAggregateOperator implements Operator {
    private final AggregateDeclaration spec;
    private final List<Integer> keys;
    private final int time;
    private final KeyEncoder encoder;
    private final KeyEncoder ofClosed;
    private final Lateness lateness;
    private final SessionBounds bounds;
    private final AggregateOperator groups;
    private final BufferAllocator allocator;
    private final boolean forgets;
    private final BatchRows batchRows = new BatchRows();
    private long[] times = new long[0];
    private long[] starts = new long[0];
    private long[] ends = new long[0];

    /// What rows of a session have in common.
    ///
    /// @param time a column of the input
    /// @param gap in microseconds; without one rows are in no session
    /// @param keys columns of the input
    public record Sessions(int time, long gap, List<Integer> keys) {}

    /// How keys are put into key groups.
    ///
    /// @param rows encodes the sessions' key of an input row; taken over
    /// @param closed encodes a row of nothing but that key, to the same bytes and hash; taken over
    /// @param groups encodes the key of the aggregate, owned by the sessions' key; taken over
    public record Encoders(KeyEncoder rows, KeyEncoder closed, KeyEncoder groups) {}

    /// @param spec of the aggregate, over the input's columns and the bounds of the session behind them
    public SessionAggregateOperator(AggregateDeclaration spec, Sessions sessions, Encoders encoders, StateTables tables,
            Lateness lateness, BufferAllocator allocator) {
        this.spec = spec;
        this.keys = sessions.keys();
        this.time = sessions.time();
        this.encoder = encoders.rows();
        this.ofClosed = encoders.closed();
        this.lateness = lateness;
        this.groups = new AggregateOperator(spec, encoders.groups(), false, tables, Lateness.none(), allocator);
        this.bounds = new SessionBounds(spec.name(), spec.input().select(keys).sql(), sessions.gap(), tables,
                allocator);
        this.forgets = tables.forgets();
        this.allocator = allocator;
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        try (Batch onTime = withTime(lateness.refuse(batch, out))) {
            if (onTime.rowCount() > 0) {
                take(onTime);
            }
        }
    }

    /// A row without a time is in no session.
    private Batch withTime(Batch batch) {
        FieldVector vector = batch.vector(time);
        if (vector.getNullCount() == 0) {
            return batch;
        }
        int[] physical = batchRows.of(batch);
        int[] kept = new int[batch.rowCount()];
        int count = 0;
        for (int i = 0; i < batch.rowCount(); i++) {
            if (Memory.getBit(vector.getValidityBufferAddress(), physical[i])) {
                kept[count++] = physical[i];
            }
        }
        return count == batch.rowCount() ? batch : batch.select(kept, count);
    }

    private void take(Batch batch) {
        int count = batch.rowCount();
        if (times.length < count) {
            times = new long[count];
            starts = new long[count];
            ends = new long[count];
        }
        int[] physical = batchRows.of(batch);
        long data = batch.vector(time).getDataBufferAddress();
        for (int i = 0; i < count; i++) {
            times[i] = Memory.getLong(data + ((long) physical[i] << 3));
        }
        SessionMoves moves = bounds.take(encoder.encode(batch), times, count, starts, ends);
        try (Batch rows = withBounds(batch, physical)) {
            groups.take(rows, moves);
        }
    }

    private Batch withBounds(Batch batch, int[] physical) {
        RowType type = spec.input();
        int width = batch.columnCount();
        try (NewColumns added = new NewColumns(allocator)) {
            FieldVector start = ArrowTypes.newVector(type.field(width), allocator);
            added.add(start);
            FieldVector end = ArrowTypes.newVector(type.field(width + 1), allocator);
            added.add(end);
            RawVectors.allocate(start, batch.vectorRows());
            RawVectors.allocate(end, batch.vectorRows());
            long startData = start.getDataBufferAddress();
            long endData = end.getDataBufferAddress();
            for (int i = 0; i < batch.rowCount(); i++) {
                Memory.putLong(startData + ((long) physical[i] << 3), starts[i]);
                Memory.putLong(endData + ((long) physical[i] << 3), ends[i]);
            }
            List<Column> more = added.take();
            List<Column> all = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                all.add(batch.column(i));
            }
            all.addAll(more);
            return batch.retain().extend(type, all, more);
        }
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        if (spec.freedBy().isPresent() && watermark.micros() != Long.MIN_VALUE) {
            groups.forEachClosed(watermark.micros(), keys, closed -> {
                try (closed) {
                    bounds.removeThrough(ofClosed.encode(closed), watermark.micros());
                }
            });
        }
        if (forgets) {
            forgetBounds();
        }
        groups.advance(watermark, out);
        lateness.advance(watermark);
    }

    /// Of sessions that have lived their time; one that was merged into another has no bounds any more.
    private void forgetBounds() {
        int width = spec.input().size() - 2;
        List<Integer> columns = new ArrayList<>(keys);
        columns.addAll(List.of(width, width + 1));
        List<Integer> ofKey = IntStream.range(0, keys.size()).boxed().toList();
        groups.forEachGone(columns, gone -> {
            try (Batch key = gone.retain().project(spec.input().select(keys), ofKey); gone) {
                bounds.remove(ofClosed.encode(key), longs(gone, keys.size()), longs(gone, keys.size() + 1));
            }
        });
    }

    private static long[] longs(Batch batch, int column) {
        long data = batch.vector(column).getDataBufferAddress();
        long[] values = new long[batch.rowCount()];
        for (int i = 0; i < values.length; i++) {
            values[i] = Memory.getLong(data + ((long) batch.physical(i) << 3));
        }
        return values;
    }

    @Override
    public void close() {
        encoder.close();
        ofClosed.close();
        bounds.close();
        groups.close();
    }
}
