package dev.thalweg;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.streaming.DataStreamReader;
import dev.thalweg.types.StructType;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/// Says which table to read as it is now. `ThalwegSession.read()` makes one.
public final class DataFrameReader {
    private final DataStreamReader.Loader loader;
    private final Function<String, Dataset<Row>> tables;
    private String format = "json";
    private TableOptions options = TableOptions.none();
    private Optional<RowType> schema = Optional.empty();

    DataFrameReader(DataStreamReader.Loader loader, Function<String, Dataset<Row>> tables) {
        this.loader = loader;
        this.tables = tables;
    }

    public DataFrameReader format(String source) {
        this.format = source;
        return this;
    }

    public DataFrameReader schema(StructType columns) {
        this.schema = Optional.of(columns.toRow());
        return this;
    }

    /// @param ddl such as `user STRING, ts TIMESTAMP`
    public DataFrameReader schema(String ddl) {
        return schema(StructType.fromDDL(ddl));
    }

    public DataFrameReader option(String key, String value) {
        this.options = options.with(key, value);
        return this;
    }

    public DataFrameReader option(String key, boolean value) {
        return option(key, Boolean.toString(value));
    }

    public DataFrameReader option(String key, long value) {
        return option(key, Long.toString(value));
    }

    public DataFrameReader option(String key, double value) {
        return option(key, Double.toString(value));
    }

    public DataFrameReader options(Map<String, String> more) {
        more.forEach(this::option);
        return this;
    }

    public Dataset<Row> load() {
        return loader.load(format, schema, options);
    }

    public Dataset<Row> load(String path) {
        return option("path", path).load();
    }

    public Dataset<Row> json(String path) {
        return format("json").load(path);
    }

    public Dataset<Row> csv(String path) {
        return format("csv").load(path);
    }

    public Dataset<Row> text(String path) {
        return format("text").load(path);
    }

    /// A table of the catalog, as it is now.
    public Dataset<Row> table(String name) {
        return tables.apply(name);
    }
}
