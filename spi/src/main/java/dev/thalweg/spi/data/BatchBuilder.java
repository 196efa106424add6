package dev.thalweg.spi.data;

import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// Makes a batch row by row from objects: for tests, `createDataFrame`, VALUES and other small borders.
public final class BatchBuilder implements AutoCloseable {
    private final RowType type;
    private final BufferAllocator allocator;
    private final List<FieldVector> vectors = new ArrayList<>();
    private @Nullable BigIntVector weights;
    private int rows;

    public BatchBuilder(RowType type, BufferAllocator allocator) {
        this.type = type;
        this.allocator = allocator;
        try {
            for (Field field : type.fields()) {
                FieldVector vector = ArrowTypes.newVector(field, allocator);
                vectors.add(vector);
                vector.allocateNew();
            }
        } catch (RuntimeException e) {
            vectors.forEach(FieldVector::close); // a later column may not fit into the memory
            throw e;
        }
    }

    /// Adds a row.
    ///
    /// @param values one a column, as [DataType] lists them
    public BatchBuilder add(List<? extends @Nullable Object> values) {
        for (int i = 0; i < vectors.size(); i++) {
            VectorValues.set(vectors.get(i), rows, type.type(i), values.get(i));
        }
        if (weights != null) {
            weights.setSafe(rows, 1);
        }
        rows++;
        return this;
    }

    /// Adds a row that stands for `weight` rows (+n inserts, -n deletes).
    public BatchBuilder add(List<? extends @Nullable Object> values, long weight) {
        if (weights == null) {
            weights = new BigIntVector("weight", allocator);
            weights.allocateNew();
            for (int i = 0; i < rows; i++) {
                weights.setSafe(i, 1);
            }
        }
        add(values);
        weights.setSafe(rows - 1, weight);
        return this;
    }

    public int rowCount() {
        return rows;
    }

    /// The rows so far; the builder is empty and used up afterwards.
    public Batch build() {
        for (FieldVector vector : vectors) {
            vector.setValueCount(rows);
        }
        if (weights != null) {
            weights.setValueCount(rows);
        }
        Batch batch = Batch.of(type, List.copyOf(vectors), rows, weights);
        vectors.clear();
        weights = null;
        return batch;
    }

    @Override
    public void close() {
        vectors.forEach(FieldVector::close);
        if (weights != null) {
            weights.close();
        }
    }
}
