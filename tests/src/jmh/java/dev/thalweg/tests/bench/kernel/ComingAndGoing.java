package dev.thalweg.tests.bench.kernel;

import dev.thalweg.execution.operator.Watermark;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.BatchBuilder;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/// Batches that an operator is given in one trigger and that are taken back in the next, so that its state stays as large as it
/// was however long it runs.
///
/// @param coming rows of [Rows], and `going` the same rows, taken back
record ComingAndGoing(List<Batch> coming, List<Batch> going) implements AutoCloseable {
    static final ComingAndGoing NONE = new ComingAndGoing(List.of(), List.of());

    /// @param keys how many different `id`
    static ComingAndGoing of(int batches, int keys, BufferAllocator allocator) {
        List<Batch> coming = Rows.make(batches, keys, allocator);
        List<Batch> going = new ArrayList<>();
        for (Batch batch : coming) {
            try (BatchBuilder builder = new BatchBuilder(Rows.TYPE, allocator)) {
                for (int row = 0; row < batch.rowCount(); row++) {
                    builder.add(Rows.values(batch, row), -1);
                }
                going.add(builder.build());
            }
        }
        return new ComingAndGoing(coming, going);
    }

    /// Two triggers; says how many rows were emitted so far.
    long pass(OperatorRun run) {
        coming.forEach(batch -> run.push(0, batch.retain()));
        run.trigger(Watermark.NONE);
        going.forEach(batch -> run.push(0, batch.retain()));
        return run.trigger(Watermark.NONE);
    }

    @Override
    public void close() {
        coming.forEach(Batch::close);
        going.forEach(Batch::close);
    }
}
