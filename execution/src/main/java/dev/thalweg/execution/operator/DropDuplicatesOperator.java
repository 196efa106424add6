package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.BatchRows;
import dev.thalweg.execution.hash.KeyDecoder;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.hash.KeyLayout;
import dev.thalweg.execution.hash.RowCodec;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.StateTable;
import org.apache.arrow.memory.BufferAllocator;

/// Lets the first row of each key through and drops the rest, until the watermark lets the key go. DISTINCT is this with
/// the whole row as its key.
///
/// State: one entry per key. A key that holds the event time is freed when the watermark passes it; any other is kept.
/// Changes: insert-only in and out; [CountedDistinctOperator] serves a DISTINCT whose input retracts.
/// Cost: one probe a row.
final class DropDuplicatesOperator implements Operator {
    private final KeyEncoder encoder;
    private final KeyedState seen;
    private final Lateness lateness;
    private final boolean keyHoldsEventTime;
    private final Shown shown;
    private final BatchRows batchRows = new BatchRows();
    private int[] slots = new int[0];
    private long[] keyAt = new long[0];

    /// What a row looks like that is let through.
    interface Shown {
        /// As it came.
        Shown AS_IT_CAME = (batch, rows, keys, count) -> batch.retain().once().select(rows, count);

        /// The first `count` of `rows`, whose keys stand at `keys`.
        Batch of(Batch batch, int[] rows, long[] keys, int count);

        /// As keys are compared, so that which of two equal rows came first cannot be seen: 0.0 for -0.0, maps in the order of
        /// their keys.
        static Shown asKey(RowType row, KeyDecoder decoder, BufferAllocator allocator) {
            boolean isPlain = row.fields().stream().allMatch(field -> hasOneForm(field.type()));
            return isPlain
                    ? AS_IT_CAME
                    : (_, _, keys, count) -> Batch.of(row, RowCodec.columns(decoder, row, keys, count, allocator),
                            count);
        }

        private static boolean hasOneForm(DataType type) {
            return switch (type) {
                case Simple simple -> simple != Simple.FLOAT && simple != Simple.DOUBLE;
                case Decimal _ -> true;
                case MapOf _ -> false;
                case ArrayOf(DataType element, _) -> hasOneForm(element);
                case Struct(RowType row) -> row.fields().stream().allMatch(field -> hasOneForm(field.type()));
            };
        }
    }

    /// @param encoder of the key; taken over
    DropDuplicatesOperator(String name, KeyEncoder encoder, String keyType, Shown shown, StateTables tables,
            Lateness lateness) {
        this.encoder = encoder;
        this.shown = shown;
        KeyLayout layout = encoder.layout();
        this.keyHoldsEventTime = layout.timeColumn() >= 0;
        this.seen = tables
                .openKeys(new StateTable(name + ".seen", 8, false, keyHoldsEventTime, keyType, "seen BIGINT"));
        this.lateness = lateness;
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        try (Batch onTime = lateness.refuse(batch, out)) {
            int[] unseen = new int[onTime.rowCount()];
            int first = onTime.rowCount() == 0 ? 0 : findUnseen(onTime, unseen);
            if (first > 0) {
                out.emit(shown.of(onTime, unseen, keyAt, first));
            }
        }
    }

    private int findUnseen(Batch batch, int[] unseen) {
        int count = batch.rowCount();
        EncodedKeys keys = encoder.encode(batch);
        if (slots.length < count) {
            slots = new int[count];
            keyAt = new long[count];
        }
        if (seen.findOrInsert(keys, slots) == 0) {
            return 0;
        }
        int[] rows = batchRows.of(batch);
        int first = 0;
        for (int i = 0; i < count; i++) {
            long at = seen.value(slots[i]);
            if (Memory.getLong(at) == 0) { // a new entry, touched already
                Memory.putLong(at, 1);
                keyAt[first] = keys.address(i);
                unseen[first++] = rows[i];
            }
        }
        return first;
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        if (keyHoldsEventTime && watermark.micros() != Long.MIN_VALUE) {
            seen.removeThrough(watermark.micros()); // nothing is owed below it, so nothing is emitted
        }
        lateness.advance(watermark);
    }

    @Override
    public void close() {
        encoder.close();
    }
}
