package dev.thalweg.source.parquet;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.Column;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.source.ColumnRange;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.memory.BufferAllocator;

/// Reads row groups of a file as batches: only the columns that are wanted, each by itself.
///
/// **Cost** A window and a page of each wanted column at a time, never a whole row group. **Errors** [DamagedFile],
/// [UnsupportedFile], [ColumnMismatch] and `UncheckedIOException`, for the caller to name the file.
/// **Thread** The task that opened it.
public final class ParquetScan implements AutoCloseable {
    private final FileChannel file;
    private final RowType columns;
    private final int rowsMax;
    private final List<ColumnReader> readers = new ArrayList<>();
    private final List<ParquetFile.RowGroup> groups;
    private int group = -1;
    private long groupLeft;

    /// Which row groups to read: those that begin in the bytes `[from, to)`.
    ///
    /// @param size how long the file was when it was found
    public record Range(Path path, long size, long from, long to) {}

    /// What is wanted of the file.
    ///
    /// @param columns what the file does not have is NULL
    /// @param ranges of these columns; row groups that can have no row in them are left out
    /// @param rowsMax of a batch
    public record Wanted(RowType columns, List<ColumnRange> ranges, int rowsMax) {}

    public ParquetScan(Range range, Wanted wanted, BufferAllocator allocator) throws IOException {
        this.columns = wanted.columns();
        this.rowsMax = wanted.rowsMax();
        this.file = FileChannel.open(range.path(), StandardOpenOption.READ);
        try {
            ParquetFile footer = ParquetFile.read(file, range.size());
            List<Shape> shapes = columns.fields().stream().map(field -> ColumnShapes.of(footer.schema(), field, ""))
                    .toList();
            GroupStatistics statistics = new GroupStatistics(shapes, footer.hasColumnOrders());
            this.groups = footer.rowGroups(range.from(), range.to()).stream()
                    .filter(group -> statistics.mayMeet(wanted.ranges(), group)).toList();
            shapes.forEach(shape -> readers.add(reader(shape, allocator)));
        } catch (IOException | RuntimeException e) {
            file.close();
            throw e;
        }
    }

    private ColumnReader reader(Shape shape, BufferAllocator allocator) {
        return switch (shape) {
            case Shape.Value value when value.flat() -> new FlatColumn(value, file, allocator);
            case Shape.Missing(Field field, _) -> new MissingColumn(field, allocator);
            case Shape.Value _,Shape.ListOf _,Shape.Struct _ -> new NestedColumn(shape, file, allocator);
        };
    }

    /// The columns of a file, as its footer names them.
    public static RowType columns(Path path, long size) throws IOException {
        try (FileChannel file = FileChannel.open(path, StandardOpenOption.READ)) {
            return ColumnShapes.rowType(ParquetFile.read(file, size).schema());
        }
    }

    /// The next rows, as a batch that the caller closes; empty at the end.
    public Optional<Batch> next() {
        while (groupLeft == 0) {
            if (++group >= groups.size()) {
                return Optional.empty();
            }
            ParquetFile.RowGroup next = groups.get(group);
            readers.forEach(reader -> reader.open(next));
            groupLeft = next.rows();
        }
        int rows = (int) Math.min(rowsMax, groupLeft);
        groupLeft -= rows;
        List<Column> read = new ArrayList<>();
        try {
            for (ColumnReader reader : readers) {
                read.add(reader.read(rows));
            }
        } catch (RuntimeException e) {
            read.forEach(Column::close);
            throw e;
        }
        return Optional.of(Batch.ofColumns(columns, read, rows, null));
    }

    @Override
    public void close() {
        readers.forEach(ColumnReader::close);
        try {
            file.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
