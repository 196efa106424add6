package dev.thalweg.execution.expression.function;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.thalweg.execution.expression.ArgumentTypes;
import dev.thalweg.execution.expression.EvaluationContext;
import dev.thalweg.execution.expression.NullAware;
import dev.thalweg.execution.expression.Utf8;
import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.error.Defect;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.format.JsonOptions;
import dev.thalweg.spi.format.JsonValueWriter;
import dev.thalweg.spi.format.VariantJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// JSON values of any kind: VARIANTs, each a list of one text in the form of [VariantJson].
public final class VariantFunctions {
    private VariantFunctions() {}

    public static List<Object> parseJson(String json) {
        try {
            return List.of(VariantJson.of(json));
        } catch (IOException e) {
            String reason = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
            throw new InvalidQuery("THW-4243", "The text '%s' is no JSON: %s. Use try_parse_json to get NULL instead."
                    .formatted(json.length() <= 60 ? json : json.substring(0, 60) + "…", reason), e);
        }
    }

    public static @Nullable List<Object> tryParseJson(String json) {
        try {
            return List.of(VariantJson.of(json));
        } catch (IOException _) {
            return null;
        }
    }

    public static @Nullable Object variantGet(EvaluationContext context, ArgumentTypes types, List<?> variant,
            Utf8 path) {
        return get(context, types.result(), variant, path, false);
    }

    /// @param type is the result's already
    public static @Nullable Object variantGet(EvaluationContext context, ArgumentTypes types, List<?> variant,
            Utf8 path, Utf8 type) {
        return get(context, types.result(), variant, path, false);
    }

    public static @Nullable Object tryVariantGet(EvaluationContext context, ArgumentTypes types, List<?> variant,
            Utf8 path) {
        return get(context, types.result(), variant, path, true);
    }

    /// @param type is the result's already
    public static @Nullable Object tryVariantGet(EvaluationContext context, ArgumentTypes types, List<?> variant,
            Utf8 path, Utf8 type) {
        return get(context, types.result(), variant, path, true);
    }

    private static @Nullable Object get(EvaluationContext context, DataType to, List<?> variant, Utf8 path,
            boolean orNull) {
        VariantPath steps = context.remember(VariantPath.class, path, VariantPath::of);
        try (JsonParser parser = VariantJson.parser(text(variant))) {
            parser.nextToken();
            return steps.goTo(parser) ? new VariantCast(context).of(parser, to) : null;
        } catch (InvalidQuery misfit) {
            if (orNull) {
                return null;
            }
            throw misfit;
        } catch (IOException e) {
            throw noJson(e);
        }
    }

    private static String text(List<?> variant) {
        return (String) variant.getFirst();
    }

    private static Defect noJson(IOException e) {
        return new Defect("THW-9463", "A VARIANT is not kept as JSON: " + e.getMessage(), e);
    }

    @NullAware
    public static boolean isVariantNull(@Nullable List<?> variant) {
        return variant != null && text(variant).equals("null");
    }

    /// A VARIANT is made by functions that check it.
    public static boolean isValidVariant(List<?> variant) {
        return true;
    }

    /// Such as `ARRAY<OBJECT<a: BIGINT, b: BOOLEAN>>`; what holds several kinds is VARIANT.
    public static String schemaOfVariant(List<?> variant) {
        try (JsonParser parser = VariantJson.parser(text(variant))) {
            parser.nextToken();
            return schema(parser);
        } catch (IOException e) {
            throw noJson(e);
        }
    }

    private static String schema(JsonParser parser) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            List<String> fields = new ArrayList<>();
            while (parser.nextToken() == JsonToken.FIELD_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                fields.add((name.matches("\\w+") ? name : "`" + name.replace("`", "``") + "`") + ": " + schema(parser));
            }
            return "OBJECT<" + String.join(", ", fields) + ">";
        }
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            String element = Simple.VOID.sql();
            DataType scalar = Simple.VOID;
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                boolean nested = parser.currentToken().isStructStart();
                DataType next = nested ? DataType.Struct.VARIANT : VariantCast.typeOf(parser);
                String text = schema(parser);
                boolean numbers = scalar.isNumeric() && next.isNumeric();
                scalar = element.equals("VOID") ? next : numbers ? common(scalar, next) : scalar;
                element = element.equals("VOID") || element.equals(text)
                        ? text
                        : numbers ? scalar.sql() : text.equals("VOID") ? element : "VARIANT";
            }
            return "ARRAY<" + element + ">";
        }
        return VariantCast.typeOf(parser).sql();
    }

    private static DataType common(DataType left, DataType right) {
        return TypeRules.leastCommon(left, right).orElse(DataType.Struct.VARIANT);
    }

    /// An array, a map with texts as keys or a struct, as JSON has them.
    public static List<Object> toVariantObject(EvaluationContext context, ArgumentTypes types, Object value) {
        JsonValueWriter writer = context.remember(JsonValueWriter.class, "variant", _ -> new JsonValueWriter(
                JsonOptions.of(TableOptions.none().with("ignoreNullFields", "false"), context.zone())));
        return parseJson(writer.text(value, types.arguments().getFirst()));
    }

    /// The rows of `variant_explode`: place, name and value of each field of an object, of each element of an array (then without a
    /// name). Nothing else has rows.
    public static @Nullable List<Object> exploded(@Nullable Object variant) {
        if (!(variant instanceof List<?> list)) {
            return null;
        }
        List<Object> rows = new ArrayList<>();
        try (JsonParser parser = VariantJson.parser(text(list))) {
            boolean object = parser.nextToken() == JsonToken.START_OBJECT;
            if (!object && parser.currentToken() != JsonToken.START_ARRAY) {
                return null;
            }
            while (!parser.nextToken().isStructEnd()) {
                String name = object ? parser.currentName() : null;
                if (object) {
                    parser.nextToken();
                }
                rows.add(Arrays.asList(rows.size(), name, List.of(VariantJson.text(parser))));
            }
            return rows;
        } catch (IOException e) {
            throw noJson(e);
        }
    }
}
