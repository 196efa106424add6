package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.planner.incremental.DropWithinWatermark;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.StateTable;
import java.util.Arrays;
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
    private final FirstOfKeys first;
    private final KeyedState seen;
    private final DueKeys due;
    private final Lateness lateness;
    private int[] slots = new int[0];

    /// @param encoder of the key; taken over
    DropWithinWatermarkOperator(String name, DropWithinWatermark node, KeyEncoder encoder, StateTables tables,
            Lateness lateness, BufferAllocator allocator) {
        this.node = node;
        this.lateness = lateness;
        String keyType = node.schema().select(node.keys()).sql();
        this.seen = tables.open(new StateTable(name + ".seen", 8, false, false, keyType, "seen BIGINT"));
        this.first = new FirstOfKeys(encoder, seen);
        this.due = new DueKeys(name + ".due", keyType, tables, allocator);
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        try (Batch onTime = lateness.refuse(batch, out)) {
            int[] unseen = first.find(onTime);
            if (unseen.length > 0) {
                FieldVector times = onTime.vector(node.time());
                due.add(first.keys(), Arrays.stream(unseen).mapToLong(row -> leavesAt(times, row)).toArray());
                out.emit(onTime.retain().once().select(unseen, unseen.length));
            }
        }
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
        first.close();
        due.close();
    }
}
