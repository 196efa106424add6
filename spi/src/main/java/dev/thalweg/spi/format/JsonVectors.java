package dev.thalweg.spi.format;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.data.VectorValues;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.OptionalInt;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.complex.ListVector;
import org.apache.arrow.vector.complex.MapVector;
import org.apache.arrow.vector.complex.StructVector;
import org.jspecify.annotations.Nullable;

/// Reads JSON values that Jackson's parser stands at: nested ones into their vectors, scalars into objects. Has Spark's
/// rules for which JSON value fits which type.
final class JsonVectors {
    /// What [#scalar] answers for a value that does not fit the type.
    static final Object MISFIT = new Object();

    private static final int DIGITS_MAX = 10_000;

    private final JsonOptions options;
    private final JsonFactory factory;
    private final TimeReader times;

    JsonVectors(JsonOptions options) {
        this.options = options;
        this.factory = options.factory();
        this.times = new TimeReader(options.zone(), options.timestampFormat(), options.timestampNtzFormat(),
                options.dateFormat());
    }

    JsonParser parser(byte[] text) throws IOException {
        return factory.createParser(text);
    }

    /// Reads one whole value; false when it or a part of it does not fit, which is null then.
    boolean read(byte[] text, FieldVector vector, int row, DataType type) {
        try (JsonParser parser = parser(text)) {
            parser.nextToken();
            return write(parser, text, vector, row, type);
        } catch (IOException _) {
            return false;
        }
    }

    /// Writes the value that the parser stands at, and leaves the parser at its last token.
    boolean write(JsonParser parser, byte[] text, FieldVector vector, int row, DataType type) throws IOException {
        JsonToken token = parser.currentToken();
        boolean isVariant = type instanceof Struct struct && struct.isVariant();
        if (token == JsonToken.VALUE_NULL && !isVariant) {
            setNull(vector, row);
            return true;
        }
        return switch (type) {
            case Struct variant when variant.isVariant() -> {
                VectorValues.set(vector, row, type, List.of(VariantJson.text(parser)));
                yield true;
            }
            case ArrayOf(DataType element, _) when token == JsonToken.START_ARRAY ->
                    array(parser, text, (ListVector) vector, row, element);
            case MapOf map when token == JsonToken.START_OBJECT -> map(parser, text, (MapVector) vector, row, map);
            case Struct(RowType fields) when token == JsonToken.START_OBJECT ->
                    struct(parser, text, (StructVector) vector, row, fields);
            case ArrayOf _,MapOf _,Struct _ -> {
                parser.skipChildren();
                setNull(vector, row);
                yield false;
            }
            case Simple _,Decimal _ -> {
                Object value = scalar(parser, text, type);
                VectorValues.set(vector, row, type, MISFIT.equals(value) ? null : value);
                yield !MISFIT.equals(value);
            }
        };
    }

    private boolean array(JsonParser parser, byte[] text, ListVector vector, int row, DataType element)
            throws IOException {
        int first = vector.startNewValue(row);
        int at = first;
        boolean fits = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            fits &= write(parser, text, vector.getDataVector(), at++, element);
        }
        vector.endValue(row, at - first);
        return fits;
    }

    private boolean map(JsonParser parser, byte[] text, MapVector vector, int row, MapOf type) throws IOException {
        StructVector entries = (StructVector) vector.getDataVector();
        FieldVector keys = (FieldVector) entries.getChildByOrdinal(0);
        FieldVector values = (FieldVector) entries.getChildByOrdinal(1);
        int first = vector.startNewValue(row);
        int at = first;
        boolean fits = type.key() == Simple.STRING;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (!fits) {
                parser.skipChildren();
                continue;
            }
            while (at >= entries.getValueCapacity()) {
                entries.reAlloc();
            }
            entries.setIndexDefined(at);
            VectorValues.set(keys, at, Simple.STRING, name);
            fits &= write(parser, text, values, at++, type.value());
        }
        vector.endValue(row, at - first);
        return fits;
    }

    private boolean struct(JsonParser parser, byte[] text, StructVector vector, int row, RowType fields)
            throws IOException {
        while (row >= vector.getValueCapacity()) {
            vector.reAlloc();
        }
        vector.setIndexDefined(row);
        for (int i = 0; i < fields.size(); i++) {
            setNull((FieldVector) vector.getChildByOrdinal(i), row);
        }
        boolean fits = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            OptionalInt child = fields.indexOf(parser.currentName());
            parser.nextToken();
            if (child.isEmpty()) {
                parser.skipChildren();
            } else {
                fits &= write(parser, text, (FieldVector) vector.getChildByOrdinal(child.getAsInt()), row,
                        fields.type(child.getAsInt()));
            }
        }
        return fits;
    }

    /// The value as [DataType] lists it; null for JSON null, [#MISFIT] when it does not fit.
    @Nullable
    Object scalar(JsonParser parser, byte[] text, DataType type) throws IOException {
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        if (type == Simple.STRING) {
            return text(parser, text);
        }
        if (token.isStructStart()) {
            parser.skipChildren();
            return MISFIT;
        }
        return switch (type) {
            case Simple simple -> simple(parser, token, simple);
            case Decimal decimal -> decimal(parser, token, decimal);
            case ArrayOf _,MapOf _,Struct _ -> MISFIT;
        };
    }

    private @Nullable Object simple(JsonParser parser, JsonToken token, Simple type) throws IOException {
        return switch (type) {
            case BOOLEAN -> token.isBoolean() ? parser.getBooleanValue() : MISFIT;
            case TINYINT, SMALLINT, INT, BIGINT -> integral(parser, token, type);
            case FLOAT -> floating(parser, token) instanceof Double d ? toFloat(parser, d) : MISFIT;
            case DOUBLE -> floating(parser, token);
            case DATE -> token == JsonToken.VALUE_STRING
                    ? days(times.read(ColumnBuffer.DATE, parser.getText()))
                    : MISFIT;
            case TIMESTAMP -> timestamp(parser, token);
            case TIMESTAMP_NTZ -> token == JsonToken.VALUE_STRING
                    ? micros(times.read(ColumnBuffer.TIMESTAMP_NTZ, parser.getText()))
                    : MISFIT;
            case TIME -> token == JsonToken.VALUE_STRING ? micros(TimeOfDay.read(parser.getText())) : MISFIT;
            case BINARY -> binary(parser, token);
            case STRING, VOID, INTERVAL_DAY_TIME, INTERVAL_YEAR_MONTH -> MISFIT;
        };
    }

    /// A string's characters; of any other value the text it was written as.
    private static String text(JsonParser parser, byte[] text) throws IOException {
        if (!parser.currentToken().isStructStart()) {
            return parser.getText();
        }
        int start = (int) parser.currentTokenLocation().getByteOffset();
        parser.skipChildren();
        return new String(text, start, (int) parser.currentLocation().getByteOffset() - start, UTF_8);
    }

    private static Object integral(JsonParser parser, JsonToken token, Simple type) throws IOException {
        if (token != JsonToken.VALUE_NUMBER_INT || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return MISFIT;
        }
        long value = parser.getLongValue();
        return switch (type) {
            case TINYINT -> value == (byte) value ? (Object) (byte) value : MISFIT;
            case SMALLINT -> value == (short) value ? (Object) (short) value : MISFIT;
            case INT -> value == (int) value ? (Object) (int) value : MISFIT;
            default -> value;
        };
    }

    private static Object floating(JsonParser parser, JsonToken token) throws IOException {
        if (!token.isNumeric() && token != JsonToken.VALUE_STRING) {
            return MISFIT;
        }
        String text = parser.getText();
        return switch (text) {
            case "NaN" -> Double.NaN;
            case "Infinity", "+Infinity", "INF", "+INF" -> Double.POSITIVE_INFINITY;
            case "-Infinity", "-INF" -> Double.NEGATIVE_INFINITY;
            default -> token.isNumeric() ? (Object) Double.parseDouble(text) : MISFIT;
        };
    }

    /// Parsed from the text again: rounding to double first could round twice.
    private static Object toFloat(JsonParser parser, double value) throws IOException {
        return Double.isFinite(value) ? Float.parseFloat(parser.getText()) : (float) value;
    }

    private Object timestamp(JsonParser parser, JsonToken token) throws IOException {
        if (token == JsonToken.VALUE_STRING) {
            return micros(times.read(ColumnBuffer.TIMESTAMP, parser.getText()));
        }
        if (token != JsonToken.VALUE_NUMBER_INT || parser.getNumberType() == JsonParser.NumberType.BIG_INTEGER) {
            return MISFIT;
        }
        try {
            return options.toMicros(parser.getLongValue());
        } catch (ArithmeticException _) {
            return MISFIT;
        }
    }

    private static Object micros(long value) {
        return value == DateTimeText.NONE ? MISFIT : (Object) value;
    }

    private static Object days(long value) {
        return value == DateTimeText.NONE ? MISFIT : (Object) (int) value;
    }

    private static Object binary(JsonParser parser, JsonToken token) throws IOException {
        if (token != JsonToken.VALUE_STRING) {
            return MISFIT;
        }
        try {
            return java.util.Base64.getDecoder().decode(parser.getText());
        } catch (IllegalArgumentException _) {
            return MISFIT;
        }
    }

    private static Object decimal(JsonParser parser, JsonToken token, Decimal type) throws IOException {
        if (!token.isNumeric() && token != JsonToken.VALUE_STRING) {
            return MISFIT;
        }
        return decimal(parser.getText(), type);
    }

    /// Rounded half up to the type's scale, as Spark does; [#MISFIT] when it is no number or too large.
    static Object decimal(String text, Decimal type) {
        if (text.length() > DIGITS_MAX) {
            return MISFIT; // reading it takes time with the square of its length
        }
        try {
            BigDecimal value = new BigDecimal(text);
            if (Math.abs((long) value.scale()) > 10_000) {
                return MISFIT; // 1e1000000 must not cost a megabyte
            }
            value = value.setScale(type.scale(), RoundingMode.HALF_UP);
            return value.precision() > type.precision() ? MISFIT : value;
        } catch (NumberFormatException _) {
            return MISFIT;
        }
    }

    static void setNull(FieldVector vector, int row) {
        VectorValues.set(vector, row, Simple.VOID, null);
    }

}
