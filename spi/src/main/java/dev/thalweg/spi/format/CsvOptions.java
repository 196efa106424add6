package dev.thalweg.spi.format;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.error.InvalidOption;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/// How CSV text is read and written, as Spark names it.
///
/// @param mode what becomes of a malformed record
/// @param corruptColumn the column that gets the text of a malformed record; `_corrupt_record` by default
/// @param zone of times that have none
/// @param header whether the first line names the columns
/// @param separator `sep` or `delimiter`, one ASCII character; `,` by default
/// @param quote begins and ends a value that may hold separators; 0 for none
/// @param escape makes a following quote part of a value; `\` by default
/// @param comment begins a line that is left out; 0 (the default) for none
/// @param nullValue text that means null, quoted or not; nothing between two separators always does
/// @param emptyValue what an empty string is written as; `""` by default
/// @param multiLine whether a quoted value may hold line ends
/// @param enforceSchema false compares the header with the columns' names
/// @param maxColumns more fields than that in a record are malformed
/// @param quoteAll whether the writer quotes every value
/// @param escapeQuotes whether the writer quotes values that hold quotes; true by default
/// @param prefersDate whether inference tries DATE; true by default
public record CsvOptions(ParseMode mode, String corruptColumn, ZoneId zone, Optional<String> timestampFormat,
        Optional<String> timestampNtzFormat, Optional<String> dateFormat, boolean header, byte separator, byte quote,
        byte escape, byte comment, String nullValue, String emptyValue, String nanValue, String positiveInf,
        String negativeInf, boolean ignoreLeadingWhiteSpace, boolean ignoreTrailingWhiteSpace, boolean multiLine,
        boolean enforceSchema, int maxColumns, boolean quoteAll, boolean escapeQuotes, boolean prefersDate) {
    /// The options' names, for [TableOptions#checkKnown].
    public static final List<String> NAMES = List.of("mode", "columnNameOfCorruptRecord", "timeZone", "timestampFormat",
            "timestampNTZFormat", "dateFormat", "header", "sep", "delimiter", "quote", "escape", "comment", "nullValue",
            "emptyValue", "nanValue", "positiveInf", "negativeInf", "ignoreLeadingWhiteSpace",
            "ignoreTrailingWhiteSpace", "multiLine", "enforceSchema", "maxColumns", "quoteAll", "escapeQuotes",
            "prefersDate", "locale", "encoding");

    private static final int COLUMNS_MAX = 20_480;

    public static CsvOptions of(TableOptions options, ZoneId sessionZone) {
        JsonOptions.refuseLocaleAndEncoding(options);
        long maxColumns = options.number("maxColumns").orElse(COLUMNS_MAX);
        if (maxColumns < 1 || maxColumns > Integer.MAX_VALUE) {
            throw new InvalidOption("maxColumns", maxColumns, "a whole number from 1 up");
        }
        byte separator = separator(options);
        return new CsvOptions(ParseMode.of(options), options.text("columnNameOfCorruptRecord", "_corrupt_record"),
                DateTimePattern.zone(options.text("timeZone")).orElse(sessionZone),
                DateTimePattern.checked(options, "timestampFormat"),
                DateTimePattern.checked(options, "timestampNTZFormat"), DateTimePattern.checked(options, "dateFormat"),
                options.flag("header", false),
                separator,
                character(options, "quote", '"'), character(options, "escape", '\\'),
                character(options, "comment", '\0'), options.text("nullValue", ""), options.text("emptyValue", "\"\""),
                options.text("nanValue", "NaN"), options.text("positiveInf", "Inf"),
                options.text("negativeInf", "-Inf"),
                options.flag("ignoreLeadingWhiteSpace", false), options.flag("ignoreTrailingWhiteSpace", false),
                options.flag("multiLine", false), options.flag("enforceSchema", true), (int) maxColumns,
                options.flag("quoteAll", false), options.flag("escapeQuotes", true),
                options.flag("prefersDate", true));
    }

    private static byte separator(TableOptions options) {
        String name = options.text("sep").isPresent() ? "sep" : "delimiter";
        String text = options.text(name, ",");
        if (!options.text("delimiter", text).equals(text)) {
            throw new InvalidOption("THW-2003", "The options sep '" + text + "' and delimiter '"
                    + options.text("delimiter", "") + "' are one option under two names. Give one of them.");
        }
        byte separator = character(options, name, ',');
        boolean isTaken = separator == character(options, "quote", '"')
                || separator == character(options, "escape", '\\') || separator == character(options, "comment", '\0');
        if (separator == 0 || isTaken) {
            throw new InvalidOption(name, text,
                    "one ASCII character, such as ; or \\t, and another than those of quote, escape and comment");
        }
        return separator;
    }

    private static byte character(TableOptions options, String name, char byDefault) {
        String text = options.text(name, String.valueOf(byDefault));
        String plain = text.equals("\\t") ? "\t" : text;
        if (plain.isEmpty()) {
            return 0;
        }
        if (plain.length() > 1 || plain.charAt(0) > 0x7F || plain.equals("\n")) {
            throw new InvalidOption(name, text, "one ASCII character, such as ; or \\t");
        }
        return (byte) plain.charAt(0);
    }
}
