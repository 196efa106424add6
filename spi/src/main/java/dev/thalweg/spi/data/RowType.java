package dev.thalweg.spi.data;

import java.util.List;
import java.util.OptionalInt;

/// The columns of a table, a stream or a struct, in order. Two may share a name (after a join); a look-up finds the first.
public record RowType(List<Field> fields) {
    public RowType {
        fields = List.copyOf(fields);
    }

    public static RowType of(Field... fields) {
        return new RowType(List.of(fields));
    }

    public int size() {
        return fields.size();
    }

    public Field field(int index) {
        return fields.get(index);
    }

    public DataType type(int index) {
        return fields.get(index).type();
    }

    public List<String> names() {
        return fields.stream().map(Field::name).toList();
    }

    /// The first column of that name, whatever its case.
    public OptionalInt indexOf(String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equalsIgnoreCase(name)) {
                return OptionalInt.of(i);
            }
        }
        return OptionalInt.empty();
    }

    public RowType select(List<Integer> columns) {
        return new RowType(columns.stream().map(fields::get).toList());
    }

    /// The same columns where every value, also inside others, may be NULL: what is known of rows that nobody has checked.
    public RowType asNullable() {
        return new RowType(fields.stream().map(f -> Field.of(f.name(), f.type().asNullable())).toList());
    }

    /// The columns as a DDL list, such as `user STRING, n BIGINT NOT NULL`.
    public String sql() {
        StringBuilder sql = new StringBuilder();
        for (Field field : fields) {
            sql.append(sql.isEmpty() ? "" : ", ").append(field.name()).append(' ').append(field.type().sql());
            sql.append(field.nullable() ? "" : " NOT NULL");
        }
        return sql.toString();
    }
}
