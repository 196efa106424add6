package dev.thalweg.source.file;

import dev.thalweg.spi.TableOptions;
import java.time.ZoneId;
import java.util.List;

/// Text files: each line a row `(value STRING)`.
public final class TextSourceProvider extends FileSourceProvider {
    @Override
    public String format() {
        return "text";
    }

    @Override
    List<String> formatOptions() {
        return List.of("wholetext", "lineSep");
    }

    @Override
    FileFormat open(TableOptions options, ZoneId zone) {
        return new TextFormat(options.text("lineSep"), options.flag("wholetext", false));
    }
}
