package dev.thalweg.execution.operator;

import dev.thalweg.execution.hash.BatchRows;
import dev.thalweg.execution.operator.ClockTimes.Part;
import dev.thalweg.planner.incremental.ClockBound;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.KeyedState.SlotVisitor;
import dev.thalweg.state.StateTable;
import java.util.List;
import java.util.function.LongSupplier;

/// Lets rows through while the clock of the triggers stands within their bounds: a row waits until its first clock, is then
/// shown, and is taken back at the clock that is its end.
///
/// State: `waiting`, by first clock, `row -> count, end, hash`; `shown`, by end, `row -> count`, where there is one. Either is
/// freed by the clock as it takes a row from there.
/// Changes: rows as they come, while they are shown; those that the clock lets in or takes away once a trigger.
/// Cost: a row that comes, one entry; a trigger, the rows that enter or leave, and no look at the others.
final class ClockFilterOperator implements Operator {
    private static final int ROWS_MAX = 16_384;
    private static final int END = 8;
    private static final int HASH = 16;

    private final ClockTimes bounds;
    private final ClockedRows codec;
    private final KeyedState waiting;
    private final KeyedState shown;
    private final LongSupplier clock;
    private final BatchRows batchRows = new BatchRows();
    private int[] slots = new int[0];
    /// Rows that the clock lets in or takes away, until they are a batch.
    private final long[] at = new long[ROWS_MAX];
    private final long[] weights = new long[ROWS_MAX];
    private final int[] turning = new int[ROWS_MAX];
    private final long[] ends = new long[ROWS_MAX];
    private final EncodedKeys bare = new EncodedKeys(ROWS_MAX);
    private int count;

    /// @param codec of the rows; taken over
    ClockFilterOperator(String name, List<ClockBound> bounds, ClockedRows codec, OperatorFactory.Lending lending) {
        this.bounds = new ClockTimes(bounds);
        this.codec = codec;
        String row = codec.row().sql();
        this.shown = lending.tables().open(new StateTable(name + ".shown", 8, false, true, row, "count BIGINT"));
        this.waiting = lending.tables().open(new StateTable(name + ".waiting", 24, false, true, row,
                "count BIGINT, end TIMESTAMP, hash BIGINT"));
        this.clock = lending.clock();
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        try (batch) {
            int rows = batch.rowCount();
            if (slots.length < rows) {
                slots = new int[rows];
            }
            ClockTimes.Sorted sorted = bounds.sort(batch, batchRows.of(batch), clock.getAsLong());
            await(sorted.early());
            takeBack(sorted.doubtful(), sorted.current());
            show(sorted.current(), out);
        }
    }

    /// Keeps rows whose first clock is still to come.
    private void await(Part rows) {
        if (rows.count() == 0) {
            return;
        }
        EncodedKeys keys = codec.encode(rows.batch(), rows.physical(), rows.count(), rows.begins());
        waiting.findOrInsert(keys, slots);
        for (int i = 0; i < rows.count(); i++) {
            add(waiting, slots[i], rows.weight(i));
            long value = waiting.value(slots[i]);
            Memory.putLong(value + END, rows.end(i));
            Memory.putLong(value + HASH, keys.hash(i));
        }
    }

    /// Rows whose first clock has come may wait still, for this trigger to let them in; else they are shown.
    private void takeBack(Part rows, Part current) {
        if (rows.count() == 0) {
            return;
        }
        waiting.find(codec.encode(rows.batch(), rows.physical(), rows.count(), rows.begins()), slots);
        for (int i = 0; i < rows.count(); i++) {
            if (slots[i] == KeyedState.ABSENT) {
                current.add(rows, i);
            } else {
                add(waiting, slots[i], rows.weight(i));
            }
        }
    }

    /// Hands rows on, and remembers when they leave.
    private void show(Part rows, Downstream out) {
        if (rows.count() == 0) {
            return;
        }
        if (bounds.leaves()) {
            shown.findOrInsert(codec.encode(rows.batch(), rows.physical(), rows.count(), rows.ends()), slots);
            for (int i = 0; i < rows.count(); i++) {
                add(shown, slots[i], rows.weight(i));
            }
        }
        out.emit(rows.batch().retain().select(rows.physical(), rows.count()));
    }

    private static void add(KeyedState table, int slot, long weight) {
        table.touch(slot);
        long value = table.value(slot);
        Memory.putLong(value, Memory.getLong(value) + weight);
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        long now = clock.getAsLong();
        turn(shown, now, slot -> gather(shown, slot, -1), () -> emit(out));
        turn(waiting, now, slot -> {
            if (Memory.getLong(waiting.value(slot) + END) > now) {
                noteEnd(slot);
                gather(waiting, slot, 1);
            }
        }, () -> enter(out));
        removeGone(shown);
        removeGone(waiting);
    }

    private interface Gather {
        void row(int slot);
    }

    /// Walks over the rows of a table whose time has come, and frees them.
    private void turn(KeyedState table, long now, Gather gather, Runnable flush) {
        table.forEachThrough(now, new SlotVisitor() {
            @Override
            public void visit(int slot) {
                if (Memory.getLong(table.value(slot)) != 0) {
                    gather.row(slot);
                }
                if (count == ROWS_MAX) {
                    flush.run();
                }
            }

            @Override
            public void takingBack() {
                flush.run();
            }
        });
        flush.run();
        table.removeThrough(now);
    }

    private void gather(KeyedState table, int slot, int sign) {
        at[count] = table.keyAddress(slot) + TimedKeys.LEAD;
        weights[count] = sign * Memory.getLong(table.value(slot));
        turning[count++] = slot;
    }

    private void noteEnd(int slot) {
        ends[count] = Memory.getLong(waiting.value(slot) + END);
    }

    /// Shows the rows that were gathered, and remembers when they leave.
    private void enter(Downstream out) {
        if (bounds.leaves() && count > 0) {
            bare.reset(count);
            for (int i = 0; i < count; i++) {
                int slot = turning[i];
                bare.set(i, at[i], waiting.keyLength(slot) - TimedKeys.LEAD,
                        Memory.getLong(waiting.value(slot) + HASH));
            }
            shown.findOrInsert(codec.timed(bare, ends), turning);
            for (int i = 0; i < count; i++) {
                add(shown, turning[i], weights[i]);
            }
        }
        emit(out);
    }

    private void emit(Downstream out) {
        if (count > 0) {
            Batch batch = codec.decode(at, weights, count);
            count = 0;
            out.emit(batch);
        }
    }

    /// Lets go of rows that were taken back.
    private static void removeGone(KeyedState table) {
        for (int i = 0; i < table.changedCount(); i++) {
            int slot = table.changed(i);
            if (!table.isRemoved(slot) && Memory.getLong(table.value(slot)) == 0) {
                table.remove(slot);
            }
        }
    }

    @Override
    public long dueMicros() {
        return Math.min(waiting.earliest(), shown.earliest());
    }

    @Override
    public void close() {
        codec.close();
    }
}
