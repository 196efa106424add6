package dev.thalweg.execution.trigger;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.error.Defect;
import java.util.Arrays;

/// A bag from a Z-set without deletes: a row of weight n stands there n times.
final class Weights {
    private Weights() {}

    /// Takes over the reference; the answer has no weights that matter, and shares the vectors.
    static Batch expand(Batch batch) {
        if (!batch.hasWeights()) {
            return batch;
        }
        int[] rows = new int[batch.rowCount()];
        int count = 0;
        for (int row = 0; row < batch.rowCount(); row++) {
            long weight = batch.weight(row);
            if (weight < 0) {
                batch.close();
                throw new Defect("THW-9013", "A finished result takes back a row. Please send us the query.");
            }
            while (count + weight > rows.length) {
                rows = Arrays.copyOf(rows, Math.max(16, rows.length * 2));
            }
            Arrays.fill(rows, count, count + (int) weight, batch.physical(row));
            count += (int) weight;
        }
        return batch.once().select(rows, count);
    }
}
