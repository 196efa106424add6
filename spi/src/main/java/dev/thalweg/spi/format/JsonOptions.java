package dev.thalweg.spi.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.error.InvalidOption;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How JSON text is read and written, as Spark names it.
///
/// @param mode what becomes of a malformed record; PERMISSIVE by default
/// @param corruptColumn the column that gets the text of a malformed record; `_corrupt_record` by default
/// @param zone of times that have none; the session's by default
/// @param timestampUnitMicros how many microseconds a number read as TIMESTAMP counts: option `timestampUnit`, `seconds` by
///        default, or `millis`, `micros`; 0 means nanoseconds (`nanos`)
/// @param multiLine whether a file is one document (an object, or an array of them) instead of one record a line
/// @param primitivesAsString whether inference makes every scalar a STRING
/// @param prefersDecimal whether inference makes fractions DECIMAL
/// @param ignoreNullFields whether the writer leaves out nulls; true by default
public record JsonOptions(ParseMode mode, String corruptColumn, ZoneId zone, Optional<String> timestampFormat,
        Optional<String> timestampNtzFormat, Optional<String> dateFormat, long timestampUnitMicros, boolean multiLine,
        boolean primitivesAsString, boolean prefersDecimal, boolean inferTimestamp, Leniency leniency,
        boolean ignoreNullFields) {
    /// The options' names, for [TableOptions#checkKnown].
    public static final List<String> NAMES = List.of("mode", "columnNameOfCorruptRecord", "timeZone", "timestampFormat",
            "timestampNTZFormat", "dateFormat", "timestampUnit", "multiLine", "primitivesAsString", "prefersDecimal",
            "inferTimestamp", "allowComments", "allowUnquotedFieldNames", "allowSingleQuotes",
            "allowNumericLeadingZeros", "allowNonNumericNumbers", "allowBackslashEscapingAnyCharacter",
            "allowUnquotedControlChars", "ignoreNullFields", "locale", "encoding");

    /// What is taken although RFC 8259 forbids it; each as Spark's option of that name, with its default.
    public record Leniency(boolean comments, boolean unquotedFieldNames, boolean singleQuotes, boolean leadingZeros,
            boolean nonNumericNumbers, boolean anyEscape, boolean controlCharacters) {
        static Leniency of(TableOptions options) {
            return new Leniency(options.flag("allowComments", false), options.flag("allowUnquotedFieldNames", false),
                    options.flag("allowSingleQuotes", true), options.flag("allowNumericLeadingZeros", false),
                    options.flag("allowNonNumericNumbers", true),
                    options.flag("allowBackslashEscapingAnyCharacter", false),
                    options.flag("allowUnquotedControlChars", false));
        }
    }

    private static final int LENGTH_MAX = 1 << 30;

    public static JsonOptions of(TableOptions options, ZoneId sessionZone) {
        refuseLocaleAndEncoding(options);
        return new JsonOptions(ParseMode.of(options), options.text("columnNameOfCorruptRecord", "_corrupt_record"),
                DateTimePattern.zone(options.text("timeZone")).orElse(sessionZone),
                DateTimePattern.checked(options, "timestampFormat"),
                DateTimePattern.checked(options, "timestampNTZFormat"), DateTimePattern.checked(options, "dateFormat"),
                unit(options),
                options.flag("multiLine", false), options.flag("primitivesAsString", false),
                options.flag("prefersDecimal", false), options.flag("inferTimestamp", false), Leniency.of(options),
                options.flag("ignoreNullFields", true));
    }

    static void refuseLocaleAndEncoding(TableOptions options) {
        String encoding = options.text("encoding", "UTF-8");
        if (!encoding.equalsIgnoreCase("UTF-8") && !encoding.equalsIgnoreCase("UTF8")) {
            throw new InvalidOption("encoding", encoding, "UTF-8; recode the files first, for example with iconv");
        }
        String locale = options.text("locale", "en-US");
        if (!locale.equalsIgnoreCase("en-US")) {
            throw new InvalidOption("locale", locale, "en-US, the only one there is so far");
        }
    }

    private static long unit(TableOptions options) {
        String unit = options.text("timestampUnit", "seconds");
        return switch (unit.strip().toLowerCase(Locale.ROOT)) {
            case "seconds" -> 1_000_000;
            case "millis" -> 1_000;
            case "micros" -> 1;
            case "nanos" -> 0;
            default -> throw new InvalidOption("timestampUnit", unit, "seconds, millis, micros or nanos");
        };
    }

    /// A number read as TIMESTAMP, in microseconds.
    ///
    /// @throws ArithmeticException when no TIMESTAMP is that far away
    long toMicros(long number) {
        return timestampUnitMicros == 0 ? Math.floorDiv(number, 1000) : Math.multiplyExact(number, timestampUnitMicros);
    }

    /// Judges the records that the scanner leaves aside. Its own limits are lifted: whether a record is malformed must not
    /// depend on whether the field with the long number or name is read.
    JsonFactory factory() {
        return new JsonFactoryBuilder()
                .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(LENGTH_MAX)
                        .maxNumberLength(LENGTH_MAX).maxNameLength(LENGTH_MAX).build())
                .configure(JsonReadFeature.ALLOW_JAVA_COMMENTS, leniency.comments())
                .configure(JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES, leniency.unquotedFieldNames())
                .configure(JsonReadFeature.ALLOW_SINGLE_QUOTES, leniency.singleQuotes())
                .configure(JsonReadFeature.ALLOW_LEADING_ZEROS_FOR_NUMBERS, leniency.leadingZeros())
                .configure(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS, leniency.nonNumericNumbers())
                .configure(JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER, leniency.anyEscape())
                .configure(JsonReadFeature.ALLOW_UNESCAPED_CONTROL_CHARS, leniency.controlCharacters()).build();
    }
}
