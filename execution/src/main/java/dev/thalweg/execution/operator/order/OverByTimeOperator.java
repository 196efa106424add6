package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.hash.GroupTable;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.Forgetful;
import dev.thalweg.execution.operator.StateTables;
import dev.thalweg.execution.operator.UsedKeys;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.OverReach;
import dev.thalweg.planner.incremental.OverReach.Distance;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.spi.data.Batch;
import org.apache.arrow.memory.BufferAllocator;

/// Window functions in the order of event time: each row comes out once, when the watermark has passed all they look at.
///
/// ```
///     gone          | kept: looked at by     | told now        | looked at  | wait
///     [PassedRows]  | those to come (back)   |                 | (ahead)    |
///                                     W - ahead         W' - ahead        W'
/// ```
/// State: the rows that wait, and those before them that rows to come look at ([OrderedRows]); for functions that look at all rows
/// before, what those come to that are gone ([PassedRows]); when a partition is due ([PartitionAlarms]). Rows go as soon as no
/// row to come looks at them. Where a function needs every value again, all rows are kept. A partition that has a time to live goes
/// when no row has reached it for so long, and none waits in it.
/// Changes: insert-only in and out.
/// Cost: of each partition that has rows to tell, those rows and the ones they look at.
public final class OverByTimeOperator implements Forgetful {
    private final OrderedRows rows;
    private final PartitionAlarms alarms;
    private final PassedRows passed;
    private final Lateness lateness;
    private final OverReach reach;
    private final boolean nullsAreFirst;
    private final OverByTimeParts parts;
    /// Rows up to here have been told.
    private Watermark told;
    private long now;
    private long waiting;

    /// What the operator is opened with.
    ///
    /// @param name of its tables
    /// @param rows of its input; taken over
    /// @param resumed W after the last committed trigger
    public record Opening(String name, OrderedRows rows, Lateness lateness, StateTables tables, Watermark resumed) {}

    OverByTimeOperator(Over over, Opening opening, BufferAllocator allocator) {
        String partition = over.input().schema().select(over.partition()).sql();
        this.rows = opening.rows();
        this.alarms = new PartitionAlarms(opening.name(), partition, opening.tables(), allocator);
        this.passed = new PassedRows(opening.name(), partition, opening.tables(), allocator);
        this.lateness = opening.lateness();
        OverFunctions functions = new OverFunctions(over, allocator);
        this.reach = functions.reach();
        this.nullsAreFirst = over.order().getFirst().nullsFirst();
        this.parts = new OverByTimeParts(over, rows, functions, passed, allocator);
        this.told = opening.resumed().behind(reach.aheadMicros());
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        try (Batch onTime = lateness.refuse(batch, out)) {
            rows.add(onTime);
        }
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        GroupTable touched = rows.touchedPartitions();
        Watermark next = told.max(watermark.behind(reach.aheadMicros()));
        now = next.micros();
        alarms.ring(now, touched);
        for (int partition = 0; partition < touched.size(); partition++) {
            gather(partition, watermark.micros());
            if (parts.isFull()) {
                parts.flush(touched, out);
            }
        }
        parts.flush(touched, out);
        alarms.settle(touched);
        rows.settle(watermark);
        lateness.advance(watermark);
        told = next;
    }

    /// Adds the rows of a partition up to the watermark to the chunk, and says when it is due again.
    private void gather(int partition, long watermark) {
        waiting = Long.MIN_VALUE;
        parts.begin(partition);
        rows.walk(partition, slot -> {
            long time = rows.placeInTime(slot, nullsAreFirst);
            if (time > now && waiting == Long.MIN_VALUE) {
                waiting = time;
            }
            if (time > watermark) {
                return false;
            }
            parts.add(slot, time);
            return true;
        });
        parts.end(told.micros(), now, firstKept());
        if (waiting != Long.MIN_VALUE) {
            alarms.wake(partition, waiting);
        }
        long span = reach.back().span();
        if (span >= 0 && parts.hasKept()) {
            alarms.wake(partition, later(parts.firstKeptTime(), span));
        }
    }

    /// The first row of the part that a row to come looks at, or that has yet to be told.
    private int firstKept() {
        int end = parts.firstAfter(now);
        if (now == Long.MAX_VALUE || end == 0) {
            return end; // no row comes any more
        }
        if (reach.fromTheStart()) {
            return 0;
        }
        Distance back = reach.back();
        int first = Math.min(lastRows(end, back.rows()), lastGroups(end, back.groups()));
        while (back.span() >= 0 && first > 0 && later(parts.time(first - 1), back.span()) > now) {
            first--;
        }
        while (reach.peers() && first > 0 && first < end && parts.isPeer(first)) {
            first--;
        }
        return first;
    }

    private int lastRows(int end, long count) {
        int first = end;
        for (long seen = 0; first > 0 && seen < count; seen += parts.times(first)) {
            first--;
        }
        return first;
    }

    private int lastGroups(int end, long count) {
        int first = end;
        for (long seen = 0; first > 0 && seen < count; seen++) {
            first--;
            while (first > 0 && parts.isPeer(first)) {
                first--;
            }
        }
        return first;
    }

    private static long later(long time, long span) {
        return time > Long.MAX_VALUE - span ? Long.MAX_VALUE : time + span;
    }

    @Override
    public void forget(UsedKeys keys, Downstream out) {
        rows.forget(keys, slot -> rows.placeInTime(slot, nullsAreFirst) > told.micros(),
                partition -> passed.remove(rows.touchedPartitions(), partition));
    }

    @Override
    public void close() {
        rows.close();
        alarms.close();
        passed.close();
        parts.close();
    }
}
