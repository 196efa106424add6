package dev.thalweg.planner.logical;

import java.util.List;
import org.apache.calcite.prepare.Prepare;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.impl.AbstractTable;
import org.jspecify.annotations.Nullable;

/// One thing that a FROM clause of the query being planned names, already known as a rel: a scan, a view, an input of a Dataset.
///
/// Calcite finds it in a schema made for this query alone, as a [Prepare.PreparingTable].
final class Relation extends AbstractTable {
    private final String kind;
    private final String name;
    private final RelNode rel;
    private final String key;

    /// @param kind such as "stream", for messages
    Relation(String kind, String name, RelNode rel) {
        this(kind, name, rel, name);
    }

    private Relation(String kind, String name, RelNode rel, String key) {
        this.kind = kind;
        this.name = name;
        this.rel = rel;
        this.key = key;
    }

    /// The same under the name by which the prepared query asks for it.
    Relation under(String wanted) {
        return new Relation(kind, name, rel, wanted);
    }

    String kind() {
        return kind;
    }

    /// Such as "stream 'clicks'"; what a program made has no name worth telling.
    String described() {
        return name.startsWith("$") ? "the " + kind : kind + " '" + name + "'";
    }

    RelNode rel() {
        return rel;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory types) {
        return rel.getRowType();
    }

    @Override
    public <C> @Nullable C unwrap(Class<C> type) {
        if (type == Prepare.PreparingTable.class) {
            return type.cast(new PlannedTable(List.of(key), rel.getRowType(), this, _ -> rel));
        }
        return super.unwrap(type);
    }
}
