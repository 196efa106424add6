package dev.thalweg.streaming;

import dev.thalweg.Dataset;
import dev.thalweg.Row;
import dev.thalweg.types.StructType;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/// Says which stream to read. `ThalwegSession.readStream()` makes one.
public final class DataStreamReader {
    private final Loader loader;
    private final Function<String, Dataset<Row>> tables;
    private ReadRequest request = ReadRequest.parquet();

    /// Makes a dataset of a source; the session does.
    @FunctionalInterface
    public interface Loader {
        Dataset<Row> load(ReadRequest request);
    }

    public DataStreamReader(Loader loader, Function<String, Dataset<Row>> tables) {
        this.loader = loader;
        this.tables = tables;
    }

    private DataStreamReader ask(ReadRequest more) {
        request = more;
        return this;
    }

    public DataStreamReader format(String source) {
        return ask(request.of(source));
    }

    public DataStreamReader schema(StructType columns) {
        return ask(request.with(columns));
    }

    /// Names the columns in SQL's words, so that nothing need be inferred.
    ///
    /// @param ddl such as `user STRING, ts TIMESTAMP`
    public DataStreamReader schema(String ddl) {
        return schema(StructType.fromDDL(ddl));
    }

    public DataStreamReader option(String key, String value) {
        return ask(request.with(key, value));
    }

    public DataStreamReader option(String key, boolean value) {
        return ask(request.with(key, value));
    }

    public DataStreamReader option(String key, long value) {
        return ask(request.with(key, value));
    }

    public DataStreamReader option(String key, double value) {
        return ask(request.with(key, value));
    }

    public DataStreamReader options(Map<String, String> more) {
        return ask(request.with(more));
    }

    public Dataset<Row> load() {
        return loader.load(request);
    }

    public Dataset<Row> load(String path) {
        return ask(request.at(List.of(path))).load();
    }

    public Dataset<Row> json(String path) {
        return format("json").load(path);
    }

    public Dataset<Row> csv(String path) {
        return format("csv").load(path);
    }

    public Dataset<Row> parquet(String path) {
        return format("parquet").load(path);
    }

    public Dataset<Row> text(String path) {
        return format("text").load(path);
    }

    /// A table of the catalog, read as a stream.
    public Dataset<Row> table(String name) {
        return tables.apply(name);
    }
}
