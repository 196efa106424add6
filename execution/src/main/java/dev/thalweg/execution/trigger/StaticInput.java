package dev.thalweg.execution.trigger;

import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.source.ColumnRange;
import dev.thalweg.spi.source.Offset;
import dev.thalweg.spi.source.OffsetRange;
import dev.thalweg.spi.source.ReadLimit;
import dev.thalweg.spi.source.ReadRequest;
import dev.thalweg.spi.source.Source;
import dev.thalweg.spi.source.SourceReader;
import dev.thalweg.spi.source.Split;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/// Rows that are all there when a query starts: a table read as of now, or rows written in the query.
final class StaticInput {
    private StaticInput() {}

    /// A table's splits and the version they pin.
    ///
    /// @param stamp a cheap sign of the version
    record Read(List<SplitWork> splits, String version, String stamp) {}

    /// Which scan of the plan it is.
    ///
    /// @param ranges what the plan asks of its rows right away
    record Place(PlanNode.Scan scan, List<ColumnRange> ranges) {}

    /// @param everything the rows there are at this clock
    static <O extends Offset> Read table(Place place, Source<O> source, ReadLimit everything, int batchRowsMax) {
        PlanNode.Scan scan = place.scan();
        O initial = source.initial();
        OffsetRange<O> range = new OffsetRange<>(initial, source.latest(initial, everything));
        DroppedRows dropped = new DroppedRows();
        List<SplitWork> splits = new ArrayList<>();
        if (!range.isEmpty()) {
            for (Split split : source.plan(range)) {
                splits.add(new SplitWork(scan, SplitWork.STATIC, split.description(), allocator -> source.open(split,
                        new ReadRequest(scan.columns(), place.ranges(), batchRowsMax, allocator, dropped))));
            }
        }
        return new Read(splits, source.version(range), source.stamp(range));
    }

    /// The stamp that reading the table now would have.
    static <O extends Offset> String stamp(Source<O> source, ReadLimit everything) {
        O initial = source.initial();
        return source.stamp(new OffsetRange<>(initial, source.latest(initial, everything)));
    }

    static SplitWork values(PlanNode.Values values) {
        return new SplitWork(values, SplitWork.STATIC, "VALUES", allocator -> new ValuesReader(values, allocator));
    }

    /// Gives the rows of VALUES as one batch.
    private static final class ValuesReader implements SourceReader {
        private final PlanNode.Values values;
        private final BufferAllocator allocator;
        private boolean done;

        ValuesReader(PlanNode.Values values, BufferAllocator allocator) {
            this.values = values;
            this.allocator = allocator;
        }

        @Override
        public @Nullable Batch next() {
            if (done || values.rows().isEmpty()) {
                return null;
            }
            done = true;
            try (BatchBuilder rows = new BatchBuilder(values.schema(), allocator)) {
                for (List<Expression.Literal> row : values.rows()) {
                    List<@Nullable Object> cells = new ArrayList<>();
                    row.forEach(literal -> cells.add(literal.value()));
                    rows.add(cells);
                }
                return rows.build();
            }
        }

        @Override
        public void close() {}
    }
}
