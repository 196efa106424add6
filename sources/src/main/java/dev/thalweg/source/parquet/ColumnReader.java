package dev.thalweg.source.parquet;

import dev.thalweg.spi.data.Column;

/// Reads one wanted column, row group by row group.
interface ColumnReader extends AutoCloseable {
    /// Begins a row group.
    void open(ParquetFile.RowGroup group);

    /// The next rows of the row group, as a column that is the caller's.
    Column read(int rows);

    @Override
    void close();
}
