package dev.thalweg.source.file;

import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.file.FileEntry;
import dev.thalweg.spi.source.ReadRequest;
import dev.thalweg.spi.source.SourceReader;
import java.util.List;

/// What a file source must know of a format. Made from a table's options, which it has checked.
interface FileFormat {
    /// The word after USING.
    String name();

    /// Says which columns the files have, by reading them.
    RowType infer(List<FileEntry> files);

    /// Refuses columns that the format cannot hold.
    void check(RowType columns);

    /// Whether tasks may read parts of a file of that name side by side.
    boolean isSplittable(FileEntry file);

    /// Begins to read a split.
    ///
    /// @param schema all columns of the source, those of its directories included
    SourceReader open(FileSplit split, ReadRequest request, RowType schema, PartitionColumns partitions,
            FileOptions options);
}
