package dev.thalweg.spi.data;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// Columns as JSON, for files that must say what other files hold:
/// `[{"name":"tags","type":{"array":"STRING"}},{"name":"n","type":"BIGINT","nullable":false}]`.
public final class RowTypeJson {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private RowTypeJson() {}

    public static String write(RowType type) {
        return columns(type).toString();
    }

    /// Reads what [#write] gave.
    ///
    /// @throws IOException when it is nothing of the kind
    public static RowType read(String json) throws IOException {
        try {
            return columns(JSON.readTree(json));
        } catch (IllegalArgumentException e) {
            throw new IOException("no list of columns: " + json, e);
        }
    }

    private static ArrayNode columns(RowType type) {
        ArrayNode columns = JSON.createArrayNode();
        for (Field field : type.fields()) {
            ObjectNode column = columns.addObject().put("name", field.name());
            column.set("type", type(field.type()));
            if (!field.nullable()) {
                column.put("nullable", false);
            }
        }
        return columns;
    }

    private static JsonNode type(DataType type) {
        ObjectNode node = JSON.createObjectNode();
        return switch (type) {
            case Simple simple -> JSON.getNodeFactory().textNode(simple.name());
            case Decimal(int precision, int scale) -> node.put("decimal", precision).put("scale", scale);
            case ArrayOf(DataType element, boolean nulls) ->
                    withNulls(node.<ObjectNode>set("array", type(element)), nulls);
            case MapOf(DataType key, DataType value, boolean nulls) ->
                    withNulls(node.<ObjectNode>set("map", type(key)).<ObjectNode>set("value", type(value)), nulls);
            case Struct(RowType row) -> node.set("struct", columns(row));
        };
    }

    private static ObjectNode withNulls(ObjectNode node, boolean nulls) {
        return nulls ? node : node.put("nullable", false);
    }

    private static RowType columns(JsonNode json) {
        if (!json.isArray()) {
            throw new IllegalArgumentException("not an array");
        }
        List<Field> fields = new ArrayList<>();
        for (JsonNode column : json) {
            fields.add(new Field(column.required("name").asText(), type(column.required("type")), nulls(column)));
        }
        return new RowType(fields);
    }

    private static DataType type(JsonNode json) {
        if (json.isTextual()) {
            return Simple.valueOf(json.asText());
        }
        if (json.has("decimal")) {
            return new Decimal(json.path("decimal").asInt(), json.path("scale").asInt());
        }
        if (json.has("array")) {
            return new ArrayOf(type(json.path("array")), nulls(json));
        }
        if (json.has("map")) {
            return new MapOf(type(json.path("map")), type(json.required("value")), nulls(json));
        }
        return new Struct(columns(json.required("struct")));
    }

    private static boolean nulls(JsonNode json) {
        return json.path("nullable").asBoolean(true);
    }
}
