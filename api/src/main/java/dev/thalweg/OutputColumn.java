package dev.thalweg;

import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.apache.calcite.sql.SqlIdentifier;

/// A column of a scope: how a SELECT from it says this column and no other, and whose column it is.
///
/// @param name as it is shown; two may have one
/// @param reference the parts of a name that means this column alone
/// @param dataset the id of the dataset that the relation in FROM is
/// @param origins which columns of which datasets it is, so that `l.col("v")` keeps to it
record OutputColumn(String name, List<String> reference, String dataset, Set<Origin> origins) {
    OutputColumn {
        reference = List.copyOf(reference);
        origins = Set.copyOf(origins);
    }

    /// What `Dataset.col(column)` means: a column that keeps its identity when names repeat.
    ///
    /// @param column in lower case
    record Origin(String dataset, String column) {
        static Origin of(String dataset, String column) {
            return new Origin(dataset, column.toLowerCase(Locale.ROOT));
        }

        static Origin of(SqlIdentifier name) {
            return of(name.names.get(0), name.names.get(1));
        }
    }

    /// Whether it is the column of that dataset itself, and not of one that was made from it.
    boolean isOwn(Origin origin) {
        return dataset.equals(origin.dataset()) && origins.contains(origin);
    }

    boolean isNamed(String wanted) {
        return name.equalsIgnoreCase(wanted);
    }

    OutputColumn with(Origin origin) {
        Set<Origin> more = new HashSet<>(origins);
        more.add(origin);
        return new OutputColumn(name, reference, dataset, more);
    }

    OutputColumn without(Set<Origin> others) {
        Set<Origin> fewer = new HashSet<>(origins);
        fewer.removeAll(others);
        return new OutputColumn(name, reference, dataset, fewer);
    }

    Column column() {
        return new Column(Column.identifier(reference));
    }
}
