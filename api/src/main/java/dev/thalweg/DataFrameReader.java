package dev.thalweg;

import dev.thalweg.streaming.DataStreamReader;
import dev.thalweg.streaming.ReadRequest;
import dev.thalweg.types.StructType;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Says which table to read as it is now. `ThalwegSession.read()` makes one.
public final class DataFrameReader {
    private final DataStreamReader.Loader loader;
    private final Function<String, Dataset<Row>> tables;
    private ReadRequest request = ReadRequest.parquet();

    DataFrameReader(DataStreamReader.Loader loader, Function<String, Dataset<Row>> tables) {
        this.loader = loader;
        this.tables = tables;
    }

    private DataFrameReader ask(ReadRequest more) {
        request = more;
        return this;
    }

    public DataFrameReader format(String source) {
        return ask(request.of(source));
    }

    public DataFrameReader schema(StructType columns) {
        return ask(request.with(columns));
    }

    /// Names the columns in SQL's words, so that nothing need be inferred.
    ///
    /// @param ddl such as `user STRING, ts TIMESTAMP`
    public DataFrameReader schema(String ddl) {
        return schema(StructType.fromDDL(ddl));
    }

    public DataFrameReader option(String key, String value) {
        return ask(request.with(key, value));
    }

    public DataFrameReader option(String key, boolean value) {
        return ask(request.with(key, value));
    }

    public DataFrameReader option(String key, long value) {
        return ask(request.with(key, value));
    }

    public DataFrameReader option(String key, double value) {
        return ask(request.with(key, value));
    }

    public DataFrameReader options(Map<String, String> more) {
        return ask(request.with(more));
    }

    public Dataset<Row> load() {
        return loader.load(request);
    }

    public Dataset<Row> load(String path) {
        return ask(request.at(List.of(path))).load();
    }

    public Dataset<Row> load(String... paths) {
        return ask(request.at(List.of(paths))).load();
    }

    public Dataset<Row> json(String path) {
        return format("json").load(path);
    }

    public Dataset<Row> json(String... paths) {
        return format("json").load(paths);
    }

    public Dataset<Row> csv(String path) {
        return format("csv").load(path);
    }

    public Dataset<Row> csv(String... paths) {
        return format("csv").load(paths);
    }

    public Dataset<Row> parquet(String path) {
        return format("parquet").load(path);
    }

    public Dataset<Row> parquet(String... paths) {
        return format("parquet").load(paths);
    }

    public Dataset<Row> text(String path) {
        return format("text").load(path);
    }

    public Dataset<Row> text(String... paths) {
        return format("text").load(paths);
    }

    /// A table of the catalog, as it is now.
    public Dataset<Row> table(String name) {
        return tables.apply(name);
    }
}
