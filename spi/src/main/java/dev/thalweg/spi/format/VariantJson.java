package dev.thalweg.spi.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.thalweg.spi.data.DataType.Decimal;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// JSON in the one form in which a VARIANT is kept: without space, the fields of objects in order, numbers in their shortest form
/// (exactly up to 38 digits, others as DOUBLE). So equal values are equal texts.
public final class VariantJson {
    private static final int LENGTH_MAX = 1 << 30;
    private static final JsonFactory JSON = new JsonFactoryBuilder()
            .streamReadConstraints(StreamReadConstraints.builder().maxStringLength(LENGTH_MAX)
                    .maxNumberLength(LENGTH_MAX).maxNameLength(LENGTH_MAX).build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();
    private static final Pattern PLAIN = Pattern.compile("-?\\d+(\\.\\d+)?");

    private VariantJson() {}

    public static JsonParser parser(String json) throws IOException {
        return JSON.createParser(json);
    }

    /// The form of a whole text. An object that names a field twice is none.
    ///
    /// @throws IOException when it is no JSON
    public static String of(String json) throws IOException {
        try (JsonParser parser = parser(json)) {
            if (parser.nextToken() == null) {
                throw new JsonParseException(parser, "there is nothing in it");
            }
            String text = text(parser);
            if (parser.nextToken() != null) {
                throw new JsonParseException(parser, "more follows after its end");
            }
            return text;
        }
    }

    /// The form of the value that the parser stands at; leaves it at the value's last token.
    public static String text(JsonParser parser) throws IOException {
        TextBuffer out = new TextBuffer();
        write(parser, out);
        return out.toString();
    }

    private static void write(JsonParser parser, TextBuffer out) throws IOException {
        switch (parser.currentToken()) {
            case START_OBJECT -> object(parser, out);
            case START_ARRAY -> array(parser, out);
            case VALUE_STRING -> JsonText.quoted(parser.getText(), out);
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> out.put(number(parser.getText()));
            default -> out.put(parser.getText()); // true, false and null
        }
    }

    private static String number(String text) throws IOException {
        String plain = PLAIN.matcher(text).matches() ? text : floating(text);
        if (plain.length() > Decimal.MAX_PRECISION + 2 || !PLAIN.matcher(plain).matches()) {
            return floating(text);
        }
        BigDecimal value = new BigDecimal(plain).stripTrailingZeros();
        boolean exact = value.precision() <= Decimal.MAX_PRECISION && value.scale() <= Decimal.MAX_PRECISION;
        return exact ? value.toPlainString() : floating(text);
    }

    private static String floating(String text) throws IOException {
        double value = Double.parseDouble(text);
        if (!Double.isFinite(value)) {
            throw new IOException("no DOUBLE is as large as " + text);
        }
        return Double.toString(value);
    }

    private static void object(JsonParser parser, TextBuffer out) throws IOException {
        Map<String, String> fields = new TreeMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            fields.put(name, text(parser));
        }
        out.put('{');
        boolean first = true;
        for (Map.Entry<String, String> field : fields.entrySet()) {
            if (!first) {
                out.put(',');
            }
            first = false;
            JsonText.quoted(field.getKey(), out);
            out.put(':').put(field.getValue());
        }
        out.put('}');
    }

    private static void array(JsonParser parser, TextBuffer out) throws IOException {
        out.put('[');
        boolean first = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (!first) {
                out.put(',');
            }
            first = false;
            write(parser, out);
        }
        out.put(']');
    }
}
