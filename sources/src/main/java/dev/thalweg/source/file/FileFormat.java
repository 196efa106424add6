package dev.thalweg.source.file;

import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.format.RowDecoder;
import dev.thalweg.spi.file.FileEntry;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;

/// What a file source must know of a format. Made from a table's options, which it has checked.
interface FileFormat {
    /// The word after USING.
    String name();

    /// Says which columns the files have, by reading them.
    RowType infer(List<FileEntry> files);

    /// Refuses columns that the format cannot hold.
    void check(RowType columns);

    /// Makes the decoder of one file's bytes.
    ///
    /// @param fileColumns the columns that the file has, in order
    /// @param wanted which of them the batches have
    /// @param atFileStart whether a header may come first
    RowDecoder decoder(RowType fileColumns, List<Integer> wanted, boolean atFileStart, BufferAllocator allocator,
            int rowsMax);

    /// Whether records end at line feeds, so that a file may be cut there.
    boolean isSplittable();

    /// Whether every column must be decoded whatever the query reads, because a bad one decides about the row.
    boolean needsAllColumns(RowType wanted);
}
