package dev.thalweg.source.file;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.file.FileEntry;
import dev.thalweg.spi.source.ReadRequest;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/// Makes the batches that a plan wants of those that a decoder gives: adds partition columns, and leaves out what was
/// decoded only to judge the row.
final class Projection {
    private final RowType decoded;
    private final RowType wanted;
    /// Where each wanted column is in the decoder's batches, or -1 for a partition column.
    private final List<Integer> sources;
    private final PartitionColumns partitions;
    private final FileEntry file;
    private final ReadRequest request;

    Projection(RowType schema, PartitionColumns partitions, FileSplit split, ReadRequest request, boolean allColumns) {
        this.partitions = partitions;
        this.file = split.file();
        this.request = request;
        this.wanted = schema.select(request.columns());
        Set<Integer> constants = partitions.columns(file);
        List<Integer> data = (allColumns
                ? IntStream.range(0, schema.size()).boxed()
                : request.columns().stream().distinct()).filter(c -> !constants.contains(c)).toList();
        this.decoded = schema.select(data);
        this.sources = request.columns().stream().map(data::indexOf).toList();
    }

    /// The columns that the decoder must give.
    RowType decoded() {
        return decoded;
    }

    Batch apply(Batch batch) {
        if (sources.contains(-1)) {
            return partitions.add(batch, wanted, request.columns(), sources, file, request.allocator());
        }
        boolean same = sources.equals(IntStream.range(0, decoded.size()).boxed().toList());
        return same ? batch : batch.project(wanted, sources);
    }
}
