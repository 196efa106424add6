package dev.thalweg.planner.catalog;

import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.RowType;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rel.RelNode;

/// Something that a FROM clause may name.
public sealed interface CatalogEntry {
    /// As it was written when it was made.
    String name();

    RowType schema();

    /// "table", "stream", "view" or "result", for messages and SHOW TABLES.
    String kind();

    /// Gone with the session, and in front of a lasting entry of the same name.
    default boolean temporary() {
        return false;
    }

    /// A table that a connector reads or writes.
    ///
    /// @param unbounded made by CREATE STREAM: only then may it carry a watermark
    record Table(String name, String format, TableOptions options, RowType schema, boolean unbounded,
            Optional<DeclaredWatermark> watermark) implements CatalogEntry {
        /// Options of a table that say how it is written to; its source knows nothing of them.
        public static final List<String> TARGET_OPTIONS = List.of("checkpointLocation", "outputMode",
                "lateTable", "stateTtl", "thalweg.partitionBy");

        /// What a source is opened with.
        public TableOptions sourceOptions() {
            return sourceOptions(options);
        }

        public static TableOptions sourceOptions(TableOptions all) {
            TableOptions left = all;
            for (String option : TARGET_OPTIONS) {
                left = left.without(option);
            }
            return left;
        }

        @Override
        public String kind() {
            return unbounded ? "stream" : "table";
        }
    }

    /// WATERMARK FOR `column`: rows may be this late.
    record DeclaredWatermark(String column, long delayMicros) {}

    /// A query under a name.
    ///
    /// @param tables of the catalog that the plan reads, in lower case
    /// @param views that the query names, as they were then
    record View(String name, RelNode plan, RowType schema, boolean temporary, Set<String> tables, List<View> views)
            implements
                CatalogEntry {
        public View {
            tables = Set.copyOf(tables);
            views = List.copyOf(views);
        }

        @Override
        public String kind() {
            return "view";
        }
    }

    /// What a continuous query keeps up to date in memory: a materialized view or a memory sink.
    ///
    /// @param query the name of that query, which is another one for `INSERT INTO name AS QUERY query`
    /// @param output which of the query's results
    record Result(String name, RowType schema, String query, int output) implements CatalogEntry {
        public Result(String name, RowType schema, String query) {
            this(name, schema, query, 0);
        }

        public Result(String name, RowType schema) {
            this(name, schema, name);
        }

        @Override
        public String kind() {
            return "result";
        }
    }
}
