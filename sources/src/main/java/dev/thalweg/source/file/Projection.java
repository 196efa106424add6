package dev.thalweg.source.file;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.file.FileEntry;
import dev.thalweg.spi.source.ColumnRange;
import dev.thalweg.spi.source.ReadRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
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

    /// @param needsAllColumns whether every column must be decoded for the ones wanted
    Projection(RowType schema, PartitionColumns partitions, FileSplit split, ReadRequest request,
            Predicate<RowType> needsAllColumns) {
        this.partitions = partitions;
        this.file = split.file();
        this.request = request;
        this.wanted = schema.select(request.columns());
        Set<Integer> constants = partitions.columns(file);
        List<Integer> ofFile = IntStream.range(0, schema.size()).boxed().filter(c -> !constants.contains(c)).toList();
        this.fileColumns = schema.select(ofFile);
        List<Integer> needed = needsAllColumns.test(wanted)
                ? ofFile
                : request.columns().stream().distinct().filter(ofFile::contains).toList();
        this.decoded = needed.stream().map(ofFile::indexOf).toList();
        this.sources = request.columns().stream().map(needed::indexOf).toList();
    }

    /// The columns of the source that are no directory's.
    RowType fileColumns() {
        return fileColumns;
    }

    /// Which of them the batches given to [#apply] must have.
    List<Integer> decoded() {
        return decoded;
    }

    /// What the plan asks of decoded columns, by their place among these.
    List<ColumnRange> ranges() {
        List<ColumnRange> ranges = new ArrayList<>();
        for (ColumnRange range : request.ranges()) {
            int place = request.columns().indexOf(range.column());
            if (place >= 0 && sources.get(place) >= 0) {
                ranges.add(range.of(sources.get(place)));
            }
        }
        return ranges;
    }

    Batch apply(Batch batch) {
        if (sources.contains(-1)) {
            return partitions.add(batch, wanted, request.columns(), sources, file, request.allocator());
        }
        boolean same = sources.equals(IntStream.range(0, decoded.size()).boxed().toList());
        return same ? batch : batch.project(wanted, sources);
    }
}
