package dev.thalweg.source.file;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.file.FileEntry;
import dev.thalweg.spi.format.RowDecoder;
import dev.thalweg.spi.source.ReadRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Makes the batches that a plan wants of those that a decoder gives: adds partition columns, and leaves out what was
/// decoded only to judge the row.
final class Projection {
    private final RowType fileColumns;
    /// The file's columns that the decoder gives.
    private final List<Integer> decoded;
    private final RowType wanted;
    /// Where each wanted column is in the decoder's batches, or -1 for a partition column.
    private final List<Integer> sources;
    private final PartitionColumns partitions;
    private final FileEntry file;
    private final ReadRequest request;

    Projection(RowType schema, PartitionColumns partitions, FileSplit split, ReadRequest request, FileFormat format) {
        this.partitions = partitions;
        this.file = split.file();
        this.request = request;
        this.wanted = schema.select(request.columns());
        Set<Integer> constants = partitions.columns(file);
        List<Integer> ofFile = IntStream.range(0, schema.size()).boxed().filter(c -> !constants.contains(c)).toList();
        this.fileColumns = schema.select(ofFile);
        List<Integer> needed = format.needsAllColumns(wanted)
                ? ofFile
                : request.columns().stream().distinct().filter(ofFile::contains).toList();
        this.decoded = needed.stream().map(ofFile::indexOf).toList();
        this.sources = request.columns().stream().map(needed::indexOf).toList();
    }

    RowDecoder decoder(FileFormat format, boolean atFileStart) {
        return format.decoder(fileColumns, decoded, atFileStart, request.allocator(), request.batchRowsMax());
    }

    Batch apply(Batch batch) {
        if (sources.contains(-1)) {
            return partitions.add(batch, wanted, request.columns(), sources, file, request.allocator());
        }
        boolean same = sources.equals(IntStream.range(0, decoded.size()).boxed().toList());
        return same ? batch : batch.project(wanted, sources);
    }
}
