package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.hash.BatchRows;
import dev.thalweg.execution.hash.KeyEncoder;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.StateTables;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.PlanNode.TopN;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.state.KeyedState;
import dev.thalweg.state.StateTable;

/// LIMIT without ORDER BY over rows that only come: the first to arrive are given out, and never taken back.
///
/// State: how many rows of each partition have come, counted no further than is asked for.
/// Changes: insert-only in and out; [TopNOperator] serves an input that retracts.
public final class FirstRowsOperator implements Operator {
    private final KeyEncoder partitions;
    private final KeyedState seen;
    private final Lateness lateness;
    private final boolean holdsEventTime;
    private final long offset;
    private final long limit;
    private final BatchRows batchRows = new BatchRows();
    private int[] slots = new int[0];

    /// @param partitions of the partition's columns; taken over
    FirstRowsOperator(String name, TopN top, KeyEncoder partitions, StateTables tables, Lateness lateness) {
        this.partitions = partitions;
        this.holdsEventTime = partitions.layout().timeColumn() >= 0;
        this.seen = tables.openKeys(new StateTable(name + ".seen", 8, false, holdsEventTime,
                top.schema().select(top.partition()).sql(), "seen BIGINT"));
        this.lateness = lateness;
        this.offset = top.offset();
        this.limit = top.count() > Long.MAX_VALUE - offset ? Long.MAX_VALUE : offset + top.count();
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
            }
            seen.findOrInsert(partitions.encode(onTime), slots);
            give(onTime, count, out);
        }
    }

    private void give(Batch batch, int count, Downstream out) {
        int[] rows = batchRows.of(batch);
        int[] given = new int[count];
        int many = 0;
        for (int i = 0; i < count; i++) {
            long before = Memory.getLong(seen.value(slots[i]));
            if (before >= limit) {
                continue;
            }
            seen.touch(slots[i]);
            long after = Math.min(limit, before + batch.weight(i));
            Memory.putLong(seen.value(slots[i]), after);
            for (long place = Math.max(before, offset); place < after; place++) {
                if (many == given.length) {
                    given = java.util.Arrays.copyOf(given, many * 2);
                }
                given[many++] = rows[i];
            }
        }
        if (many > 0) {
            out.emit(batch.retain().once().select(given, many));
        }
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        if (holdsEventTime && watermark.micros() != Long.MIN_VALUE) {
            seen.removeThrough(watermark.micros());
        }
        lateness.advance(watermark);
    }

    @Override
    public void close() {
        partitions.close();
    }
}
