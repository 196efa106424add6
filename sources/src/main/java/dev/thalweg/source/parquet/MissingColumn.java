package dev.thalweg.source.parquet;

import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.Field;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// A column that the file does not have.
record MissingColumn(Field field, BufferAllocator allocator) implements ColumnReader {
    @Override
    public void open(ParquetFile.RowGroup group) {
        // nothing of it is there
    }

    @Override
    public Column read(int rows) {
        FieldVector vector = ArrowTypes.newVector(field, allocator);
        fill(vector, rows);
        return Column.of(vector);
    }

    static void fill(FieldVector vector, int rows) {
        try {
            vector.setInitialCapacity(rows);
            vector.allocateNew();
            vector.setValueCount(rows);
        } catch (RuntimeException e) {
            vector.close();
            throw e;
        }
    }

    @Override
    public void close() {}
}
