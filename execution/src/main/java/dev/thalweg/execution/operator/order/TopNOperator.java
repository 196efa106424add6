package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.PlanNode.TopN;
import dev.thalweg.spi.data.Batch;
import java.util.Arrays;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/// Keeps the first rows of each partition up to date.
///
/// State: where rows only come, the rows asked for and those before them, of rank 1 none that another one comes before
/// ([LeadingRows]); where they may be taken back, all of them, because any
/// may move up ([OrderedRows]).
/// Changes: rows that leave the first ones out, rows that enter in, once a trigger; with a rank also those whose rank moves.
/// Where it emits on close: the first rows of a partition once, when the watermark has passed it.
/// Cost: a walk over the first rows of each touched partition.
public final class TopNOperator implements Operator {
    private final TopN top;
    private final OrderedRows rows;
    private final Optional<LeadingRows> leading;
    private final boolean onlyInserts;
    private final boolean emitsOnClose;
    private final Lateness lateness;
    private final RankCount before;
    private final RankCount now;
    private final RowsOut output;
    private int[] dropped = new int[64];
    private int droppedCount;
    private int last = -1;

    /// What is kept.
    ///
    /// @param leading what is let through to `rows`; empty: all
    /// @param onlyInserts whether rows of the input are never taken back
    record Kept(OrderedRows rows, Optional<LeadingRows> leading, boolean onlyInserts) {}

    TopNOperator(TopN top, Kept kept, boolean emitsOnClose, Lateness lateness, BufferAllocator allocator) {
        this.top = top;
        this.rows = kept.rows();
        this.leading = kept.leading();
        this.onlyInserts = kept.onlyInserts();
        this.emitsOnClose = emitsOnClose;
        this.lateness = lateness;
        this.output = rows.output(top, allocator);
        this.before = new RankCount(top.rank(), top.offset(), top.count());
        this.now = new RankCount(top.rank(), top.offset(), top.count());
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        try (Batch onTime = lateness.refuse(batch, out)) {
            if (leading.isEmpty()) {
                rows.add(onTime);
                return;
            }
            try (Batch first = leading.get().of(onTime)) {
                rows.add(first);
            }
        }
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        rows.takeForgottenBack();
        for (int partition = 0; partition < rows.touched(); partition++) {
            begin();
            rows.walk(partition, slot -> visit(slot, !emitsOnClose, out));
        }
        if (emitsOnClose) {
            begin();
            rows.walkThrough(watermark, slot -> close(slot, out));
        }
        output.flush(out);
        for (int i = 0; i < droppedCount; i++) {
            rows.drop(dropped[i]);
        }
        droppedCount = 0;
        rows.settle(watermark);
        leading.ifPresent(LeadingRows::settle);
        lateness.advance(watermark);
    }

    private void begin() {
        before.begin();
        now.begin();
        last = -1;
    }

    /// Compares a row of a touched partition with what it was; says whether those behind it matter.
    private boolean visit(int slot, boolean emits, Downstream out) {
        boolean isFull = now.isFull();
        before.next(rows, slot, rows.before(slot));
        now.next(rows, slot, rows.now(slot));
        if (emits) {
            tell(slot, out);
        }
        if (!onlyInserts) {
            return !before.isFull() || !now.isFull();
        }
        if (now.taken() == 0 && (isFull || now.isFull())) {
            drop(slot);
        }
        return true;
    }

    private void tell(int slot, Downstream out) {
        if (!top.withRank()) {
            choose(slot, now.taken() - before.taken(), 0, out);
        } else if (before.taken() != now.taken() || before.rank() != now.rank()) {
            chooseRanked(slot, before, -1, out);
            chooseRanked(slot, now, 1, out);
        }
    }

    /// Tells a row of a partition that the watermark has passed.
    private boolean close(int slot, Downstream out) {
        if (last >= 0 && !rows.samePartition(last, slot)) {
            begin();
        }
        last = slot;
        now.next(rows, slot, rows.now(slot));
        if (top.withRank()) {
            chooseRanked(slot, now, 1, out);
        } else {
            choose(slot, now.taken(), 0, out);
        }
        return true;
    }

    private void chooseRanked(int slot, RankCount count, int sign, Downstream out) {
        if (top.rank() == TopN.Rank.ROW_NUMBER) {
            for (long i = 0; i < count.taken(); i++) {
                choose(slot, sign, count.rank() + i, out);
            }
        } else {
            choose(slot, sign * count.taken(), count.rank(), out);
        }
    }

    private void choose(int slot, long weight, long rank, Downstream out) {
        output.add(0, rows.row(slot), weight, rank, out);
    }

    private void drop(int slot) {
        if (droppedCount == dropped.length) {
            dropped = Arrays.copyOf(dropped, droppedCount * 2);
        }
        dropped[droppedCount++] = slot;
    }

    @Override
    public void close() {
        leading.ifPresent(LeadingRows::close);
        rows.close();
    }
}
