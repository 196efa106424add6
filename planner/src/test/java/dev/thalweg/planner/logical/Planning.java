package dev.thalweg.planner.logical;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.thalweg.parser.StatementParser;
import dev.thalweg.planner.QueryPlanner;
import dev.thalweg.planner.catalog.Catalog;
import dev.thalweg.planner.catalog.CatalogEntry;
import dev.thalweg.planner.catalog.CatalogEntry.DeclaredWatermark;
import dev.thalweg.planner.function.FunctionRegistry;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.Optional;

/// A session with a stream and a table, for the specifications of this package.
final class Planning {
    final Catalog catalog = new Catalog();
    final QueryPlanner planner = new QueryPlanner(catalog, FunctionRegistry.load());

    Planning() {
        catalog.create(table("clicks", "user STRING, url STRING, n INT, ts TIMESTAMP, tags ARRAY<STRING>,"
                + " counts MAP<STRING, INT>, place STRUCT<city: STRING, at: STRUCT<x: DOUBLE>>, price DECIMAL(10,2), day DATE",
                true, Optional.of(new DeclaredWatermark("ts", 10_000_000))));
        catalog.create(table("users", "id STRING NOT NULL, age INT, country STRING", false, Optional.empty()));
    }

    private static CatalogEntry table(String name, String columns, boolean stream,
            Optional<DeclaredWatermark> watermark) {
        return new CatalogEntry.Table(name, "json", TableOptions.none(), StatementParser.parseSchema(columns), stream,
                watermark);
    }

    LogicalPlan plan(String sql) {
        return planner.plan(StatementParser.parseQuery(sql), sql);
    }

    void plans(String sql, String expected) {
        assertThat(plan(sql).text().replace("\r", "").stripTrailing()).isEqualTo(expected.stripTrailing());
    }

    /// The types of the columns of `SELECT expressions FROM clicks`.
    void types(String expressions, String expected) {
        String types = String.join(", ", plan("SELECT " + expressions + " FROM clicks").schema().fields().stream()
                .map(field -> field.type().sql() + (field.nullable() ? "" : " NOT NULL")).toList());
        assertThat(types).isEqualTo(expected);
    }

    void refuses(String sql, String expected) {
        InvalidQuery error = catchThrowableOfType(InvalidQuery.class, () -> plan(sql));
        assertThat(error).isNotNull();
        assertThat(error.getMessage()).isEqualTo(expected.stripTrailing());
    }
}
