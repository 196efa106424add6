package dev.thalweg.planner.logical;

import dev.thalweg.planner.catalog.Catalog;
import dev.thalweg.planner.catalog.CatalogEntry;
import dev.thalweg.planner.function.QueryProblem;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.PlanNode.TableSource;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Holds a view to the tables and views it was made over: its plan keeps where they were, so without this it would go on to answer from
/// a table that was dropped, or read another's rows as that one's.
public final class ViewTables {
    private ViewTables() {}

    /// The names of the catalog that a plan reads, in lower case.
    public static Set<String> of(RelNode plan, Catalog catalog) {
        Set<String> names = new HashSet<>(sources(plan).keySet());
        names.removeIf(name -> catalog.findLasting(name).isEmpty());
        return names;
    }

    /// **Errors** [QueryProblem] THW-1119 when a table or view of the view is gone or another one.
    static void check(CatalogEntry.View view, Catalog catalog, SqlParserPos place) {
        for (CatalogEntry.View below : view.views()) {
            Optional<CatalogEntry> now = catalog.find(below.name()).filter(known -> isSame(known, below))
                    .or(() -> catalog.findLasting(below.name()));
            if (!(now.orElse(below) instanceof CatalogEntry.View known) || now.isEmpty() || !isSame(known, below)) {
                throw changed(view, below.name(), now.isEmpty(), now.map(CatalogEntry::kind).orElse(""), place);
            }
            check(known, catalog, place);
        }
        sources(view.plan()).forEach((name, source) -> {
            boolean isThere = !view.tables().contains(name)
                    || catalog.findLasting(name).filter(now -> isSame(now, source)).isPresent();
            if (!isThere) {
                throw changed(view, source.name(), catalog.findLasting(name).isEmpty(), "table", place);
            }
        });
    }

    private static QueryProblem changed(CatalogEntry.View view, String below, boolean isGone, String kind,
            SqlParserPos place) {
        return new QueryProblem("THW-1119", "View '" + view.name() + "' reads '" + below + "', which "
                + (isGone ? "was dropped" : "is another " + kind + " now") + ".", place,
                (isGone ? "Create it again as it was, or the" : "Create the") + " view anew: CREATE OR REPLACE VIEW "
                        + view.name() + " AS ….");
    }

    private static boolean isSame(CatalogEntry now, CatalogEntry.View before) {
        return now instanceof CatalogEntry.View view
                && view.schema().equals(before.schema())
                && view.plan().deepEquals(before.plan());
    }

    private static boolean isSame(CatalogEntry now, TableSource source) {
        return switch (now) {
            case CatalogEntry.Table table -> table.format().equals(source.format())
                    && table.sourceOptions().equals(source.options())
                    && table.schema().asNullable().equals(source.schema().asNullable());
            case CatalogEntry.Result result -> result.schema().asNullable().equals(source.schema().asNullable());
            case CatalogEntry.View _ -> false;
        };
    }

    private static Map<String, TableSource> sources(RelNode plan) {
        Map<String, TableSource> sources = new LinkedHashMap<>();
        collect(plan, sources);
        return sources;
    }

    /// A query of WITH RECURSIVE that reads itself, whose name hides a table's.
    static boolean isRecursion(TableSource source) {
        return source.format().equals(PlanNode.Recursion.ROWS_FORMAT);
    }

    private static void collect(RelNode rel, Map<String, TableSource> sources) {
        TableSource source = rel.getTable() == null ? null : rel.getTable().unwrap(TableSource.class);
        if (source != null && !isRecursion(source)) {
            sources.put(source.name().toLowerCase(Locale.ROOT), source);
        }
        rel.getInputs().forEach(input -> collect(input, sources));
    }
}
