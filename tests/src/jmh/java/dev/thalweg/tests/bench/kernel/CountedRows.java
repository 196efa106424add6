package dev.thalweg.tests.bench.kernel;

import dev.thalweg.execution.operator.Downstream;
import dev.thalweg.spi.data.Batch;

/// Takes what an operator or a stage gives, counts it and lets it go.
final class CountedRows implements Downstream {
    long rows;

    @Override
    public void emit(Batch batch) {
        try (batch) {
            rows += batch.rowCount();
        }
    }

    @Override
    public void late(Batch batch) {
        batch.close();
    }
}
