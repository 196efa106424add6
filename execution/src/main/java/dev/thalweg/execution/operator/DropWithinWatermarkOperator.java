package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.BatchRows;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.planner.incremental.DropWithinWatermark;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.StateTable;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// Lets the first row of each key through and drops the rest, until the watermark has reached that row's time and the delay
/// besides: the next row of the key is then a first one again.
///
/// State: `seen`, one entry a key, and `due`, one beside it that says when it goes; both are freed then. A row without a
/// time counts as one of 1970, as in Spark: its key goes with the first watermark.
/// Changes: insert-only in and out.
/// Cost: one probe a row, two entries a key.
final class DropWithinWatermarkOperator implements Operator {
    private final DropWithinWatermark node;
    private final KeyEncoder encoder;
    private final KeyedState seen;
    private final DueKeys due;
    private final Lateness lateness;
    private final BatchRows batchRows = new BatchRows();
    private final EncodedKeys fresh = new EncodedKeys(0);
    private int[] slots = new int[0];
    private long[] leaves = new long[0];

    /// @param encoder of the key; taken over
    DropWithinWatermarkOperator(String name, DropWithinWatermark node, KeyEncoder encoder, StateTables tables,
            Lateness lateness, BufferAllocator allocator) {
        this.node = node;
        this.encoder = encoder;
        this.lateness = lateness;
        String keyType = node.schema().select(node.keys()).sql();
        this.seen = tables.open(new StateTable(name + ".seen", 8, false, false, keyType, "seen BIGINT"));
        this.due = new DueKeys(name + ".due", keyType, tables, allocator);
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        try (Batch onTime = lateness.refuse(batch, out)) {
            int[] unseen = new int[onTime.rowCount()];
            int first = onTime.rowCount() == 0 ? 0 : findUnseen(onTime, unseen);
            if (first > 0) {
                due.add(fresh, leaves);
                out.emit(onTime.retain().once().select(unseen, first));
            }
        }
    }

    private int findUnseen(Batch batch, int[] unseen) {
        int count = batch.rowCount();
        EncodedKeys keys = encoder.encode(batch);
        if (slots.length < count) {
            slots = new int[count];
            leaves = new long[count];
        }
        int made = seen.findOrInsert(keys, slots);
        if (made == 0) {
            return 0;
        }
        FieldVector times = batch.vector(node.time());
        int[] rows = batchRows.of(batch);
        fresh.reset(made);
        int first = 0;
        for (int i = 0; i < count; i++) {
            long at = seen.value(slots[i]);
            if (Memory.getLong(at) == 0) { // a new entry, touched already
                Memory.putLong(at, 1);
                fresh.set(first, keys.address(i), keys.length(i), keys.hash(i));
                leaves[first] = leavesAt(times, rows[i]);
                unseen[first++] = rows[i];
            }
        }
        return first;
    }

    private long leavesAt(FieldVector times, int row) {
        long time = times.isNull(row) ? 0 : Memory.getLong(times.getDataBufferAddress() + ((long) row << 3));
        return time > Long.MAX_VALUE - node.delayMicros() ? Long.MAX_VALUE : time + node.delayMicros();
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        if (watermark.micros() != Long.MIN_VALUE) {
            due.take(watermark.micros(), this::forget);
        }
        lateness.advance(watermark);
    }

    private void forget(EncodedKeys keys) {
        if (slots.length < keys.count()) {
            slots = new int[keys.count()];
            leaves = new long[keys.count()];
        }
        seen.find(keys, slots);
        for (int i = 0; i < keys.count(); i++) {
            if (slots[i] != KeyedState.ABSENT) {
                seen.remove(slots[i]);
            }
        }
    }

    @Override
    public void close() {
        encoder.close();
        due.close();
    }
}
