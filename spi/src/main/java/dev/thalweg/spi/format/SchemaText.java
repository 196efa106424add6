package dev.thalweg.spi.format;

import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.MapOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.DataType.Struct;
import dev.thalweg.spi.data.RowType;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// Types as a text that SQL reads again: names of fields that are no plain words stand in backquotes.
public final class SchemaText {
    private static final Pattern PLAIN = Pattern.compile("(?!\\d+$)\\w+");

    private SchemaText() {}

    public static String of(DataType type) {
        return switch (type) {
            case Simple _,Decimal _ -> type.sql();
            case ArrayOf(DataType element, _) -> "ARRAY<" + of(element) + ">";
            case MapOf(DataType key, DataType value, _) -> "MAP<" + of(key) + ", " + of(value) + ">";
            case Struct variant when variant.isVariant() -> variant.sql();
            case Struct(RowType row) -> row.fields().stream()
                    .map(field -> name(field.name()) + ": " + of(field.type()))
                    .collect(Collectors.joining(", ", "STRUCT<", ">"));
        };
    }

    private static String name(String name) {
        return PLAIN.matcher(name).matches() ? name : "`" + name.replace("`", "``") + "`";
    }
}
