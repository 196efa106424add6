package dev.thalweg.spi.format;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.error.InvalidOption;
import java.util.Locale;

/// What becomes of a malformed record: option `mode`.
public enum ParseMode {
    /// Its bad fields are null, and the corrupt-record column holds its text.
    PERMISSIVE,
    /// It is left out and counted.
    DROPMALFORMED,
    /// The query fails.
    FAILFAST;

    public static ParseMode of(TableOptions options) {
        String text = options.text("mode", "PERMISSIVE");
        return switch (text.strip().toUpperCase(Locale.ROOT)) {
            case "PERMISSIVE" -> PERMISSIVE;
            case "DROPMALFORMED" -> DROPMALFORMED;
            case "FAILFAST" -> FAILFAST;
            default -> throw new InvalidOption("mode", text, "PERMISSIVE, DROPMALFORMED or FAILFAST");
        };
    }
}
