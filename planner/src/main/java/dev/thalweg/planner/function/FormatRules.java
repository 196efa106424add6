package dev.thalweg.planner.function;

import dev.thalweg.parser.StatementParser;
import dev.thalweg.parser.SyntaxError;
import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.format.CsvInference;
import dev.thalweg.spi.format.CsvOptions;
import dev.thalweg.spi.format.JsonInference;
import dev.thalweg.spi.format.JsonOptions;
import dev.thalweg.spi.format.ParseMode;
import dev.thalweg.spi.format.SchemaText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.apache.calcite.sql.parser.SqlParserPos;

/// The result types of the functions that read and write JSON and CSV, and the checks of what they are told: a schema, and options.
final class FormatRules {
    private FormatRules() {}

    static DataType fromJson(String function, List<Argument> arguments) {
        checkJson(function, arguments, 2);
        DataType type = schema(function, arguments.get(1));
        if (!type.isNested()) {
            throw misfit(function, "reads no " + type.sql(), "a STRUCT, an ARRAY or a MAP");
        }
        if (holds(type, each -> each instanceof DataType.MapOf map && map.key() != DataType.Simple.STRING)) {
            throw misfit(function, "reads no " + type.sql(), "maps whose keys are STRINGs, as JSON has them");
        }
        return type;
    }

    static DataType toJson(String function, List<Argument> arguments) {
        checkJson(function, arguments, 1);
        DataType type = arguments.getFirst().type();
        if (!type.isNested() && type != DataType.Simple.VOID) {
            throw misfit(function, "does not take " + TypeRules.a(type),
                    "a STRUCT, an ARRAY or a MAP, such as named_struct('a', x)");
        }
        return DataType.Simple.STRING;
    }

    static DataType schemaOfJson(String function, List<Argument> arguments) {
        checkJson(function, arguments, 1);
        return DataType.Simple.STRING;
    }

    static DataType fromCsv(String function, List<Argument> arguments) {
        checkCsv(function, arguments, 2);
        DataType type = schema(function, arguments.get(1));
        if (!(type instanceof DataType.Struct(RowType row)) || holdsNested(row)) {
            throw misfit(function, "reads no " + type.sql(), "a STRUCT of simple values, such as 'a INT, b STRING'");
        }
        return type;
    }

    static DataType toCsv(String function, List<Argument> arguments) {
        checkCsv(function, arguments, 1);
        DataType type = arguments.getFirst().type();
        if (!(type instanceof DataType.Struct(RowType row)) || holdsNested(row)) {
            throw misfit(function, "does not take " + TypeRules.a(type),
                    "a STRUCT of simple values, such as named_struct('a', x, 'b', y)");
        }
        return DataType.Simple.STRING;
    }

    static DataType schemaOfCsv(String function, List<Argument> arguments) {
        checkCsv(function, arguments, 1);
        return DataType.Simple.STRING;
    }

    static DataType variantGet(String function, List<Argument> arguments) {
        return arguments.size() < 3 ? DataType.Struct.VARIANT : schema(function, arguments.get(2));
    }

    static DataType toVariant(String function, List<Argument> arguments) {
        DataType type = arguments.getFirst().type();
        if (!type.isNested() || holds(type, each -> each instanceof DataType.MapOf map
                && map.key() != DataType.Simple.STRING)) {
            throw misfit(function, "does not take " + TypeRules.a(type),
                    "a STRUCT, an ARRAY or a MAP whose keys are STRINGs");
        }
        return DataType.Struct.VARIANT;
    }

    private static boolean holdsNested(RowType row) {
        return row.fields().stream().anyMatch(field -> field.type().isNested());
    }

    private static boolean holds(DataType type, Predicate<DataType> wanted) {
        return wanted.test(type) || switch (type) {
            case DataType.Simple _,DataType.Decimal _ -> false;
            case DataType.ArrayOf array -> holds(array.element(), wanted);
            case DataType.MapOf map -> holds(map.value(), wanted);
            case DataType.Struct(RowType row) -> row.fields().stream().anyMatch(field -> holds(field.type(), wanted));
        };
    }

    private static QueryProblem misfit(String function, String what, String takes) {
        return new QueryProblem("THW-1201", "Function '" + function + "' " + what + ".", SqlParserPos.ZERO,
                "It takes " + takes + ".");
    }

    /// The type that a schema spells: a type, or a list of columns. Nobody has checked the rows, so every value may be NULL.
    private static DataType schema(String function, Argument schema) {
        if (schema.literal().isEmpty() || !(schema.literal().get() instanceof String text)) {
            throw new QueryProblem("THW-1260", "The schema of '" + function + "' is no constant text.",
                    SqlParserPos.ZERO, "The result's type depends on it: write it out, such as 'a INT, b STRING', or"
                            + " give an example: schema_of_json('{\"a\": 1}').");
        }
        return type(text).orElseGet(() -> columns(function, text)).asNullable();
    }

    private static Optional<DataType> type(String text) {
        try {
            return Optional.of(StatementParser.parseType(text));
        } catch (SyntaxError _) {
            return Optional.empty();
        }
    }

    /// What is wrong with a type is worth more than that the whole is none.
    private static DataType columns(String function, String text) {
        try {
            return new DataType.Struct(StatementParser.parseSchema(text));
        } catch (SyntaxError error) {
            boolean isType = error.code().equals("THW-1005");
            throw new QueryProblem("THW-1260", "The schema '" + text + "' of '" + function + "' is none"
                    + (isType ? ": " + error.what() + "." : "."), SqlParserPos.ZERO,
                    isType
                            ? error.advice()
                            : "Write columns, 'a INT, b STRING', or a type, 'ARRAY<STRUCT<a: INT>>'.");
        }
    }

    private static void checkJson(String function, List<Argument> arguments, int at) {
        check(() -> {
            TableOptions options = options(function, arguments, at);
            options.checkKnown("function '" + function + "'", JsonOptions.NAMES);
            checkMode(options, JsonOptions.of(options, ZoneOffset.UTC).mode());
        });
    }

    private static void checkCsv(String function, List<Argument> arguments, int at) {
        check(() -> {
            TableOptions options = options(function, arguments, at);
            options.checkKnown("function '" + function + "'", CsvOptions.NAMES);
            checkMode(options, CsvOptions.of(options, ZoneOffset.UTC).mode());
        });
    }

    private static void check(Runnable reading) {
        try {
            reading.run();
        } catch (InvalidOption e) {
            String message = String.valueOf(e.getMessage());
            throw new QueryProblem(e.code(), message.replace("  [" + e.code() + "]", ""), SqlParserPos.ZERO, "");
        }
    }

    private static void checkMode(TableOptions options, ParseMode mode) {
        if (mode == ParseMode.DROPMALFORMED) {
            throw new InvalidOption("mode", options.text("mode", ""),
                    "PERMISSIVE or FAILFAST: a function gives a value for every row");
        }
    }

    /// Those that are written out; a map that is none of that is left to the run.
    private static TableOptions options(String function, List<Argument> arguments, int at) {
        TableOptions options = TableOptions.none();
        if (arguments.size() <= at || arguments.get(at).literal().isEmpty()) {
            return options;
        }
        if (!(arguments.get(at).literal().get() instanceof Map<?, ?> map)) {
            throw misfit(function, "takes its options as a map", "map('name', 'value')");
        }
        for (Map.Entry<?, ?> entry : map.entrySet()) {
            options = options.with(String.valueOf(entry.getKey()), String.valueOf(entry.getValue()));
        }
        return options;
    }

    // What an example says, so that it may stand in the place of a schema.

    static Optional<Object> schemaOfJson(String example, TableOptions options) {
        try {
            return Optional
                    .of(SchemaText.of(new JsonInference(JsonOptions.of(options, ZoneOffset.UTC)).typeOf(example)));
        } catch (IOException | InvalidOption _) {
            return Optional.empty(); // said where the call itself is checked or run
        }
    }

    static Optional<Object> schemaOfCsv(String example, TableOptions options) {
        try {
            CsvInference inference = new CsvInference(CsvOptions.of(options, ZoneOffset.UTC), true);
            inference.add(new ByteArrayInputStream(example.getBytes(StandardCharsets.UTF_8)));
            return Optional.of(SchemaText.of(new DataType.Struct(inference.rowType())));
        } catch (IOException | InvalidOption _) {
            return Optional.empty();
        }
    }
}
