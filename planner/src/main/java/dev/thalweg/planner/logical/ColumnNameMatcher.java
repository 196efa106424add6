package dev.thalweg.planner.logical;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rel.type.RelDataTypeFieldImpl;
import org.apache.calcite.sql.validate.SqlNameMatcher;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.jspecify.annotations.Nullable;

/// Finds columns by the names that users see, whatever their case. A name that two columns are shown under finds neither.
final class ColumnNameMatcher implements SqlNameMatcher {
    /// The index of a column that cannot be told from another; the validator says then that there is none.
    static final int AMBIGUOUS = -1;

    private final SqlNameMatcher plain = SqlNameMatchers.withCaseSensitive(false);

    @Override
    public @Nullable RelDataTypeField field(RelDataType row, String name) {
        RelDataTypeField exact = row.getField(name, true, false);
        if (exact != null) {
            return exact;
        }
        RelDataTypeField unmarked = plain.field(row, name);
        if (unmarked != null) {
            return unmarked;
        }
        List<RelDataTypeField> meant = row.getFieldList().stream().filter(field -> isMeant(field.getName(), name))
                .toList();
        return meant.size() < 2
                ? meant.stream().findFirst().orElse(null)
                : new RelDataTypeFieldImpl(name, AMBIGUOUS, meant.getFirst().getType());
    }

    private static boolean isMeant(String column, String name) {
        return ColumnMarks.isMarked(column) && !ColumnMarks.isCopy(column)
                && ColumnMarks.shown(column).equalsIgnoreCase(name);
    }

    @Override
    public int frequency(Iterable<String> columns, String name) {
        return plain.frequency(columns, name)
                + (int) StreamSupport.stream(columns.spliterator(), false).filter(c -> isMeant(c, name)).count();
    }

    @Override
    public boolean isCaseSensitive() {
        return plain.isCaseSensitive();
    }

    @Override
    public boolean matches(String string, String name) {
        return plain.matches(string, name);
    }

    @Override
    public <K extends List<String>, V> @Nullable V get(Map<K, V> map, List<String> prefix, List<String> names) {
        return plain.get(map, prefix, names);
    }

    @Override
    public String bestString() {
        return plain.bestString();
    }

    @Override
    public Set<String> createSet() {
        return plain.createSet();
    }
}
