package dev.thalweg.source.parquet;

import dev.thalweg.source.parquet.SchemaNode.Annotation;
import dev.thalweg.source.parquet.SchemaNode.Group;
import dev.thalweg.source.parquet.SchemaNode.Leaf;
import dev.thalweg.source.parquet.SchemaNode.Repetition;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.arrow.vector.complex.MapVector;

/// Lays the columns that are wanted over those that a file has: by name whatever its case, a missing one NULL.
///
/// Lists and maps are recognised in the forms that writers have used over the years, as LogicalTypes.md says.
final class ColumnShapes {
    private ColumnShapes() {}

    static Shape of(Group parent, Field field, String path) {
        return child(parent, field.name(), path).map(node -> shape(node, field, path + field.name()))
                .orElseGet(() -> new Shape.Missing(field, parent.witness()));
    }

    private static Optional<SchemaNode> child(Group parent, String name, String path) {
        List<SchemaNode> found = parent.children().stream().filter(n -> n.name().equalsIgnoreCase(name)).toList();
        if (found.size() > 1) {
            found = found.stream().filter(n -> n.name().equals(name)).toList();
            if (found.size() != 1) {
                throw new ColumnMismatch("has several columns named " + path + name + ", whatever the case");
            }
        }
        return found.stream().findFirst();
    }

    private static Shape shape(SchemaNode node, Field field, String path) {
        return node.repetition() == Repetition.REPEATED
                ? new Shape.ListOf(field, node.definition() - 1, node.definition(), node.repeats(),
                        single(node, element(field, node, path), path))
                : single(node, field, path);
    }

    private static Field element(Field field, SchemaNode node, String path) {
        if (field.type() instanceof DataType.ArrayOf(DataType element, _)) {
            return Field.of("element", element);
        }
        throw mismatch(node, field, path);
    }

    private static Shape single(SchemaNode node, Field field, String path) {
        return switch (node) {
            case Leaf leaf -> new Shape.Value(field, leaf,
                    ValueForms.of(leaf, field.type()).orElseThrow(() -> mismatch(node, field, path)));
            case Group group -> switch (field.type()) {
                case DataType.ArrayOf(DataType element, _) when listed(group).isPresent() -> {
                    SchemaNode repeated = listed(group).orElseThrow();
                    Field inside = Field.of("element", element);
                    yield new Shape.ListOf(field, group.definition(), repeated.definition(), repeated.repeats(),
                            inside(group, repeated).map(inner -> shape(inner, inside, path))
                                    .orElseGet(() -> single(repeated, inside, path)));
                }
                case DataType.MapOf(DataType key, DataType value, _) when entriesOf(group).isPresent() -> {
                    Group entries = entriesOf(group).orElseThrow();
                    Field entry = new Field(MapVector.DATA_VECTOR_NAME, new DataType.Struct(RowType.of(
                            new Field(MapVector.KEY_NAME, key, false), Field.of(MapVector.VALUE_NAME, value))), false);
                    List<Shape> children = List.of(
                            shape(entries.children().getFirst(), new Field(MapVector.KEY_NAME, key, false), path),
                            shape(entries.children().getLast(), Field.of(MapVector.VALUE_NAME, value), path));
                    yield new Shape.ListOf(field, group.definition(), entries.definition(), entries.repeats(),
                            new Shape.Struct(entry, entries.definition(), entries.witness(), children));
                }
                case DataType.Struct(RowType row) when isStruct(group) -> {
                    List<Shape> children = row.fields().stream().map(f -> of(group, f, path + ".")).toList();
                    yield new Shape.Struct(field, group.definition(), witness(group, children), children);
                }
                default -> throw mismatch(node, field, path); // a rule: the shapes do not match
            };
        };
    }

    /// A leaf that is read anyway, if there is one.
    private static Leaf witness(Group group, List<Shape> children) {
        return children.stream().filter(child -> !(child instanceof Shape.Missing)).map(Shape::witness).findFirst()
                .orElseGet(group::witness);
    }

    private static boolean isStruct(Group group) {
        return !(group.annotation() instanceof Annotation.ListOf) && !(group.annotation() instanceof Annotation.MapOf)
                && !(group.annotation() instanceof Annotation.Other);
    }

    /// The repeated node of a list; empty where the group is none.
    private static Optional<SchemaNode> listed(Group group) {
        boolean list = group.annotation() instanceof Annotation.ListOf && group.children().size() == 1
                && group.children().getFirst().repetition() == Repetition.REPEATED;
        return list ? Optional.of(group.children().getFirst()) : Optional.empty();
    }

    /// The element inside the repeated node of a list. Older writers have no level between the two: then the repeated node is
    /// the element, and there is none inside.
    private static Optional<SchemaNode> inside(Group list, SchemaNode repeated) {
        return repeated instanceof Group group && group.children().size() == 1 && !group.name().equals("array")
                && !group.name().equals(list.name() + "_tuple")
                        ? Optional.of(group.children().getFirst())
                        : Optional.empty();
    }

    private static Optional<Group> entriesOf(Group group) {
        boolean map = group.annotation() instanceof Annotation.MapOf && group.children().size() == 1
                && group.children().getFirst() instanceof Group entries && entries.children().size() == 2
                && entries.repetition() == Repetition.REPEATED;
        return map ? Optional.of((Group) group.children().getFirst()) : Optional.empty();
    }

    private static ColumnMismatch mismatch(SchemaNode node, Field field, String path) {
        String has = typeOf(node).map(DataType::sql)
                .orElseGet(() -> node.annotation() instanceof Annotation.Other(String name)
                        ? name
                        : "a type that is not read here");
        return new ColumnMismatch(
                "has column " + path + " as " + has + ", which cannot be read as " + field.type().sql());
    }

    /// The columns that a file has of itself; all may be NULL.
    ///
    /// @throws UnsupportedFile where one of them has a type that is not read here
    static RowType rowType(Group group) {
        List<Field> fields = new ArrayList<>();
        for (SchemaNode node : group.children()) {
            fields.add(Field.of(node.name(), typeOf(node).orElseThrow(() -> new UnsupportedFile("column " + node.name()
                    + " is of a type that is not read here"
                    + (node.annotation() instanceof Annotation.Other(String name) ? ", " + name : "")
                    + "; name the other columns to read them"))));
        }
        return new RowType(fields);
    }

    private static Optional<DataType> typeOf(SchemaNode node) {
        return node.repetition() == Repetition.REPEATED
                ? singleTypeOf(node).map(type -> new DataType.ArrayOf(type, true))
                : singleTypeOf(node);
    }

    private static Optional<DataType> singleTypeOf(SchemaNode node) {
        return switch (node) {
            case Leaf leaf -> ValueForms.typeOf(leaf);
            case Group group when listed(group).isPresent() -> {
                SchemaNode repeated = listed(group).orElseThrow();
                Optional<SchemaNode> inner = inside(group, repeated);
                yield (inner.isPresent() ? typeOf(inner.get()) : singleTypeOf(repeated))
                        .map(type -> new DataType.ArrayOf(type, true));
            }
            case Group group when entriesOf(group).isPresent() -> {
                Group entries = entriesOf(group).orElseThrow();
                yield typeOf(entries.children().getFirst()).flatMap(key -> typeOf(entries.children().getLast())
                        .map(value -> new DataType.MapOf(key, value, true)));
            }
            case Group group when isStruct(group) -> struct(group);
            case Group _ -> Optional.empty();
        };
    }

    private static Optional<DataType> struct(Group group) {
        List<Field> fields = new ArrayList<>();
        for (SchemaNode child : group.children()) {
            Optional<DataType> type = typeOf(child);
            if (type.isEmpty()) {
                return Optional.empty();
            }
            fields.add(Field.of(child.name(), type.get()));
        }
        return fields.isEmpty() ? Optional.empty() : Optional.of(new DataType.Struct(new RowType(fields)));
    }
}
