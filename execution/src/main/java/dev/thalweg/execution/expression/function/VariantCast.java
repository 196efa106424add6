package dev.thalweg.execution.expression.function;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.kernel.Casts;
import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.format.VariantJson;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Casts a VARIANT's value: a scalar as a scalar of its own type is cast, an array element by element, an object field by field.
/// JSON null gives NULL.
record VariantCast(EvaluationContext context) {
    /// The value that the parser stands at, as the object that [DataType] lists; leaves the parser at its last token.
    ///
    /// **Errors** [InvalidQuery] THW-4242 where it is of another kind.
    @Nullable
    Object of(JsonParser parser, DataType to) throws IOException {
        if (to instanceof Struct struct && struct.isVariant()) {
            return List.of(VariantJson.text(parser));
        }
        JsonToken token = parser.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        return switch (to) {
            case ArrayOf(DataType element, _) when token == JsonToken.START_ARRAY -> array(parser, element);
            case MapOf(DataType key, DataType value, _) when token == JsonToken.START_OBJECT && key == Simple.STRING ->
                    map(parser, value);
            case Struct(RowType row) when token == JsonToken.START_OBJECT -> struct(parser, row);
            case Simple simple when simple == Simple.STRING -> token == JsonToken.VALUE_STRING
                    ? parser.getText()
                    : VariantJson.text(parser);
            case ArrayOf _,MapOf _,Struct _ -> throw misfit(VariantJson.text(parser), to);
            case Simple _,Decimal _ -> scalar(parser, to);
        };
    }

    static InvalidQuery misfit(String text, DataType to) {
        return new InvalidQuery("THW-4242",
                "The VARIANT value %s is no %s. Use try_variant_get or TRY_CAST to get NULL instead."
                        .formatted(text.length() <= 60 ? text : text.substring(0, 60) + "…", to.sql()));
    }

    private List<@Nullable Object> array(JsonParser parser, DataType element) throws IOException {
        List<@Nullable Object> elements = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            elements.add(of(parser, element));
        }
        return elements;
    }

    private Map<Object, @Nullable Object> map(JsonParser parser, DataType value) throws IOException {
        Map<Object, @Nullable Object> entries = new LinkedHashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            entries.put(name, of(parser, value));
        }
        return entries;
    }

    private List<@Nullable Object> struct(JsonParser parser, RowType row) throws IOException {
        @Nullable
        Object[] values = new Object[row.size()];
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            int field = row.names().indexOf(parser.currentName());
            parser.nextToken();
            if (field < 0) {
                parser.skipChildren();
            } else {
                values[field] = of(parser, row.type(field));
            }
        }
        return Arrays.asList(values);
    }

    private @Nullable Object scalar(JsonParser parser, DataType to) throws IOException {
        String text = parser.getText();
        DataType from = typeOf(parser);
        if (parser.currentToken().isStructStart() || !TypeRules.canCast(from, to)) {
            throw misfit(VariantJson.text(parser), to);
        }
        Object value = switch (from) {
            case Simple simple when simple == Simple.BOOLEAN -> (Object) parser.getBooleanValue();
            case Simple simple when simple == Simple.BIGINT -> Long.valueOf(text);
            case Simple simple when simple == Simple.DOUBLE -> Double.valueOf(text);
            case Decimal _ -> new BigDecimal(text);
            default -> text; // a rule: what else there is, is a text
        };
        try {
            return Casts.cast(value, from, to, context);
        } catch (InvalidQuery _) {
            throw misfit(text, to);
        }
    }

    /// The type of the scalar that the parser stands at.
    static DataType typeOf(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case VALUE_TRUE, VALUE_FALSE -> Simple.BOOLEAN;
            case VALUE_NULL -> Simple.VOID;
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser.getText());
            default -> Simple.STRING;
        };
    }

    private static DataType number(String text) {
        if (text.indexOf('E') >= 0) {
            return Simple.DOUBLE;
        }
        BigDecimal value = new BigDecimal(text);
        boolean whole = value.scale() <= 0;
        if (whole && value.toBigInteger().bitLength() < Long.SIZE) {
            return Simple.BIGINT;
        }
        int scale = Math.max(0, value.scale());
        return new Decimal(Math.clamp(value.precision(), Math.max(1, scale), Decimal.MAX_PRECISION), scale);
    }
}
