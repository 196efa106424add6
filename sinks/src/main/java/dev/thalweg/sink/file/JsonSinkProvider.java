package dev.thalweg.sink.file;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.format.JsonEncoder;
import dev.thalweg.spi.format.JsonOptions;
import java.time.ZoneId;
import java.util.List;

/// JSON files, an object a line.
public final class JsonSinkProvider extends FileSinkProvider {
    @Override
    public String format() {
        return "json";
    }

    @Override
    List<String> formatOptions() {
        return JsonOptions.NAMES;
    }

    @Override
    FileTarget.Encoders encoders(TableOptions options, ZoneId zone) {
        JsonOptions json = JsonOptions.of(options, zone);
        return (type, columns) -> new JsonEncoder(type, columns, json);
    }

    @Override
    boolean holds(DataType type) {
        return true;
    }
}
