/// Parquet files: from bytes to batches, without a foreign reader.
///
/// A file is read from its end: [ParquetFile] parses the footer, [ColumnShapes] lays the columns that a plan wants over those
/// that the file has, and [ParquetScan] turns row groups into batches, column by column, page by page, straight into Arrow
/// vectors. Knows nothing of directories, triggers or options: those are `source.file`'s. Read [ParquetScan] first. A scan
/// belongs to one task; nothing here is shared between threads.
@NullMarked
package dev.thalweg.source.parquet;

import org.jspecify.annotations.NullMarked;
