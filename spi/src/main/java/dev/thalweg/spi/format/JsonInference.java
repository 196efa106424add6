package dev.thalweg.spi.format;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/// Tells the columns of JSON files from all of their records, by Spark's rules: the widest type wins, what does not agree is
/// STRING, fields are sorted by name.
public final class JsonInference {
    private static final int DATE_LENGTH = 10;

    private final JsonOptions options;
    private final JsonVectors vectors;
    private final TimeReader times;
    private DataType seen = Simple.VOID;
    private boolean anyMalformed;

    public JsonInference(JsonOptions options) {
        this.options = options;
        this.vectors = new JsonVectors(options);
        this.times = new TimeReader(options.zone(), options.timestampFormat(), options.timestampNtzFormat(),
                options.dateFormat());
    }

    /// Looks at every record of one file.
    public void add(InputStream content) throws IOException {
        if (options.multiLine()) {
            addRecord(content.readAllBytes());
            return;
        }
        BufferedReader lines = new BufferedReader(new InputStreamReader(content, StandardCharsets.UTF_8));
        String line = lines.readLine();
        while (line != null) {
            String text = line.startsWith("\uFEFF") ? line.substring(1) : line;
            if (!text.isBlank()) {
                addRecord(text.getBytes(StandardCharsets.UTF_8));
            }
            line = lines.readLine();
        }
    }

    /// The type of one text's first value: what `schema_of_json` says.
    ///
    /// @throws IOException when it is no JSON
    public DataType typeOf(String text) throws IOException {
        try (JsonParser parser = vectors.parser(text.getBytes(StandardCharsets.UTF_8))) {
            return parser.nextToken() == null ? Simple.STRING : settled(typeOf(parser));
        }
    }

    private void addRecord(byte[] text) throws IOException {
        try (JsonParser parser = vectors.parser(text)) {
            JsonToken token = parser.nextToken();
            if (token == JsonToken.START_ARRAY) {
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    root(typeOf(parser));
                }
            } else if (token != null) {
                root(typeOf(parser));
            }
        } catch (JsonProcessingException _) {
            anyMalformed = true; // the reader's mode decides about it
        }
    }

    private void root(DataType type) {
        if (type instanceof Struct) {
            seen = merge(seen, type);
        } else {
            anyMalformed = true;
        }
    }

    private DataType typeOf(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> object(parser);
            case START_ARRAY -> {
                DataType element = Simple.VOID;
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    element = merge(element, typeOf(parser));
                }
                yield new ArrayOf(element, true);
            }
            case VALUE_NULL -> Simple.VOID;
            case VALUE_STRING ->
                    options.inferTimestamp() && isTime(parser.getText()) ? Simple.TIMESTAMP : Simple.STRING;
            case VALUE_TRUE, VALUE_FALSE -> scalar(Simple.BOOLEAN);
            case VALUE_NUMBER_INT -> scalar(parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER
                    ? decimal(parser.getDecimalValue())
                    : Simple.BIGINT);
            case VALUE_NUMBER_FLOAT ->
                    scalar(options.prefersDecimal() && Double.isFinite(Double.parseDouble(parser.getText()))
                            ? decimal(parser.getDecimalValue())
                            : Simple.DOUBLE);
            default -> Simple.STRING;
        };
    }

    /// A year alone would be a time too, but is taken for one only where the user gave a pattern.
    private boolean isTime(String text) {
        boolean mayBe = options.timestampFormat().isPresent() || text.length() >= DATE_LENGTH;
        return mayBe && times.read(ColumnBuffer.TIMESTAMP, text) != DateTimeText.NONE;
    }

    private DataType scalar(DataType type) {
        return options.primitivesAsString() ? Simple.STRING : type;
    }

    private static DataType decimal(BigDecimal value) {
        int scale = Math.max(0, value.scale());
        int precision = Math.max(value.precision() - value.scale() + scale, scale + 1);
        return precision <= Decimal.MAX_PRECISION ? new Decimal(precision, scale) : Simple.DOUBLE;
    }

    private DataType object(JsonParser parser) throws IOException {
        TreeMap<String, DataType> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            fields.merge(name, typeOf(parser), JsonInference::merge);
        }
        return struct(fields);
    }

    /// Names that differ in case only are one field, as they are to whoever reads it; its name is the first that came.
    private static Struct struct(SortedMap<String, DataType> fields) {
        return new Struct(
                new RowType(fields.entrySet().stream().sorted(Map.Entry.comparingByKey())
                        .map(e -> Field.of(e.getKey(), e.getValue())).toList()));
    }

    private static DataType merge(DataType left, DataType right) {
        if (left.equals(right) || right == Simple.VOID) {
            return left;
        }
        if (left == Simple.VOID) {
            return right;
        }
        if (left instanceof Struct(RowType a) && right instanceof Struct(RowType b)) {
            TreeMap<String, DataType> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
            a.fields().forEach(f -> fields.merge(f.name(), f.type(), JsonInference::merge));
            b.fields().forEach(f -> fields.merge(f.name(), f.type(), JsonInference::merge));
            return struct(fields);
        }
        if (left instanceof ArrayOf(DataType a, _) && right instanceof ArrayOf(DataType b, _)) {
            return new ArrayOf(merge(a, b), true);
        }
        return left.isNumeric() && right.isNumeric() ? number(left, right) : Simple.STRING;
    }

    private static DataType number(DataType left, DataType right) {
        if (left == Simple.DOUBLE || right == Simple.DOUBLE) {
            return Simple.DOUBLE;
        }
        Decimal a = left instanceof Decimal d ? d : new Decimal(20, 0);
        Decimal b = right instanceof Decimal d ? d : new Decimal(20, 0);
        int scale = Math.max(a.scale(), b.scale());
        int whole = Math.max(a.precision() - a.scale(), b.precision() - b.scale());
        return whole + scale <= Decimal.MAX_PRECISION ? new Decimal(whole + scale, scale) : Simple.DOUBLE;
    }

    /// The columns; with the corrupt-record column when a record was malformed and the mode is PERMISSIVE.
    public RowType rowType() {
        TreeMap<String, DataType> fields = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        if (seen instanceof Struct(RowType row)) {
            row.fields().forEach(f -> fields.put(f.name(), settled(f.type())));
        }
        if (anyMalformed && options.mode() == ParseMode.PERMISSIVE) {
            fields.put(options.corruptColumn(), Simple.STRING);
        }
        return struct(fields).row();
    }

    /// What was null everywhere is STRING.
    private static DataType settled(DataType type) {
        return switch (type) {
            case Simple simple -> simple == Simple.VOID ? Simple.STRING : simple;
            case ArrayOf(DataType element, _) -> new ArrayOf(settled(element), true);
            case Struct(RowType row) -> new Struct(
                    new RowType(row.fields().stream().map(f -> Field.of(f.name(), settled(f.type()))).toList()));
            case Decimal _,DataType.MapOf _ -> type;
        };
    }
}
