package dev.thalweg.types;

import dev.thalweg.parser.StatementParser;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.stream.Collectors;

/// Writes columns as CREATE TABLE reads them.
final class Ddl {
    private Ddl() {}

    /// @param between name and type: a space for a column, a colon for the field of a struct
    static String field(StructField field, String between) {
        return name(field.name()) + between + type(field.dataType()) + (field.nullable() ? "" : " NOT NULL");
    }

    private static String type(DataType type) {
        return switch (type) {
            case StructType struct -> struct.fields().length == 0
                    ? struct.sql()
                    : java.util.Arrays.stream(struct.fields()).map(field -> field(field, ": "))
                            .collect(Collectors.joining(", ", "STRUCT<", ">"));
            case ArrayType array -> "ARRAY<" + type(array.elementType()) + ">";
            case MapType map -> "MAP<" + type(map.keyType()) + ", " + type(map.valueType()) + ">";
            case AtomicType _,DecimalType _ -> type.sql();
        };
    }

    private static String name(String name) {
        return isPlain(name) ? name : "`" + name.replace("`", "``") + "`";
    }

    /// The parser itself knows best which words it takes for a name.
    private static boolean isPlain(String name) {
        try {
            return name.chars().allMatch(letter -> letter == '_' || Character.isLetterOrDigit(letter))
                    && StatementParser.parseSchema(name + " INT").names().equals(java.util.List.of(name));
        } catch (InvalidQuery _) {
            return false;
        }
    }
}
