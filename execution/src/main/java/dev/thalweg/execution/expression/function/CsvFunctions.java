package dev.thalweg.execution.expression.function;

import dev.thalweg.execution.expression.ArgumentTypes;
import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.Utf8;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.format.CsvEncoder;
import dev.thalweg.spi.format.CsvInference;
import dev.thalweg.spi.format.CsvOptions;
import dev.thalweg.spi.format.CsvValues;
import dev.thalweg.spi.format.SchemaText;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/// Records of CSV as structs, and structs as records of CSV. The options are those of the csv source and sink.
public final class CsvFunctions {
    private CsvFunctions() {}

    public static List<?> fromCsv(EvaluationContext context, ArgumentTypes types, Utf8 csv, Utf8 schema) {
        return fromCsv(context, types, csv, schema, Map.of());
    }

    /// @param schema is in the result's type already
    public static List<?> fromCsv(EvaluationContext context, ArgumentTypes types, Utf8 csv, Utf8 schema,
            Map<?, ?> options) {
        CsvValues reader = context.remember(CsvValues.class, options.toString(),
                _ -> new CsvValues(CsvOptions.of(JsonFunctions.options(options), context.zone())));
        return reader.read(csv.toBytes(), row(types.result()));
    }

    private static RowType row(DataType type) {
        if (type instanceof DataType.Struct(RowType row)) {
            return row;
        }
        throw new Defect("THW-9461", "A CSV record is a STRUCT, not " + type.sql());
    }

    public static String toCsv(EvaluationContext context, ArgumentTypes types, Object struct) {
        return toCsv(context, types, struct, Map.of());
    }

    public static String toCsv(EvaluationContext context, ArgumentTypes types, Object struct, Map<?, ?> options) {
        RowType row = row(types.arguments().getFirst());
        String key = options + row.sql();
        return context.remember(CsvEncoder.class, key, _ -> new CsvEncoder(row,
                IntStream.range(0, row.size()).boxed().toList(),
                CsvOptions.of(JsonFunctions.options(options), context.zone()))).text((List<?>) struct);
    }

    public static String schemaOfCsv(String csv) {
        return schemaOfCsv(csv, Map.of());
    }

    public static String schemaOfCsv(String csv, Map<?, ?> options) {
        TableOptions read = JsonFunctions.options(options);
        CsvInference inference = new CsvInference(CsvOptions.of(read, ZoneOffset.UTC), true);
        try {
            inference.add(new ByteArrayInputStream(csv.getBytes(StandardCharsets.UTF_8)));
        } catch (IOException e) {
            throw new Defect("THW-9461", "A text in memory cannot be read: " + e, e);
        }
        return SchemaText.of(new DataType.Struct(inference.rowType()));
    }
}
