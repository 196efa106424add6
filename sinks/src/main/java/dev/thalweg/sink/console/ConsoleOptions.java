package dev.thalweg.sink.console;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.error.InvalidOption;
import java.util.Locale;

/// How much the console shows.
///
/// @param rowsMax `numRows`: rows a trigger, 20 by default
/// @param cellMax `truncate`: characters a cell; `true` (the default) is 20, `false` any number
record ConsoleOptions(int rowsMax, int cellMax) {
    private static final int BY_DEFAULT = 20;

    static ConsoleOptions of(TableOptions options) {
        String truncate = options.text("truncate", "true").strip();
        int cellMax = switch (truncate.toLowerCase(Locale.ROOT)) {
            case "true" -> BY_DEFAULT;
            case "false" -> 0;
            default -> count("truncate", truncate, "true, false or a number of characters");
        };
        return new ConsoleOptions(
                count("numRows", options.text("numRows", Integer.toString(BY_DEFAULT)), "a whole number of rows"),
                cellMax);
    }

    private static int count(String option, String text, String expected) {
        try {
            int number = Integer.parseInt(text.strip());
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException _) {
            // said below
        }
        throw new InvalidOption(option, text, expected + ", such as 20");
    }
}
