package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.KeyDecoder;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.hash.KeyLayout;
import dev.thalweg.execution.hash.RowCodec;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.StateTable;
import java.util.stream.LongStream;
import org.apache.arrow.memory.BufferAllocator;

/// Lets the first row of each key through and drops the rest, until the watermark lets the key go. DISTINCT is this with
/// the whole row as its key.
///
/// State: one entry per key. A key that holds the event time is freed when the watermark passes it; any other is kept.
/// Changes: insert-only in and out; [CountedDistinctOperator] serves a DISTINCT whose input retracts.
/// Cost: one probe a row.
final class DropDuplicatesOperator implements Operator {
    private final FirstOfKeys first;
    private final KeyedState seen;
    private final Lateness lateness;
    private final boolean keyHoldsEventTime;
    private final Shown shown;

    /// What a row looks like that is let through.
    interface Shown {
        /// As it came.
        Shown AS_IT_CAME = (batch, rows, _) -> batch.retain().once().select(rows, rows.length);

        /// The rows of these keys.
        Batch of(Batch batch, int[] rows, EncodedKeys keys);

        /// As keys are compared, so that which of two equal rows came first cannot be seen: 0.0 for -0.0, maps in the order of
        /// their keys.
        static Shown asKey(RowType row, KeyDecoder decoder, BufferAllocator allocator) {
            boolean isPlain = row.fields().stream().allMatch(field -> field.type().looksAsItCompares());
            return isPlain
                    ? AS_IT_CAME
                    : (_, rows, keys) -> Batch.of(row,
                            RowCodec.columns(decoder, row, addresses(keys), rows.length, allocator), rows.length);
        }

        private static long[] addresses(EncodedKeys keys) {
            return LongStream.range(0, keys.count()).map(i -> keys.address((int) i)).toArray();
        }
    }

    /// @param encoder of the key; taken over
    DropDuplicatesOperator(String name, KeyEncoder encoder, String keyType, Shown shown, StateTables tables,
            Lateness lateness) {
        this.shown = shown;
        KeyLayout layout = encoder.layout();
        this.keyHoldsEventTime = layout.timeColumn() >= 0;
        this.seen = tables
                .openKeys(new StateTable(name + ".seen", 8, false, keyHoldsEventTime, keyType, "seen BIGINT"));
        this.first = new FirstOfKeys(encoder, seen);
        this.lateness = lateness;
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        try (Batch onTime = lateness.refuse(batch, out)) {
            int[] unseen = first.find(onTime);
            if (unseen.length > 0) {
                out.emit(shown.of(onTime, unseen, first.keys()));
            }
        }
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
        first.close();
    }
}
