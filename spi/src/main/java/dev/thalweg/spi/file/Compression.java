package dev.thalweg.spi.file;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.error.InvalidOption;
import java.util.Locale;

/// How files are packed: the option `compression`. Only a writer goes by it; a reader goes by a file's name, but takes the
/// same values, as one table is read and written.
public enum Compression {
    NONE, GZIP;

    public static Compression of(TableOptions options) {
        String text = options.text("compression", "none").strip();
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "none", "uncompressed" -> NONE;
            case "gzip" -> GZIP;
            default -> throw new InvalidOption("compression", text, "none or gzip");
        };
    }
}
