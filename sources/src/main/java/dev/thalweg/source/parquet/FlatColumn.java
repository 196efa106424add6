package dev.thalweg.source.parquet;

import dev.thalweg.spi.data.ArrowTypes;
import dev.thalweg.spi.data.Coded;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.Memory;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.vector.FieldVector;

/// Reads a column that has one entry a row: the common case, decoded straight into the vector.
///
/// Values that pages name by their places in a dictionary stay so, as [Coded], where there are far fewer of them than rows. A batch
/// in the middle of which the writer gave its dictionary up has plain values.
final class FlatColumn implements ColumnReader {
    private final Shape.Value shape;
    private final ChunkPages pages;
    private final BufferAllocator allocator;
    private final Scratch scratch;
    private int pageLeft;
    /// Whether the codes read for a batch stand for any NULL.
    private boolean anyNull;
    /// As many as the batch before had, and some: so that a vector need not grow, which copies it.
    private long dataBytesExpected;

    FlatColumn(Shape.Value shape, FileChannel file, BufferAllocator allocator) {
        this.shape = shape;
        this.allocator = allocator;
        this.scratch = new Scratch(allocator);
        this.pages = new ChunkPages(file, shape.leaf(), shape.form(), allocator);
    }

    @Override
    public void open(ParquetFile.RowGroup group) {
        pages.open(group.chunks().get(shape.leaf().column()));
        pageLeft = 0;
    }

    @Override
    public Column read(int rows) {
        beginPage();
        Optional<Dictionary> dictionary = pages.codes();
        if (dictionary.isEmpty()) {
            return Column.of(vector(into -> readValues(into, 0, rows), rows));
        }
        Dictionary values = dictionary.get();
        int[] codes = new int[rows];
        anyNull = false;
        int coded = readCodes(codes);
        return coded == rows
                ? values.coded(shape.field(), codes, anyNull)
                : Column.of(vector(into -> {
                    decode(values, codes, coded, into);
                    readValues(into, coded, rows);
                }, rows));
    }

    private void beginPage() {
        if (pageLeft == 0) {
            pageLeft = pages.next();
        }
    }

    /// Reads codes as far as pages have them.
    ///
    /// @return how many rows it read
    private int readCodes(int[] codes) {
        int row = 0;
        while (row < codes.length) {
            beginPage();
            if (pages.codes().isEmpty()) {
                break;
            }
            int count = Math.min(codes.length - row, pageLeft);
            readCodes(codes, row, count);
            pageLeft -= count;
            row += count;
        }
        return row;
    }

    private void readCodes(int[] codes, int row, int count) {
        if (shape.definition() == 0) {
            pages.readCodes(codes, row, count);
            return;
        }
        long bits = scratch.bits(count);
        int present = pages.definitions().readBits(bits, 0, count);
        if (present > 0) {
            pages.readCodes(codes, row, present);
        }
        anyNull |= present < count;
        int from = row + present;
        for (int i = count - 1; i >= 0 && present < count; i--) {
            codes[row + i] = Memory.getBit(bits, i) ? codes[--from] : Coded.NULL;
        }
    }

    private interface Filler {
        void fill(Filling into);
    }

    private FieldVector vector(Filler filler, int rows) {
        FieldVector vector = ArrowTypes.newVector(shape.field(), allocator);
        try (Filling into = new Filling(vector, shape.form(), rows, dataBytesExpected, allocator)) {
            filler.fill(into);
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

    /// Writes the values of the first rows.
    private static void decode(Dictionary values, int[] codes, int rows, Filling into) {
        int present = 0;
        for (int row = 0; row < rows; row++) {
            int code = codes[row];
            if (code >= 0) {
                Memory.putBit(into.validity(), row, true);
                codes[present++] = code;
            }
        }
        values.gather(codes, present, into, 0);
        into.spread(0, rows, present);
    }

    private void readValues(Filling into, int from, int rows) {
        int row = from;
        while (row < rows) {
            beginPage();
            int count = Math.min(rows - row, pageLeft);
            readPage(into, row, count);
            pageLeft -= count;
            row += count;
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
        scratch.close();
        pages.close();
    }
}
