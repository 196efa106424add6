package dev.thalweg.types;

import dev.thalweg.parser.StatementParser;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/// The columns of a dataset, or the fields of a nested row.
public final class StructType extends DataType {
    private final List<StructField> fields;

    public StructType() {
        this(List.of());
    }

    public StructType(StructField... fields) {
        this(List.of(fields));
    }

    public StructType(List<StructField> fields) {
        this.fields = List.copyOf(fields);
    }

    public static StructType of(RowType row) {
        return new StructType(
                row.fields().stream().map(f -> new StructField(f.name(), of(f.type()), f.nullable())).toList());
    }

    /// Reads `user STRING, n BIGINT NOT NULL`.
    public static StructType fromDDL(String ddl) {
        return of(StatementParser.parseSchema(ddl));
    }

    public StructType add(String name, DataType type) {
        return add(name, type, true);
    }

    public StructType add(String name, String type) {
        return add(name, of(StatementParser.parseType(type)), true);
    }

    public StructType add(String name, String type, boolean nullable) {
        return add(name, of(StatementParser.parseType(type)), nullable);
    }

    public StructType add(String name, DataType type, boolean nullable, Metadata metadata) {
        return add(new StructField(name, type, nullable, metadata));
    }

    public StructType add(String name, DataType type, boolean nullable) {
        return add(new StructField(name, type, nullable));
    }

    public StructType add(StructField field) {
        List<StructField> more = new ArrayList<>(fields);
        more.add(field);
        return new StructType(more);
    }

    public StructField[] fields() {
        return fields.toArray(StructField[]::new);
    }

    public String[] fieldNames() {
        return fields.stream().map(StructField::name).toArray(String[]::new);
    }

    public int size() {
        return fields.size();
    }

    public int length() {
        return fields.size();
    }

    public StructField apply(int index) {
        return fields.get(index);
    }

    /// The position of a field.
    ///
    /// @throws InvalidQuery when there is none of that name
    public int fieldIndex(String name) {
        return toRow().indexOf(name).orElseThrow(() -> new InvalidQuery("THW-1104",
                "There is no field '" + name + "'. The fields are: " + String.join(", ", fieldNames()) + "."));
    }

    public RowType toRow() {
        return new RowType(fields.stream().map(StructField::toSpi).toList());
    }

    @Override
    public dev.thalweg.spi.data.DataType toSpi() {
        return new dev.thalweg.spi.data.DataType.Struct(toRow());
    }

    @Override
    public String typeName() {
        return "struct";
    }

    /// As [#fromDDL] reads it: names that SQL would not read as such stand in backquotes.
    public String toDDL() {
        return fields.stream().map(field -> Ddl.field(field, " ")).collect(Collectors.joining(", "));
    }

    /// The schema as an indented tree, as `printSchema` shows it.
    public String treeString() {
        return treeString(Integer.MAX_VALUE);
    }

    /// The schema as a tree of names and types.
    ///
    /// @param level how deep nested types are shown; 0 or less for all
    public String treeString(int level) {
        StringBuilder tree = new StringBuilder("root\n");
        appendTo(tree, " |", level > 0 ? level : Integer.MAX_VALUE);
        return tree.toString();
    }

    private void appendTo(StringBuilder tree, String indent, int levels) {
        for (StructField field : fields) {
            append(tree, indent, field.name(), field.dataType(), "nullable = " + field.nullable(), levels);
        }
    }

    private static void append(StringBuilder tree, String indent, String name, DataType type, String nulls,
            int levels) {
        if (levels <= 0) {
            return;
        }
        tree.append(indent).append("-- ").append(name).append(": ").append(type.typeName())
                .append(nulls.isEmpty() ? "\n" : " (" + nulls + ")\n");
        String deeper = indent + "    |";
        switch (type) {
            case StructType struct -> struct.appendTo(tree, deeper, levels - 1);
            case ArrayType array -> append(tree, deeper, "element", array.elementType(),
                    "containsNull = " + array.containsNull(), levels - 1);
            case MapType map -> {
                append(tree, deeper, "key", map.keyType(), "", levels - 1);
                append(tree, deeper, "value", map.valueType(), "valueContainsNull = " + map.valueContainsNull(),
                        levels - 1);
            }
            case AtomicType _,DecimalType _ -> {
                // no parts
            }
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof StructType type && type.fields.equals(fields);
    }

    @Override
    public int hashCode() {
        return fields.hashCode();
    }
}
