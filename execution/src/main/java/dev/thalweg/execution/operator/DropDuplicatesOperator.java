package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.BatchRows;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.hash.KeyLayout;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.StateTable;

/// Lets the first row of each key through and drops the rest, until the watermark lets the key go.
///
/// State: one entry per key. A key that holds the event time is freed when the watermark passes it; any other is kept.
/// Changes: insert-only in and out; [CountedDistinctOperator] serves a DISTINCT whose input retracts.
/// Cost: one probe a row.
final class DropDuplicatesOperator implements Operator {
    private final KeyEncoder encoder;
    private final KeyedState seen;
    private final Lateness lateness;
    private final boolean keyHoldsEventTime;
    private final BatchRows batchRows = new BatchRows();
    private int[] slots = new int[0];

    /// @param encoder of the key; taken over
    DropDuplicatesOperator(String name, KeyEncoder encoder, String keyType, StateTables tables, Lateness lateness) {
        this.encoder = encoder;
        KeyLayout layout = encoder.layout();
        this.keyHoldsEventTime = layout.timeColumn() >= 0;
        this.seen = tables.open(new StateTable(name + ".seen", 8, false, keyHoldsEventTime, keyType, "seen BIGINT"));
        this.lateness = lateness;
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        try (Batch onTime = lateness.refuse(batch, out)) {
            int[] unseen = new int[onTime.rowCount()];
            int first = onTime.rowCount() == 0 ? 0 : findUnseen(onTime, unseen);
            if (first > 0) {
                out.emit(onTime.retain().once().select(unseen, first));
            }
        }
    }

    private int findUnseen(Batch batch, int[] unseen) {
        int count = batch.rowCount();
        EncodedKeys keys = encoder.encode(batch);
        if (slots.length < count) {
            slots = new int[count];
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
