package dev.thalweg.source.parquet;

import dev.thalweg.spi.data.ArrowTypes;
import java.nio.channels.FileChannel;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// Reads a column that has one entry a row: the common case, decoded straight into the vector.
final class FlatColumn implements ColumnReader {
    private final Shape.Value shape;
    private final ChunkPages pages;
    private final BufferAllocator allocator;
    private int pageLeft;
    /// As many as the batch before had, and some: so that a vector need not grow, which copies it.
    private long dataBytesExpected;

    FlatColumn(Shape.Value shape, FileChannel file, BufferAllocator allocator) {
        this.shape = shape;
        this.allocator = allocator;
        this.pages = new ChunkPages(file, shape.leaf(), shape.form(), allocator);
    }

    @Override
    public void open(ParquetFile.RowGroup group) {
        pages.open(group.chunks().get(shape.leaf().column()));
        pageLeft = 0;
    }

    @Override
    public FieldVector read(int rows) {
        FieldVector vector = ArrowTypes.newVector(shape.field(), allocator);
        try (Filling into = new Filling(vector, shape.form(), rows, dataBytesExpected, allocator)) {
            int row = 0;
            while (row < rows) {
                if (pageLeft == 0) {
                    pageLeft = pages.next();
                }
                int count = Math.min(rows - row, pageLeft);
                readPage(into, row, count);
                pageLeft -= count;
                row += count;
            }
            if (shape.definition() == 0) {
                into.setAllValid(rows);
            }
            if (into.width == 0) {
                long bytes = into.dataBytes(rows);
                dataBytesExpected = bytes + (bytes >>> 3);
            }
            into.finish(rows);
            return vector;
        } catch (RuntimeException e) {
            vector.close();
            throw e;
        }
    }

    private void readPage(Filling into, int row, int count) {
        int present = shape.definition() == 0 ? count : pages.definitions().readBits(into.validity(), row, count);
        if (present > 0) {
            pages.values().read(into, row, present);
        }
        into.spread(row, count, present);
    }

    @Override
    public void close() {
        pages.close();
    }
}
