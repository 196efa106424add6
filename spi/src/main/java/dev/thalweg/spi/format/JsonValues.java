package dev.thalweg.spi.format;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import java.io.IOException;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads single JSON texts into the objects that [DataType] lists: what `from_json` does.
///
/// Which JSON value fits which type is [JsonVectors]' to say, as for files. Fields are found by their exact names, and of one
/// that comes twice the last counts. What does not fit makes the field null that it is in, with the array or map
/// around it; of a text that is not JSON nothing is kept.
///
/// **Thread** one.
public final class JsonValues {
    private static final JsonFactory COPIES = new JsonFactory();

    private final JsonOptions options;
    private final JsonVectors vectors;
    private final IdentityHashMap<RowType, Map<String, Integer>> places = new IdentityHashMap<>();
    private @Nullable String misfit;

    public JsonValues(JsonOptions options) {
        this.options = options;
        this.vectors = new JsonVectors(options);
    }

    /// The value of a text, of which anything may follow the first value; null for a text of nothing but space.
    ///
    /// @param type a STRUCT, an ARRAY or a MAP
    /// **Errors** [InvalidQuery] THW-4240 for what does not fit in mode FAILFAST.
    public @Nullable Object read(byte[] text, DataType type) {
        misfit = null;
        Object value = null;
        try (JsonParser parser = vectors.parser(text)) {
            if (parser.nextToken() == null) {
                return null;
            }
            value = root(parser, text, type);
        } catch (JsonProcessingException e) {
            misfit = "it is not JSON: " + JsonComplaint.of(e);
        } catch (IOException e) {
            misfit = "it is not JSON: " + e.getMessage();
        }
        if (misfit == null) {
            return value;
        }
        if (options.mode() == ParseMode.FAILFAST) {
            throw malformed("from_json", text, misfit);
        }
        return type instanceof Struct(RowType row) ? marked(value, row, text) : value;
    }

    static InvalidQuery malformed(String function, byte[] text, String reason) {
        String all = new String(text, java.nio.charset.StandardCharsets.UTF_8);
        String shown = all.length() <= 60 ? all : all.substring(0, 60) + "…";
        return new InvalidQuery("THW-4240",
                "%s cannot read '%s': %s. Mend the text, or leave the option mode at PERMISSIVE to get NULL for what does not fit."
                        .formatted(function, shown, reason));
    }

    /// A struct whose corrupt-record field, if the schema has one, holds the text.
    private Object marked(@Nullable Object value, RowType row, byte[] text) {
        List<@Nullable Object> fields = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            boolean corrupt = row.field(i).name().equals(options.corruptColumn()) && row.type(i) == Simple.STRING;
            fields.add(corrupt
                    ? new String(text, java.nio.charset.StandardCharsets.UTF_8)
                    : value instanceof List<?> read ? read.get(i) : null);
        }
        return fields;
    }

    private @Nullable Object root(JsonParser parser, byte[] text, DataType type) throws IOException {
        boolean lone = parser.currentToken() == JsonToken.START_OBJECT && type instanceof ArrayOf(Struct _, _);
        if (lone && type instanceof ArrayOf(DataType element, _)) {
            return Arrays.asList(value(parser, text, element)); // one object stands for an array of it
        }
        Object value = value(parser, text, type);
        if (value == null) {
            misfit = "it is null";
        }
        return JsonVectors.MISFIT.equals(value) ? null : value;
    }

    /// [JsonVectors#MISFIT] where it does not fit, which [#misfit] tells of. Leaves the parser at the last token of the value that it stands at.
    private @Nullable Object value(JsonParser parser, byte[] text, DataType type) throws IOException {
        JsonToken token = parser.currentToken();
        if (type instanceof Struct struct && struct.isVariant()) {
            return List.of(VariantJson.text(parser));
        }
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (type) {
            case ArrayOf(DataType element, _) when token == JsonToken.START_ARRAY -> array(parser, text, element);
            case MapOf map when token == JsonToken.START_OBJECT -> map(parser, text, map);
            case Struct(RowType row) when token == JsonToken.START_OBJECT -> struct(parser, text, row);
            case ArrayOf _,MapOf _,Struct _ -> {
                parser.skipChildren();
                yield unfit(type);
            }
            case Simple simple when simple == Simple.STRING -> string(parser);
            case Simple _,Decimal _ -> {
                Object scalar = vectors.scalar(parser, text, type);
                yield JsonVectors.MISFIT.equals(scalar) ? unfit(type) : scalar;
            }
        };
    }

    /// What is no text is written anew: `1.50` is `1.5`, and nothing stands between the parts of an object.
    private static String string(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = COPIES.createGenerator(text)) {
            copy.copyCurrentStructure(parser);
        }
        return text.toString();
    }

    private Object unfit(DataType type) {
        misfit = misfit == null ? "a value in it does not fit " + type.sql() : misfit;
        return JsonVectors.MISFIT;
    }

    private Object array(JsonParser parser, byte[] text, DataType element) throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        boolean fits = true;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            Object value = value(parser, text, element);
            fits &= !JsonVectors.MISFIT.equals(value);
            elements.add(value);
        }
        return fits ? elements : JsonVectors.MISFIT;
    }

    private Object map(JsonParser parser, byte[] text, MapOf type) throws IOException {
        Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
        boolean fits = true;
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String key = parser.currentName();
            parser.nextToken();
            Object value = value(parser, text, type.value());
            fits &= !JsonVectors.MISFIT.equals(value);
            entries.put(key, value);
        }
        return fits ? entries : JsonVectors.MISFIT;
    }

    private List<@Nullable Object> struct(JsonParser parser, byte[] text, RowType row) throws IOException {
        Map<String, Integer> fields = places.computeIfAbsent(row, JsonValues::places);
        @Nullable
        Object[] values = new Object[row.size()];
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            Integer field = fields.get(parser.currentName());
            parser.nextToken();
            if (field == null) {
                parser.skipChildren();
            } else {
                Object value = value(parser, text, row.type(field));
                values[field] = JsonVectors.MISFIT.equals(value) ? null : value;
            }
        }
        return Arrays.asList(values);
    }

    private static Map<String, Integer> places(RowType row) {
        Map<String, Integer> places = new HashMap<>();
        for (int i = 0; i < row.size(); i++) {
            places.putIfAbsent(row.field(i).name(), i);
        }
        return places;
    }
}
