package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.OverReach;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.spi.data.Batch;
import org.apache.arrow.memory.BufferAllocator;

/// Window functions: puts beside each row what they say of it among the rows of its partition.
///
/// State: the rows of all partitions in order ([OrderedRows]); a partition that holds the event time is freed when the watermark
/// passes it. Beside it, in memory only, what the rows of large partitions come to so far ([Partials]).
/// Changes: rows whose values have changed, out with the old and in with the new, once a trigger. Where it emits on close: the
/// rows of a partition once, when the watermark has passed it, and nothing else.
/// Cost: the rows that may feel a change and those these look at ([OverReach]), as they were and as they are; many parts at once. A
/// partition is computed whole where all of it may feel a change, and where most of what is there is new.
public final class OverOperator implements Operator {
    private final OrderedRows rows;
    private final Lateness lateness;
    private final boolean emitsOnClose;
    private final OverReach reach;
    private final Partials partials;
    private final OverParts parts;
    private final ChangedPlaces places;

    OverOperator(Over over, OrderedRows rows, Partials partials, Lateness lateness, boolean emitsOnClose,
            BufferAllocator allocator) {
        this.rows = rows;
        this.lateness = lateness;
        this.emitsOnClose = emitsOnClose;
        OverFunctions functions = new OverFunctions(over, allocator);
        this.reach = functions.reach();
        this.partials = partials;
        this.parts = new OverParts(over, rows, functions, partials, new OverOutput(allocator), emitsOnClose);
        SortKey first = over.order().isEmpty() ? new SortKey(0, false, true) : over.order().getFirst();
        this.places = new ChangedPlaces(rows, reach, partials, parts, first);
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        try (Batch onTime = lateness.refuse(batch, out)) {
            rows.add(onTime);
        }
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        rows.takeForgottenBack();
        if (emitsOnClose) {
            rows.walkThrough(watermark, slot -> close(slot, out));
            parts.end(0, parts.size(), out);
        } else if (reach.whole() || rows.isMostlyNew()) {
            for (int partition = 0; partition < rows.touched(); partition++) {
                whole(partition, out);
            }
        } else {
            places.gather(out);
        }
        parts.flush(out);
        partials.advance(watermark);
        rows.settle(watermark);
        lateness.advance(watermark);
    }

    private boolean close(int slot, Downstream out) {
        if (parts.size() > 0 && !rows.samePartition(parts.last(), slot)) {
            parts.end(0, parts.size(), out);
        }
        return parts.add(slot);
    }

    private void whole(int partition, Downstream out) {
        parts.begin(Partial.NONE);
        rows.walk(partition, parts::add);
        if (parts.size() > 0) {
            partials.dropFrom(parts.first());
        }
        parts.end(0, parts.size(), out);
    }

    @Override
    public void close() {
        rows.close();
    }
}
