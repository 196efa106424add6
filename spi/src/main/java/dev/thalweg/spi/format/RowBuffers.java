package dev.thalweg.spi.format;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// The batch that a decoder fills: its columns and how many of its rows are closed.
final class RowBuffers implements AutoCloseable {
    private final RowType type;
    private final int rowsMax;
    private final ColumnBuffer[] columns;
    private final ColumnBuffer[] variable;
    private int rows;
    private int capacity;

    RowBuffers(RowType type, BufferAllocator allocator, int rowsMax) {
        this.type = type;
        this.rowsMax = rowsMax;
        this.capacity = rowsMax;
        List<ColumnBuffer> made = new ArrayList<>();
        try {
            for (Field field : type.fields()) {
                made.add(new ColumnBuffer(field, allocator, rowsMax));
            }
        } catch (RuntimeException e) {
            made.forEach(column -> column.vector().close()); // the budget ends between two columns
            throw e;
        }
        this.columns = made.toArray(ColumnBuffer[]::new);
        this.variable = made.stream().filter(ColumnBuffer::needsEndRow).toArray(ColumnBuffer[]::new);
    }

    RowType type() {
        return type;
    }

    int columnCount() {
        return columns.length;
    }

    ColumnBuffer column(int index) {
        return columns[index];
    }

    ColumnBuffer[] columns() {
        return columns;
    }

    /// The number of closed rows, which is the index of the open one.
    int rows() {
        return rows;
    }

    boolean isFull() {
        return rows >= rowsMax;
    }

    /// Makes sure that the open row can be written: a record may hold more rows than the batch had room for.
    void ensureOpenRow() {
        if (rows >= capacity) {
            for (ColumnBuffer column : columns) {
                column.ensure(rows);
            }
            capacity = rows + 1;
        }
    }

    void endRow() {
        for (ColumnBuffer column : variable) {
            column.endRow(rows);
        }
        rows++;
    }

    void clearRow() {
        for (ColumnBuffer column : columns) {
            column.clear(rows);
        }
    }

    Batch take() {
        List<FieldVector> vectors = new ArrayList<>(columns.length);
        for (ColumnBuffer column : columns) {
            vectors.add(column.take(rows, rowsMax));
        }
        Batch batch = Batch.of(type, vectors, rows);
        rows = 0;
        capacity = rowsMax;
        return batch;
    }

    @Override
    public void close() {
        for (ColumnBuffer column : columns) {
            column.close();
        }
    }
}
