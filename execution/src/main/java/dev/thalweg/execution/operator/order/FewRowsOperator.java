package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.execution.hash.RestOfRows;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.SortKeys;
import dev.thalweg.execution.operator.StateTables;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.PlanNode.TopN;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.state.EncodedKeys;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.KeyedState.SlotVisitor;
import dev.thalweg.state.StateTable;
import org.apache.arrow.memory.BufferAllocator;

/// The few first rows of each partition, by their number, over rows that only come: the last row of each key, the ten highest
/// bids.
///
/// State: an entry a partition, whose bytes are what its key does not say of its first rows, in order ([FirstRows]). It waits on disk like any other state, and
/// is freed when the watermark passes it, where it holds the event time.
/// Changes: rows that leave the first ones out, rows that enter in, once a trigger; with a number also those that move. Where it
/// emits on close: the first rows of a partition once, when the watermark has passed it.
/// Cost: one probe a row; one that is behind the last, or behind another of its batch where one is wanted, is compared and never
/// written ([RowsAhead]), another one writes its partition's rows anew.
/// [TopNOperator] serves ranks, input that retracts, and where many rows are asked for.
public final class FewRowsOperator implements Operator {
    /// A row that comes in writes all of them again.
    static final long ROWS_MAX = 128;

    private final TopN top;
    private final KeyEncoder partitions;
    private final SortKeys order;
    private final RestOfRows rest;
    private final KeyedState rows;
    private final RowsAhead ahead;
    private final FirstRows.Writer writer;
    private final boolean emitsOnClose;
    private final boolean holdsEventTime;
    private final Lateness lateness;
    private final RowsOut output;
    private final BufferAllocator allocator;
    private int[] slots = new int[0];
    private int[] physical = new int[0];

    FewRowsOperator(String name, TopN top, KeyEncoder partitions, StateTables tables, boolean emitsOnClose,
            Lateness lateness, BufferAllocator allocator) {
        this.top = top;
        this.partitions = partitions;
        this.order = new SortKeys(top.order(), allocator);
        this.rest = RestOfRows.inOrder(top.input().schema(), top.partition(), partitions.layout(), allocator);
        this.holdsEventTime = partitions.layout().timeColumn() >= 0;
        this.rows = tables.openKeys(new StateTable(name + ".first", FirstRows.VALUE_BYTES, true, holdsEventTime,
                top.input().schema().select(top.partition()).sql(),
                "rest of the first rows of " + top.input().schema().sql(),
                partitions.layout().bytesOfAll()));
        int limit = Math.toIntExact(top.offset() + top.count());
        this.ahead = new RowsAhead(rows, order, limit);
        this.writer = new FirstRows.Writer(rows, limit, allocator);
        this.emitsOnClose = emitsOnClose;
        this.lateness = lateness;
        this.allocator = allocator;
        this.output = new RowsOut(top, this::decode, allocator);
    }

    /// Whether it serves such a node, over rows that only come.
    static boolean serves(TopN top) {
        return top.rank() == TopN.Rank.ROW_NUMBER && top.count() > 0 && top.count() <= ROWS_MAX
                && top.offset() <= ROWS_MAX;
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        try (Batch onTime = lateness.refuse(batch, out)) {
            int count = onTime.rowCount();
            if (count == 0) {
                return;
            }
            if (slots.length < count) {
                slots = new int[count];
                physical = new int[count];
            }
            rows.findOrInsert(partitions.encode(onTime), slots);
            order.encode(onTime);
            add(onTime, ahead.choose(slots, count), ahead.chosen());
        }
    }

    private void decode(long[] keys, long[] rests, int count, NewColumns columns) {
        for (int i = 0; i < top.input().schema().size(); i++) {
            columns.add(
                    rest.column(i, top.input().schema().field(i), rest.isInKey(i) ? keys : rests, count, allocator));
        }
    }

    private void add(Batch batch, int count, int[] chosen) {
        if (count == 0) {
            return;
        }
        for (int i = 0; i < count; i++) {
            physical[i] = batch.physical(chosen[i]);
        }
        EncodedKeys rests = rest.encode(batch, physical, count);
        for (int i = 0; i < count; i++) {
            int of = chosen[i];
            writer.add(slots[of], batch.weight(of), order.address(of), order.length(of), rests.address(i),
                    rests.length(i));
        }
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        if (emitsOnClose) {
            rows.forEachThrough(watermark.micros(), new SlotVisitor() {
                @Override
                public void visit(int slot) {
                    tell(slot, 0, 0, rows.tail(slot), rows.tailLength(slot), out);
                }

                @Override
                public void takingBack() {
                    output.flush(out);
                }
            });
        } else {
            for (int i = 0; i < rows.changedCount(); i++) {
                int slot = rows.changed(i);
                boolean isGone = rows.isRemoved(slot);
                tell(slot, rows.tailBefore(slot), rows.tailBeforeLength(slot), isGone ? 0 : rows.tail(slot),
                        isGone ? 0 : rows.tailLength(slot), out);
            }
        }
        output.flush(out);
        if (holdsEventTime && watermark.micros() != Long.MIN_VALUE) {
            rows.removeThrough(watermark.micros());
        }
        lateness.advance(watermark);
    }

    /// Tells how the first rows of a partition have changed.
    private void tell(int slot, long before, int beforeLength, long now, int nowLength, Downstream out) {
        long key = rows.keyAddress(slot);
        if (isByPlace(top)) {
            tellPlaces(key, before, before + beforeLength, now, now + nowLength, out);
        } else {
            tellRows(key, before, beforeLength, now, nowLength, out);
        }
    }

    /// Whether it gives, of each place in a partition that changes, the old row right before the new one.
    static boolean isByPlace(TopN top) {
        return top.withRank() || top.count() == 1;
    }

    private void tellPlaces(long key, long before, long oldEnd, long now, long freshEnd, Downstream out) {
        long old = before;
        long fresh = now;
        long oldBegin = 0; // the place of the first row of an entry
        long freshBegin = 0;
        long end = top.offset() + top.count();
        for (long place = 0; place < end && (old < oldEnd || fresh < freshEnd); place++) {
            boolean was = old < oldEnd;
            boolean is = fresh < freshEnd;
            if (place >= top.offset() && !(was && is && FirstRows.compare(old, fresh) == 0)) {
                output.makeRoom(2, out); // for both: they stay in one batch
                if (was) {
                    output.add(key, FirstRows.rest(old), -1, place + 1, out);
                }
                if (is) {
                    output.add(key, FirstRows.rest(fresh), 1, place + 1, out);
                }
            }
            if (was && place + 1 == oldBegin + FirstRows.times(old)) {
                old = FirstRows.next(old);
                oldBegin = place + 1;
            }
            if (is && place + 1 == freshBegin + FirstRows.times(fresh)) {
                fresh = FirstRows.next(fresh);
                freshBegin = place + 1;
            }
        }
    }

    /// Walks over the rows as they were and as they are, side by side.
    private void tellRows(long key, long before, int beforeLength, long now, int nowLength, Downstream out) {
        long were = 0;
        long are = 0;
        long old = before;
        long fresh = now;
        long oldEnd = before + beforeLength;
        long freshEnd = now + nowLength;
        while (old < oldEnd || fresh < freshEnd) {
            int side = old == oldEnd ? 1 : fresh == freshEnd ? -1 : FirstRows.compare(old, fresh);
            long wereTimes = side <= 0 ? FirstRows.times(old) : 0;
            long areTimes = side >= 0 ? FirstRows.times(fresh) : 0;
            tellTimes(key, side <= 0 ? old : fresh, were, wereTimes, are, areTimes, out);
            were += wereTimes;
            are += areTimes;
            old = side <= 0 ? FirstRows.next(old) : old;
            fresh = side >= 0 ? FirstRows.next(fresh) : fresh;
        }
    }

    /// Tells what has changed about a row: it was there so often behind so many others, and is now.
    private void tellTimes(long key, long entry, long were, long wereTimes, long are, long areTimes, Downstream out) {
        long begin = top.offset();
        long end = top.offset() + top.count();
        long oldFrom = Math.max(begin, were);
        long oldTo = Math.max(oldFrom, Math.min(end, were + wereTimes));
        long from = Math.max(begin, are);
        long to = Math.max(from, Math.min(end, are + areTimes));
        output.add(key, FirstRows.rest(entry), (to - from) - (oldTo - oldFrom), 0, out);
    }

    @Override
    public void close() {
        partitions.close();
        order.close();
        rest.close();
        writer.close();
    }
}
