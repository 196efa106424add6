package dev.thalweg.execution.expression.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.thalweg.execution.expression.ArgumentTypes;
import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.Utf8;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.format.JsonInference;
import dev.thalweg.spi.format.JsonOptions;
import dev.thalweg.spi.format.JsonValueWriter;
import dev.thalweg.spi.format.JsonValues;
import dev.thalweg.spi.format.SchemaText;
import java.io.IOException;
import java.io.StringWriter;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// JSON texts as values, values as JSON texts, and parts of texts: there, what is not JSON gives NULL.
public final class JsonFunctions {
    static final JsonFactory JSON = JsonFactory.builder().enable(JsonReadFeature.ALLOW_SINGLE_QUOTES).build();

    private JsonFunctions() {}

    /// What stands at a path of a JSON text; NULL where nothing does.
    ///
    /// @param path such as `$.items[0].name` or `$.items[*]['the name']`
    public static @Nullable String getJsonObject(EvaluationContext context, String json, String path) {
        return context.remember(JsonPath.class, path, JsonPath::of).find(json).orElse(null);
    }

    public static @Nullable Integer jsonArrayLength(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                return null;
            }
            int length = 0;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                parser.skipChildren();
                length++;
            }
            return length;
        } catch (IOException _) {
            return null;
        }
    }

    public static @Nullable List<String> jsonObjectKeys(String json) {
        try (JsonParser parser = JSON.createParser(json)) {
            if (parser.nextToken() != JsonToken.START_OBJECT) {
                return null;
            }
            List<String> keys = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                keys.add(parser.currentName());
                parser.nextToken();
                parser.skipChildren();
            }
            return keys;
        } catch (IOException _) {
            return null;
        }
    }

    public static @Nullable Object fromJson(EvaluationContext context, ArgumentTypes types, Utf8 json, Utf8 schema) {
        return fromJson(context, types, json, schema, Map.of());
    }

    /// @param schema is in the result's type already
    public static @Nullable Object fromJson(EvaluationContext context, ArgumentTypes types, Utf8 json, Utf8 schema,
            Map<?, ?> options) {
        JsonValues reader = context.remember(JsonValues.class, options.toString(),
                _ -> new JsonValues(JsonOptions.of(options(options), context.zone())));
        return reader.read(json.toBytes(), types.result());
    }

    static TableOptions options(Map<?, ?> map) {
        Map<String, String> options = new HashMap<>();
        map.forEach((name, value) -> options.put(String.valueOf(name), String.valueOf(value)));
        return new TableOptions(options);
    }

    public static String toJson(EvaluationContext context, ArgumentTypes types, Object value) {
        return toJson(context, types, value, Map.of());
    }

    public static String toJson(EvaluationContext context, ArgumentTypes types, Object value, Map<?, ?> options) {
        JsonValueWriter writer = context.remember(JsonValueWriter.class, options.toString(),
                _ -> new JsonValueWriter(JsonOptions.of(options(options), context.zone())));
        return writer.text(value, types.arguments().getFirst());
    }

    public static String schemaOfJson(String json) {
        return schemaOfJson(json, Map.of());
    }

    public static String schemaOfJson(String json, Map<?, ?> options) {
        try {
            return SchemaText
                    .of(new JsonInference(JsonOptions.of(options(options), ZoneOffset.UTC)).typeOf(json));
        } catch (IOException _) {
            throw Reject.argument("schema_of_json", "text", json, "JSON");
        }
    }

    /// The row of `json_tuple`: the text of each field, NULL where there is none.
    ///
    /// @param arguments the JSON text, then the names
    public static Object[] jsonTuple(@Nullable Object[] arguments) {
        @Nullable
        String[] fields = new String[arguments.length - 1];
        if (arguments[0] instanceof String json) {
            try (JsonParser parser = JSON.createParser(json)) {
                if (parser.nextToken() == JsonToken.START_OBJECT) {
                    tuple(parser, arguments, fields);
                }
            } catch (IOException _) {
                Arrays.fill(fields, null);
            }
        }
        return new Object[] {Arrays.asList((Object[]) fields)};
    }

    private static void tuple(JsonParser parser, @Nullable Object[] arguments, @Nullable String[] fields)
            throws IOException {
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            boolean wanted = parser.nextToken() != JsonToken.VALUE_NULL
                    && Arrays.asList(arguments).subList(1, arguments.length).contains(name);
            if (!wanted) {
                parser.skipChildren();
                continue;
            }
            String text = text(parser);
            for (int i = 0; i < fields.length; i++) {
                fields[i] = name.equals(arguments[i + 1]) ? text : fields[i];
            }
        }
    }

    private static String text(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.VALUE_STRING) {
            return parser.getText();
        }
        StringWriter text = new StringWriter();
        try (JsonGenerator copy = JSON.createGenerator(text)) {
            copy.copyCurrentStructure(parser);
        }
        return text.toString();
    }
}
