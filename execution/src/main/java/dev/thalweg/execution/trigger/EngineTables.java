package dev.thalweg.execution.trigger;

import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.source.SourceReader;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.jspecify.annotations.Nullable;

/// Tables that the engine itself has: the result of a query (format `result`) and the rows it refused as late (format
/// `late`). The query is named by the option `query`, else by the table.
final class EngineTables {
    static final String RESULT = "result";
    static final String LATE = "late";

    private final Engine engine;

    EngineTables(Engine engine) {
        this.engine = engine;
    }

    /// The splits of a scan, if it reads such a table.
    Optional<List<SplitWork>> splits(PlanNode.Scan scan) {
        return switch (scan.table().format().toLowerCase(Locale.ROOT)) {
            case RESULT -> Optional.of(List.of(new SplitWork(scan, SplitWork.STATIC, "result of " + query(scan),
                    allocator -> result(scan, allocator))));
            case LATE -> Optional.of(List.of(new SplitWork(scan, SplitWork.STATIC, "late rows of " + query(scan),
                    allocator -> late(scan, allocator))));
            default -> Optional.empty(); // a rule: any other format is a connector's
        };
    }

    private static String query(PlanNode.Scan scan) {
        return scan.table().options().text("query", scan.table().name());
    }

    private QueryRun run(PlanNode.Scan scan) {
        return engine.find(query(scan)).orElseThrow(() -> new InvalidQuery("THW-3032", "There is no query '"
                + query(scan) + "' whose rows could be read. SHOW QUERIES lists those that run."));
    }

    private SourceReader result(PlanNode.Scan scan, BufferAllocator allocator) {
        int output = (int) scan.table().options().number("output").orElse(0);
        List<Batch> snapshot = run(scan).result(allocator, output);
        return new Batches(snapshot.stream().map(batch -> batch.project(scan.schema(), scan.columns())).iterator());
    }

    private SourceReader late(PlanNode.Scan scan, BufferAllocator allocator) {
        try (BatchBuilder rows = new BatchBuilder(LateRows.TYPE, allocator)) {
            for (LateRows.LateRow late : run(scan).lateRows().rows()) {
                rows.add(late.values());
            }
            return new Batches(List.of(rows.build().project(scan.schema(), scan.columns())).iterator());
        }
    }

    /// Gives batches that are there.
    private static final class Batches implements SourceReader {
        private final Iterator<Batch> left;

        Batches(Iterator<Batch> left) {
            this.left = left;
        }

        @Override
        public @Nullable Batch next() {
            while (left.hasNext()) {
                Batch batch = left.next();
                if (batch.rowCount() > 0) {
                    return batch;
                }
                batch.close();
            }
            return null;
        }

        @Override
        public void close() {
            left.forEachRemaining(Batch::close);
        }
    }
}
