package dev.thalweg.execution.expression.function;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.thalweg.execution.expression.EvaluationContext;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Parts of JSON texts. What is not JSON gives NULL.
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
}
