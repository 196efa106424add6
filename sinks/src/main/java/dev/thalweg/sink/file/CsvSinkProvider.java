package dev.thalweg.sink.file;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.format.CsvEncoder;
import dev.thalweg.spi.format.CsvOptions;
import java.time.ZoneId;
import java.util.List;

/// CSV files, with a header line each if the option `header` is true.
public final class CsvSinkProvider extends FileSinkProvider {
    @Override
    public String format() {
        return "csv";
    }

    @Override
    List<String> formatOptions() {
        return CsvOptions.NAMES;
    }

    @Override
    FileTarget.Encoders encoders(TableOptions options, ZoneId zone) {
        CsvOptions csv = CsvOptions.of(options, zone);
        return (type, columns) -> new CsvEncoder(type, columns, csv);
    }

    @Override
    boolean holds(DataType type) {
        return !type.isNested() && type != Simple.BINARY;
    }
}
