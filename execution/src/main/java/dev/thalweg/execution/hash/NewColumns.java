package dev.thalweg.execution.hash;

import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.FixedWidth;
import dev.thalweg.spi.data.Memory;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.FieldVector;
import org.jspecify.annotations.Nullable;

/// The columns of a batch that is being made, one after the other.
///
/// Until [#batch] or [#take] hands them over, closing frees them: a later one may not fit into the memory, and a result may
/// not fit its type.
public final class NewColumns implements AutoCloseable {
    private final BufferAllocator allocator;
    private final List<Column> columns = new ArrayList<>();
    private @Nullable BigIntVector weights;

    public NewColumns(BufferAllocator allocator) {
        this.allocator = allocator;
    }

    /// A column without memory yet, to be filled by the caller.
    public FieldVector add(Field field) {
        FieldVector vector = ArrowTypes.newVector(field, allocator);
        add(vector);
        return vector;
    }

    /// Takes over a column that is filled.
    public void add(FieldVector vector) {
        add(Column.of(vector));
    }

    /// Takes over a column of any form.
    public void add(Column column) {
        columns.add(column);
    }

    /// The first `count` weights, one a row.
    public void addWeights(long[] values, int count) {
        BigIntVector vector = new BigIntVector("weight", allocator);
        weights = vector;
        FixedWidth.allocateAll(vector, count);
        long data = vector.getDataBufferAddress();
        for (int i = 0; i < count; i++) {
            Memory.putLong(data + ((long) i << 3), values[i]);
        }
    }

    public int size() {
        return columns.size();
    }

    /// Hands the columns over.
    public List<Column> take() {
        List<Column> taken = List.copyOf(columns);
        columns.clear();
        return taken;
    }

    /// Hands columns and weights over as a batch.
    public Batch batch(RowType type, int rows) {
        BigIntVector given = weights;
        weights = null;
        return Batch.ofColumns(type, take(), rows, given);
    }

    @Override
    public void close() {
        columns.forEach(Column::close);
        columns.clear();
        if (weights != null) {
            weights.close();
            weights = null;
        }
    }
}
