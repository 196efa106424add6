package dev.thalweg.planner;

import dev.thalweg.planner.catalog.Catalog;
import dev.thalweg.planner.catalog.CatalogEntry;
import dev.thalweg.planner.function.FunctionRegistry;
import dev.thalweg.planner.incremental.PlanNode;
import dev.thalweg.planner.incremental.Rewrite;
import dev.thalweg.planner.logical.Conversion;
import dev.thalweg.planner.logical.LogicalPlan;
import dev.thalweg.planner.logical.PlanSteps;
import dev.thalweg.planner.logical.Tables;
import dev.thalweg.planner.logical.ViewTables;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// Makes logical plans of one session: of SQL's syntax trees and of the steps of a Dataset, by the same rules.
///
/// **Errors** `InvalidQuery`, with every problem that can be found at once.
/// **Thread** Any; one query is planned at a time.
public final class QueryPlanner {
    private static final String INPUT = "$input";

    private final Catalog catalog;
    private final RelOptCluster cluster = Conversion.newCluster();
    private final Conversion conversion;
    private final PlanSteps steps;
    private final FunctionRegistry functions;

    public QueryPlanner(Catalog catalog, FunctionRegistry functions) {
        this(catalog, functions, Rewrite.ALL);
    }

    /// A planner whose plans have these rewrites only.
    public QueryPlanner(Catalog catalog, FunctionRegistry functions, Set<Rewrite> rewrites) {
        this.catalog = catalog;
        this.functions = functions;
        this.conversion = new Conversion(cluster, functions, rewrites.contains(Rewrite.PUSH_DOWN));
        this.steps = new PlanSteps(cluster, functions);
    }

    public LogicalPlan plan(SqlNode query) {
        return plan(query, "", Map.of());
    }

    /// Plans a query over the catalog alone.
    ///
    /// @param text what the query was parsed from, so that an error can show the line
    public LogicalPlan plan(SqlNode query, String text) {
        return plan(query, text, Map.of());
    }

    /// Plans a query that was never text, over relations that may have no name in the catalog.
    ///
    /// @param relations what names in FROM mean before the catalog is asked, whatever their case
    public LogicalPlan plan(SqlNode query, Map<String, LogicalPlan> relations) {
        return plan(query, "", relations);
    }

    public synchronized LogicalPlan plan(SqlNode query, String text, Map<String, LogicalPlan> relations) {
        try {
            return conversion.plan(query, text, new Tables(cluster, catalog, relations));
        } catch (StackOverflowError e) {
            throw new InvalidQuery("THW-1004",
                    "The query is nested too deeply to be planned. Nest less: name parts of it in"
                            + " views or WITH clauses that are materialized, or shorten chains of calls and casts.",
                    e);
        }
    }

    /// The column that a SELECT of `expression` from `input` would give; its name is the one it would have.
    public RowType typeOf(SqlNode expression, LogicalPlan input) {
        SqlParserPos place = expression.getParserPosition();
        SqlSelect select = select(place, SqlNodeList.of(expression), new SqlIdentifier(INPUT, place));
        return plan(select, Map.of(INPUT, input)).schema();
    }

    @SuppressWarnings("NullAway") // absent clauses are null in Calcite
    private static SqlSelect select(SqlParserPos place, SqlNodeList items, @Nullable SqlNode from) {
        return new SqlSelect(place, SqlNodeList.EMPTY, items, from, null, null, null, SqlNodeList.EMPTY, null, null,
                null,
                null, null);
    }

    /// The functions that a query may call.
    public FunctionRegistry functions() {
        return functions;
    }

    /// All rows of a source that the catalog does not know: what `read()` and `readStream()` load.
    public synchronized LogicalPlan scan(PlanNode.TableSource source) {
        return new LogicalPlan(Tables.scan(cluster, source));
    }

    /// Declares `column` the event time. A plan that reads no stream stays as it is.
    public synchronized LogicalPlan withWatermark(LogicalPlan input, String column, long delayMicros) {
        return steps.withWatermark(input, column, delayMicros);
    }

    /// Says something of the rows of a plan, as a hint in SQL does.
    public synchronized LogicalPlan hint(LogicalPlan input, String name, List<String> arguments) {
        return steps.hint(input, name, arguments);
    }

    /// A query under a name, for the catalog.
    ///
    /// @param views that its text names: once one of them is another, this one is refused
    public CatalogEntry.View view(String name, LogicalPlan plan, boolean temporary, List<CatalogEntry.View> views) {
        return new CatalogEntry.View(name, plan.rel(), plan.shownSchema(), temporary,
                ViewTables.of(plan.rel(), catalog), views);
    }

    /// Draws rows by chance.
    ///
    /// @param fraction of all rows, from 0 to 1
    /// @param seed with one the row itself decides, else chance
    public synchronized LogicalPlan sample(LogicalPlan input, boolean withReplacement, double fraction,
            OptionalLong seed) {
        return steps.sample(input, withReplacement, fraction, seed);
    }

    /// Keeps the first row of each that have the same values.
    ///
    /// @param columns whose values identify a row; empty means all
    public synchronized LogicalPlan dropDuplicates(LogicalPlan input, List<String> columns) {
        return steps.dropDuplicates(input, columns);
    }

    /// Keeps the first row of each that have the same values, until the watermark lets go of them.
    ///
    /// @param columns whose values identify a row; empty means all
    public synchronized LogicalPlan dropDuplicatesWithinWatermark(LogicalPlan input, List<String> columns) {
        return steps.dropDuplicatesWithinWatermark(input, columns);
    }

    /// The same columns under other names, such as those of CREATE VIEW v (a, b).
    public synchronized LogicalPlan rename(LogicalPlan input, List<String> names) {
        return steps.rename(input, names);
    }

    /// Rows written in a program; values as `DataType` lists them, null for NULL.
    public synchronized LogicalPlan values(RowType schema, List<? extends List<? extends @Nullable Object>> rows) {
        return steps.values(schema, rows);
    }

    /// What is written into a table: the query's columns, by position, as the table's types and under its names.
    public synchronized LogicalPlan coerceTo(LogicalPlan query, RowType target, String targetName) {
        return steps.coerceTo(query, target, targetName);
    }
}
