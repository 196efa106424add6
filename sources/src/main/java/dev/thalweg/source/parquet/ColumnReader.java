package dev.thalweg.source.parquet;

import org.apache.arrow.vector.FieldVector;

/// Reads one wanted column, row group by row group.
interface ColumnReader extends AutoCloseable {
    /// Begins a row group.
    void open(ParquetFile.RowGroup group);

    /// The next rows of the row group, as a vector that is the caller's.
    FieldVector read(int rows);

    @Override
    void close();
}
