package dev.thalweg.execution.operator;

import dev.thalweg.planner.incremental.PlanNode.Sort;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.planner.incremental.PlanNode.Values;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import java.util.List;
import java.util.function.Consumer;
import org.apache.arrow.memory.BufferAllocator;

/// Puts a whole result into the order that its query asks for, before a sink gets it.
///
/// Cost: all rows of the result in memory while they are sorted.
public final class SortedResult {
    private SortedResult() {}

    /// @param result hands over the rows, in batches
    /// @param keys by columns of `type`
    public static void handOver(Consumer<Consumer<Batch>> result, RowType type, List<SortKey> keys,
            BufferAllocator allocator, Consumer<Batch> sink) {
        Sort sort = new Sort(new Values(type, List.of()), keys);
        Downstream out = new Downstream() {
            @Override
            public void emit(Batch batch) {
                sink.accept(batch);
            }

            @Override
            public void late(Batch rows) {
                rows.close();
            }
        };
        try (SortOperator operator = new SortOperator(sort, Long.MAX_VALUE, allocator)) {
            result.accept(batch -> {
                if (batch.rowCount() == 0) {
                    sink.accept(batch); // an empty result is told by a batch without rows
                } else {
                    operator.push(0, batch, out);
                }
            });
            operator.advance(Watermark.NONE, out);
        }
    }
}
