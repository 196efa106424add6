package dev.thalweg.execution.operator.order;

import dev.thalweg.execution.hash.Gather;
import dev.thalweg.execution.hash.NewColumns;
import dev.thalweg.execution.hash.RowEquality;
import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.execution.operator.Lateness;
import dev.thalweg.execution.operator.Operator;
import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.apache.arrow.memory.BufferAllocator;

/// Window functions: puts beside each row what they say of it among the rows of its partition.
///
/// State: the rows of all partitions in order ([OrderedRows]); a partition that holds the event time is freed when the watermark
/// passes it.
/// Changes: rows whose values have changed, out with the old and in with the new, once a trigger. Where it emits on close: the
/// rows of a partition once, when the watermark has passed it, and nothing else.
/// Cost: a touched partition is computed whole, as it was and as it is; small ones many at once.
public final class OverOperator implements Operator {
    private static final int CHUNK = 16_384;
    private static final int ROWS_MAX = 16_384;

    private final Over over;
    private final OrderedRows rows;
    private final Lateness lateness;
    private final boolean emitsOnClose;
    private final BufferAllocator allocator;
    private final OverFunctions functions;
    private final WindowRows places = new WindowRows();
    private int[] slots = new int[1024];
    private int count;
    private int partitionBegin;
    /// Of each row the first place, as it was and as it is.
    private int[] oldPlace = new int[1024];
    private int[] newPlace = new int[1024];
    private final int[] chosen = new int[ROWS_MAX];
    private final int[] chosenPlace = new int[ROWS_MAX];
    private final long[] weights = new long[ROWS_MAX];
    private int chosenCount;

    OverOperator(Over over, OrderedRows rows, Lateness lateness, boolean emitsOnClose, BufferAllocator allocator) {
        this.over = over;
        this.rows = rows;
        this.lateness = lateness;
        this.emitsOnClose = emitsOnClose;
        this.allocator = allocator;
        this.functions = new OverFunctions(over, allocator);
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        try (Batch onTime = lateness.refuse(batch, out)) {
            rows.add(onTime);
        }
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        begin();
        if (emitsOnClose) {
            rows.walkThrough(watermark, slot -> {
                if (count > partitionBegin && !rows.samePartition(slots[count - 1], slot)) {
                    endPartition(out);
                }
                return add(slot);
            });
            endPartition(out);
        } else {
            for (int partition = 0; partition < rows.touched(); partition++) {
                rows.walk(partition, this::add);
                endPartition(out);
            }
        }
        flush(out);
        rows.settle(watermark);
        lateness.advance(watermark);
    }

    private void begin() {
        places.clear();
        count = 0;
        partitionBegin = 0;
    }

    private boolean add(int slot) {
        if (count == slots.length) {
            slots = Arrays.copyOf(slots, count * 2);
            oldPlace = Arrays.copyOf(oldPlace, count * 2);
            newPlace = Arrays.copyOf(newPlace, count * 2);
        }
        slots[count++] = slot;
        return true;
    }

    /// Lays out the partition as it was and as it is, as if they were two.
    private void endPartition(Downstream out) {
        if (count == partitionBegin) {
            return;
        }
        if (!emitsOnClose) {
            layOut(oldPlace, true);
        }
        layOut(newPlace, false);
        partitionBegin = count;
        if (count >= CHUNK) {
            flush(out);
        }
    }

    private void layOut(int[] place, boolean before) {
        int last = -1;
        for (int i = partitionBegin; i < count; i++) {
            place[i] = places.count;
            long times = before ? rows.before(slots[i]) : rows.now(slots[i]);
            if (times > 0) {
                places.add(i, times, last >= 0 && rows.samePlace(slots[last], slots[i]));
                last = i;
            }
        }
        places.endPartition();
    }

    private void flush(Downstream out) {
        if (count == 0) {
            return;
        }
        try (Batch batch = rows.decode(slots, count); Batch results = functions.of(places, batch)) {
            RowEquality same = new RowEquality(results, IntStream.range(0, results.columnCount()).boxed().toList());
            for (int i = 0; i < count; i++) {
                compare(i, same, batch, results, out);
            }
            emit(batch, results, out);
        }
        begin();
    }

    /// Chooses the places of a row whose values differ: each old one before the new one in its stead.
    private void compare(int row, RowEquality same, Batch batch, Batch results, Downstream out) {
        long were = emitsOnClose ? 0 : Math.max(0, rows.before(slots[row]));
        long are = Math.max(0, rows.now(slots[row]));
        for (int i = 0; i < Math.max(were, are); i++) {
            if (i < were && i < are && same.equal(oldPlace[row] + i, newPlace[row] + i)) {
                continue;
            }
            if (i < were) {
                choose(row, oldPlace[row] + i, -1, batch, results, out);
            }
            if (i < are) {
                choose(row, newPlace[row] + i, 1, batch, results, out);
            }
        }
    }

    private void choose(int row, int place, long weight, Batch batch, Batch results, Downstream out) {
        chosen[chosenCount] = row;
        chosenPlace[chosenCount] = place;
        weights[chosenCount++] = weight;
        if (chosenCount == ROWS_MAX) {
            emit(batch, results, out);
        }
    }

    private void emit(Batch batch, Batch results, Downstream out) {
        if (chosenCount == 0) {
            return;
        }
        RowType schema = over.schema();
        try (NewColumns columns = new NewColumns(allocator)) {
            for (int i = 0; i < batch.columnCount(); i++) {
                columns.add(Gather.rows(batch.vector(i), schema.field(i), chosen, chosenCount, allocator));
            }
            for (int i = 0; i < results.columnCount(); i++) {
                columns.add(Gather.rows(results.vector(i), schema.field(batch.columnCount() + i), chosenPlace,
                        chosenCount, allocator));
            }
            if (!onlyInserts()) {
                columns.addWeights(weights, chosenCount);
            }
            int made = chosenCount;
            chosenCount = 0;
            out.emit(columns.batch(schema, made));
        }
    }

    private boolean onlyInserts() {
        for (int i = 0; i < chosenCount; i++) {
            if (weights[i] != 1) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        rows.close();
    }
}
