package dev.thalweg.sink.file;

import dev.thalweg.spi.data.Batch;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.VectorValues;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.file.PartitionText;
import dev.thalweg.spi.format.ValueText;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The directories `key=value/` that `partitionBy` puts rows into, named as Hive and Spark name them.
final class PartitionPaths {

    private final RowType schema;
    private final List<Integer> columns;
    private final ZoneId zone;

    PartitionPaths(RowType schema, List<String> partitionBy, ZoneId zone) {
        this.zone = zone;
        this.schema = schema;
        this.columns = partitionBy.stream().map(name -> schema.indexOf(name)
                .orElseThrow(() -> new InvalidQuery("THW-1104",
                        "Unknown column '" + name + "' in partitionBy. The output has: "
                                + String.join(", ", schema.names()) + ".")))
                .toList();
        for (int column : columns) {
            if (schema.type(column).isNested()) {
                throw new InvalidQuery("THW-2042", "partitionBy cannot name column " + schema.field(column).name() + " "
                        + schema.type(column).sql() + ": a directory is named by a simple value. Take a part of it as"
                        + " a column of its own, or leave it in the files.");
            }
        }
        if (!columns.isEmpty() && columns.size() == schema.size()) {
            throw new InvalidQuery("THW-2041",
                    "partitionBy names every column of the output, so that the files would have"
                            + " none. Leave one out.");
        }
    }

    /// The columns whose values the files hold.
    List<Integer> otherColumns() {
        return IntStream.range(0, schema.size()).boxed().filter(c -> !columns.contains(c)).toList();
    }

    /// The first row after `from` that goes into another directory.
    int runEnd(Batch batch, int from) {
        if (columns.isEmpty()) {
            return batch.rowCount();
        }
        int to = from + 1;
        while (to < batch.rowCount() && columns.stream().allMatch(same(batch, from, to))) {
            to++;
        }
        return to;
    }

    private java.util.function.Predicate<Integer> same(Batch batch, int left, int right) {
        return c -> Objects.equals(value(batch, left, c), value(batch, right, c));
    }

    private @Nullable Object value(Batch batch, int row, int column) {
        return VectorValues.get(batch.vector(column), batch.physical(row), schema.type(column));
    }

    /// The directory of a row below the output directory, with its last `/`; empty when there is no partitioning.
    String path(Batch batch, int row) {
        StringBuilder path = new StringBuilder();
        for (int column : columns) {
            Object value = value(batch, row, column);
            String text = value == null ? "" : ValueText.of(value, schema.type(column), zone);
            path.append(PartitionText.escape(schema.field(column).name())).append('=')
                    .append(text.isEmpty() ? PartitionText.NULL : PartitionText.escape(text)).append('/');
        }
        return path.toString();
    }
}
