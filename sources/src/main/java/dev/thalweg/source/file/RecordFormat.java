package dev.thalweg.source.file;

import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.file.FileEntry;
import dev.thalweg.spi.format.RowDecoder;
import dev.thalweg.spi.source.ReadRequest;
import dev.thalweg.spi.source.SourceReader;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/// A format that is read from its first byte on, record by record; perhaps as gzip.
interface RecordFormat extends FileFormat {
    /// Makes the decoder of one file's bytes.
    ///
    /// @param fileColumns the columns that the file has, in order
    /// @param wanted which of them the batches have
    /// @param atFileStart whether a header may come first
    RowDecoder decoder(RowType fileColumns, List<Integer> wanted, boolean atFileStart, BufferAllocator allocator,
            int rowsMax);

    /// Whether records end at line feeds, so that a file may be cut there.
    boolean isCutAtLines();

    /// Whether every column must be decoded whatever the query reads, because a bad one decides about the row.
    boolean needsAllColumns(RowType wanted);

    @Override
    default boolean isSplittable(FileEntry file) {
        return isCutAtLines() && !FileInput.isCompressed(file.path());
    }

    @Override
    default SourceReader open(FileSplit split, ReadRequest request, RowType schema, PartitionColumns partitions,
            FileOptions options) {
        return new FileReader(split, request, this, schema, partitions, options);
    }
}
