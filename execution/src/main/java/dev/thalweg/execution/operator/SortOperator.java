package dev.thalweg.execution.operator;

import dev.thalweg.planner.incremental.PlanNode.Sort;
import dev.thalweg.spi.data.Batch;
import org.apache.arrow.memory.BufferAllocator;

/// Orders a finished result; with a bound it keeps only that many rows (top-N).
///
/// State: none in the checkpoint, as it runs in batch queries only; all rows in memory, or a few times the bound.
/// Changes: rows that came and went are dropped; the result has no weights.
final class SortOperator implements Operator {
    private static final int ROWS_MAX = 16_384;
    private static final long SPARE_MIN = 65_536;

    private final long bound;
    private final SortKeys keys;
    private final FiniteRows rows;

    /// @param bound how many rows are wanted at the most; `Long.MAX_VALUE`: all
    SortOperator(Sort sort, long bound, BufferAllocator allocator) {
        this.bound = bound;
        this.keys = new SortKeys(sort.keys(), allocator);
        this.rows = new FiniteRows(sort.schema(), allocator);
    }

    @Override
    public void push(int input, Batch batch, Downstream out) {
        rows.add(batch);
        boolean crowded = rows.count() > SPARE_MIN && rows.count() / 4 > bound;
        if (crowded && !rows.hasWeights()) { // a later delete could make room again
            rows.add(sorted());
        }
    }

    private Batch sorted() {
        Batch all = rows.take();
        int[] order = keys.order(all);
        int[] selected = new int[(int) Math.min(bound, order.length)];
        for (int i = 0; i < selected.length; i++) {
            selected[i] = all.physical(order[i]);
        }
        Batch first = all.select(selected, selected.length);
        return selected.length < order.length ? compact(first) : first;
    }

    /// Copies the chosen rows, so that the others are freed.
    private Batch compact(Batch chosen) {
        rows.add(chosen);
        return rows.take();
    }

    @Override
    public void advance(Watermark watermark, Downstream out) {
        if (rows.count() == 0) {
            return;
        }
        try (Batch result = sorted()) {
            for (int from = 0; from < result.rowCount(); from += ROWS_MAX) {
                int[] part = new int[Math.min(ROWS_MAX, result.rowCount() - from)];
                for (int i = 0; i < part.length; i++) {
                    part[i] = result.physical(from + i);
                }
                out.emit(result.retain().select(part, part.length));
            }
        }
    }

    @Override
    public void close() {
        keys.close();
        rows.close();
    }
}
