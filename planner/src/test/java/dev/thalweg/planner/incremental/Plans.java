package dev.thalweg.planner.incremental;

import dev.thalweg.parser.StatementParser;
import dev.thalweg.planner.QueryPlanner;
import dev.thalweg.planner.catalog.Catalog;
import dev.thalweg.planner.catalog.CatalogEntry;
import dev.thalweg.planner.catalog.CatalogEntry.DeclaredWatermark;
import dev.thalweg.planner.explain.ExplainPrinter;
import dev.thalweg.planner.function.FunctionRegistry;
import dev.thalweg.planner.logical.LogicalPlan;
import dev.thalweg.spi.TableOptions;
import java.util.Optional;

/// A small catalog and the plans of queries over it, as EXPLAIN prints them.
final class Plans {
    private final Catalog catalog = new Catalog();
    private final QueryPlanner planner = new QueryPlanner(catalog, FunctionRegistry.load());

    Plans() {
        stream("clicks", "user STRING, url STRING, amount INT, ts TIMESTAMP",
                Optional.of(new DeclaredWatermark("ts", 10_000_000)));
        stream("lines", "value STRING", Optional.empty());
        table("users", "name STRING, city STRING, age INT");
    }

    private void stream(String name, String ddl, Optional<DeclaredWatermark> watermark) {
        catalog.create(
                new CatalogEntry.Table(name, "memory", TableOptions.none(), StatementParser.parseSchema(ddl), true,
                        watermark));
    }

    private void table(String name, String ddl) {
        catalog.create(new CatalogEntry.Table(name, "csv", TableOptions.none(), StatementParser.parseSchema(ddl), false,
                Optional.empty()));
    }

    LogicalPlan logical(String sql) {
        return planner.plan(StatementParser.parseQuery(sql), sql);
    }

    StreamPlan stream(String sql, OutputMode mode) {
        return IncrementalPlanner.stream(logical(sql), mode);
    }

    String explain(String sql, OutputMode mode) {
        return ExplainPrinter.print(stream(sql, mode));
    }

    String explainBatch(String sql) {
        return ExplainPrinter.print(IncrementalPlanner.batch(logical(sql)));
    }
}
