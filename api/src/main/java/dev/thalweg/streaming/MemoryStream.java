package dev.thalweg.streaming;

import dev.thalweg.Dataset;
import dev.thalweg.Row;
import dev.thalweg.types.StructType;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/// A stream that a test feeds by hand. `ThalwegSession.memoryStream(…)` makes one; SQL reads it under its name.
///
/// Rows stay as long as the session: a query that is stopped and started again finds them.
public final class MemoryStream {
    private final String name;
    private final StructType schema;
    private final Consumer<List<Row>> append;
    private final Supplier<Dataset<Row>> dataset;

    public MemoryStream(String name, StructType schema, Consumer<List<Row>> append, Supplier<Dataset<Row>> dataset) {
        this.name = name;
        this.schema = schema;
        this.append = append;
        this.dataset = dataset;
    }

    public String name() {
        return name;
    }

    public StructType schema() {
        return schema;
    }

    /// Adds rows as one piece: the next trigger takes all of them.
    public void addData(Row... rows) {
        append.accept(List.of(rows));
    }

    public void addData(List<Row> rows) {
        append.accept(rows);
    }

    /// The stream as a dataset.
    public Dataset<Row> toDF() {
        return dataset.get();
    }
}
