package dev.thalweg.streaming;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.types.StructType;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a program has asked of a reader so far. Both readers gather their calls in one; the session makes a dataset of it.
///
/// @param schema empty: the source says, or finds it out
public record ReadRequest(String format, Optional<RowType> schema, TableOptions options) {
    /// Of Parquet files until a format is named, as in Spark.
    public static ReadRequest parquet() {
        return new ReadRequest("parquet", Optional.empty(), TableOptions.none());
    }

    public ReadRequest of(String source) {
        return new ReadRequest(source, schema, options);
    }

    public ReadRequest with(StructType columns) {
        return new ReadRequest(format, Optional.of(columns.toRow()), options);
    }

    public ReadRequest with(String key, Object value) {
        return new ReadRequest(format, schema, options.with(key, String.valueOf(value)));
    }

    public ReadRequest with(Map<String, String> more) {
        ReadRequest all = this;
        for (Map.Entry<String, String> option : more.entrySet()) {
            all = all.with(option.getKey(), option.getValue());
        }
        return all;
    }

    /// The same, of these paths.
    ///
    /// @param paths one is the option `path`, several are the option `paths`
    public ReadRequest at(List<String> paths) {
        if (paths.size() == 1) {
            return with("path", paths.getFirst());
        }
        return with("paths", paths.stream().map(path -> '"' + path.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(", ", "[", "]")));
    }
}
