package dev.thalweg.source.file;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.format.CsvOptions;
import java.time.ZoneId;
import java.util.List;

/// CSV files: each record a row, its fields columns by position.
public final class CsvSourceProvider extends FileSourceProvider {
    @Override
    public String format() {
        return "csv";
    }

    @Override
    List<String> formatOptions() {
        return CsvOptions.NAMES;
    }

    @Override
    FileFormat open(TableOptions options, ZoneId zone) {
        return new CsvFormat(CsvOptions.of(options, zone), options.flag("inferSchema", false));
    }
}
