package dev.thalweg.source.file;

import dev.thalweg.spi.TableOptions;
import java.time.ZoneId;
import java.util.List;

/// Parquet files.
public final class ParquetSourceProvider extends FileSourceProvider {
    @Override
    public String format() {
        return "parquet";
    }

    @Override
    List<String> formatOptions() {
        return List.of("mergeSchema");
    }

    @Override
    FileFormat open(TableOptions options, ZoneId zone) {
        return new ParquetFormat(options.flag("mergeSchema", false));
    }
}
