package dev.thalweg.source.file;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.format.JsonOptions;
import java.time.ZoneId;
import java.util.List;

/// JSON files: each line an object, or (`multiLine`) each file a document.
public final class JsonSourceProvider extends FileSourceProvider {
    @Override
    public String format() {
        return "json";
    }

    @Override
    List<String> formatOptions() {
        return JsonOptions.NAMES;
    }

    @Override
    FileFormat open(TableOptions options, ZoneId zone) {
        return new JsonFormat(JsonOptions.of(options, zone));
    }
}
