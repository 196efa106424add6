package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.KeyDecoder;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.execution.hash.RowCodec;
import dev.thalweg.planner.incremental.PlanNode.SetOperation;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.KeyedState.SlotVisitor;
import dev.thalweg.state.StateTable;
import org.apache.arrow.memory.BufferAllocator;

/// INTERSECT and EXCEPT: counts how often each row is there on either side, and keeps of it what the operation says.
///
/// State: a table `row -> (left count, right count)`. A row that holds the event time is freed when the watermark passes it,
/// and is then forgotten, not taken back.
/// Changes: what the operation keeps of a row after the trigger less what it kept before; or, emitted on close, all of it when
/// the watermark passes the row. In rows that it emits -0.0 is 0.0.
/// Cost: one probe a row, one entry a different row of either side.
final class SetOperationOperator implements Operator {
    private static final int ROWS_MAX = 16_384;
    private static final int RIGHT_OFFSET = 8;

    private final Declaration declaration;
    private final KeyEncoder encoder;
    private final KeyDecoder decoder;
    private final KeyedState counts;
    private final Lateness lateness;
    private final BufferAllocator allocator;
    private int[] slots = new int[0];
    private final long[] at = new long[ROWS_MAX];
    private final long[] weights = new long[ROWS_MAX];
    private int count;

    /// What the plan says of the node.
    ///
    /// @param emitsOnClose whether a row is handed over once, when the watermark passes it
    record Declaration(String name, SetOperation.Kind kind, boolean all, RowType type, boolean emitsOnClose) {
        /// How often a row is in the result.
        long kept(long left, long right) {
            if (all) {
                return switch (kind) {
                    case INTERSECT -> Math.min(left, right);
                    case EXCEPT -> Math.max(left - right, 0);
                };
            }
            boolean isKept = switch (kind) {
                case INTERSECT -> left > 0 && right > 0;
                case EXCEPT -> left > 0 && right <= 0;
            };
            return isKept ? 1 : 0;
        }
    }

    /// @param encoder of all columns, in order; taken over
    SetOperationOperator(Declaration declaration, KeyEncoder encoder, StateTables tables, Lateness lateness,
            BufferAllocator allocator) {
        this.declaration = declaration;
        this.encoder = encoder;
        this.decoder = new KeyDecoder(encoder.layout());
        this.counts = tables.openKeys(new StateTable(declaration.name() + ".rows", 16, false, holdsEventTime(),
                declaration.type().sql(), "left BIGINT, right BIGINT"));
        this.lateness = lateness;
        this.allocator = allocator;
    }

    private boolean holdsEventTime() {
        return encoder.layout().timeColumn() >= 0;
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        try (Batch onTime = lateness.refuse(batch, out)) {
            int rows = onTime.rowCount();
            EncodedKeys keys = encoder.encode(onTime);
            if (slots.length < rows) {
                slots = new int[rows];
            }
            counts.findOrInsert(keys, slots);
            long side = input == 0 ? 0 : RIGHT_OFFSET;
            for (int i = 0; i < rows; i++) {
                counts.touch(slots[i]);
                long address = counts.value(slots[i]) + side;
                Memory.putLong(address, Memory.getLong(address) + onTime.weight(i));
            }
        }
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        settle(out);
        if (holdsEventTime() && watermark.micros() != Long.MIN_VALUE) {
            if (declaration.emitsOnClose()) {
                emitThrough(watermark.micros(), out);
            }
            counts.removeThrough(watermark.micros());
        }
        lateness.advance(watermark);
    }

    /// Emits what the trigger's rows have changed, unless it is not final yet, and lets go of rows that neither side has.
    private void settle(Downstream out) {
        for (int i = 0; i < counts.changedCount(); i++) {
            int slot = counts.changed(i);
            boolean isRemoved = counts.isRemoved(slot);
            if (!declaration.emitsOnClose()) {
                long before = counts.before(slot);
                long was = before == 0 ? 0 : kept(before);
                add(slot, (isRemoved ? 0 : kept(counts.value(slot))) - was, out);
            }
            if (!isRemoved && isGone(counts.value(slot))) {
                counts.remove(slot);
            }
        }
        flush(out);
    }

    private static boolean isGone(long value) {
        return Memory.getLong(value) == 0 && Memory.getLong(value + RIGHT_OFFSET) == 0;
    }

    private long kept(long value) {
        return declaration.kept(Memory.getLong(value), Memory.getLong(value + RIGHT_OFFSET));
    }

    private void emitThrough(long micros, Downstream out) {
        counts.forEachThrough(micros, new SlotVisitor() {
            @Override
            public void visit(int slot) {
                add(slot, counts.isRemoved(slot) ? 0 : kept(counts.value(slot)), out);
            }

            @Override
            public void takingBack() {
                flush(out);
            }
        });
        flush(out);
    }

    private void add(int slot, long weight, Downstream out) {
        if (weight == 0) {
            return;
        }
        at[count] = counts.keyAddress(slot);
        weights[count++] = weight;
        if (count == ROWS_MAX) {
            flush(out);
        }
    }

    private void flush(Downstream out) {
        if (count > 0) {
            Batch batch = batch();
            count = 0;
            out.emit(batch);
        }
    }

    private Batch batch() {
        try (NewColumns columns = new NewColumns(allocator)) {
            RowCodec.columns(decoder, declaration.type(), at, count, allocator).forEach(columns::add);
            if (!isEachOnce()) {
                columns.addWeights(weights, count);
            }
            return columns.batch(declaration.type(), count);
        }
    }

    private boolean isEachOnce() {
        for (int i = 0; i < count; i++) {
            if (weights[i] != 1) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        encoder.close();
    }
}
