package dev.thalweg.sink.file;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.file.Compression;
import dev.thalweg.spi.file.LocalPath;
import dev.thalweg.spi.format.RowEncoder;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/// Where a file sink writes and in what form.
///
/// @param format such as `json`, which ends the files' names
/// @param directory `path`
/// @param gzip option `compression`: `none` (the default) or `gzip`
/// @param encoders makes what turns rows into bytes
record FileTarget(String format, Path directory, boolean gzip, Encoders encoders) {
    /// Makes an encoder for some columns of a row type.
    interface Encoders {
        RowEncoder encoder(RowType type, List<Integer> columns);
    }

    static FileTarget of(String format, TableOptions options, Encoders encoders) {
        String path = options.text("path").orElseThrow(() -> new InvalidOption("THW-2003",
                "Sink '" + format + "' needs the option path, the directory to write to. Add path 'out/daily'."));
        boolean gzip = Compression.of(options) == Compression.GZIP;
        return new FileTarget(format, directory(path), gzip, encoders);
    }

    static Path directory(String path) {
        return LocalPath.of("path", path);
    }

    /// The name of a trigger's n-th file.
    String fileName(long trigger, int n) {
        return String.format(Locale.ROOT, "part-%08d-%05d.%s%s", trigger, n, format.equals("text") ? "txt" : format,
                gzip ? ".gz" : "");
    }
}
