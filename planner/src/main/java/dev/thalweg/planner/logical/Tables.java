package dev.thalweg.planner.logical;

import dev.thalweg.planner.catalog.Catalog;
import dev.thalweg.planner.catalog.CatalogEntry;
import dev.thalweg.planner.function.QueryProblem;
import dev.thalweg.planner.incremental.PlanNode.TableSource;
import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelHomogeneousShuttle;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.sql.SqlIdentifier;

/// What a FROM clause can name: the inputs that a program handed over, then what the catalog holds.
public final class Tables {
    private static final String RESULT_FORMAT = "result";

    private final RelOptCluster cluster;
    private final Catalog catalog;
    private final Map<String, LogicalPlan> inputs = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final List<CatalogEntry.View> views = new ArrayList<>();

    public Tables(RelOptCluster cluster, Catalog catalog, Map<String, LogicalPlan> inputs) {
        this.cluster = cluster;
        this.catalog = catalog;
        this.inputs.putAll(inputs);
    }

    /// **Errors** [QueryProblem] when the table cannot be read this way.
    Optional<Relation> find(SqlIdentifier table, boolean asStream) {
        String name = String.join(".", table.names);
        LogicalPlan input = inputs.get(name);
        if (input != null) {
            return Optional.of(new Relation("dataset", name, input.rel()));
        }
        return catalog.find(name).map(entry -> switch (entry) {
            case CatalogEntry.Table known -> new Relation(known.kind(), known.name(), scan(known, asStream));
            case CatalogEntry.View view -> {
                ViewTables.check(view, catalog, table.getParserPosition());
                if (!views.contains(view)) {
                    views.add(view);
                }
                yield new Relation(view.kind(), view.name(), asStream ? streamed(view, table) : view.plan());
            }
            case CatalogEntry.Result result ->
                    new Relation(result.kind(), result.name(), result(result, asStream, table));
        });
    }

    /// A column that says when a row is valid from.
    record EventTime(int column, String name) {}

    /// The event time of a table, stream or view; empty where it has none.
    Optional<EventTime> eventTime(SqlIdentifier table, boolean asStream) {
        Optional<CatalogEntry.Table> declared = inputs.containsKey(String.join(".", table.names))
                ? Optional.empty()
                : catalog.find(String.join(".", table.names)).filter(CatalogEntry.Table.class::isInstance)
                        .map(CatalogEntry.Table.class::cast);
        if (declared.isPresent()) {
            RowType schema = declared.get().schema();
            return declared.get().watermark().flatMap(time -> schema.indexOf(time.column()).stream()
                    .mapToObj(column -> new EventTime(column, schema.names().get(column))).findFirst());
        }
        return find(table, asStream).map(Relation::rel).flatMap(rel -> {
            int column = watermarked(rel);
            return column < 0
                    ? Optional.empty()
                    : Optional.of(new EventTime(column,
                            ColumnMarks.shown(rel.getRowType().getFieldNames().get(column))));
        });
    }

    private static int watermarked(RelNode rel) {
        return switch (rel) {
            case LogicalWatermark watermark -> watermark.column();
            case LogicalLives lives -> watermarked(lives.getInput());
            case Filter filter -> watermarked(filter.getInput());
            case Project project -> {
                int below = watermarked(project.getInput());
                yield java.util.stream.IntStream.range(0, project.getProjects().size())
                        .filter(i -> project.getProjects().get(i) instanceof RexInputRef ref && ref.getIndex() == below)
                        .findFirst().orElse(-1);
            }
            default -> -1; // a rule: of other nodes nobody says which time is meant
        };
    }

    /// The views of the catalog that were found.
    List<CatalogEntry.View> views() {
        return views;
    }

    /// What to do about a name that is not there.
    String hint(String name) {
        return catalog.hint(name);
    }

    /// NOT NULL is what a table asks of those who write to it. What lies in files nobody has checked, and a field that is
    /// missing or does not fit is NULL; so on reading, every column may be NULL, as in Spark.
    RelNode scan(CatalogEntry.Table table, boolean streaming) {
        RelNode scan = scan(new TableSource(table.name(), table.format(), table.sourceOptions(),
                table.schema().asNullable(), streaming));
        return streaming ? table.watermark().map(declared -> watermark(scan, table, declared)).orElse(scan) : scan;
    }

    private RelNode scan(TableSource source) {
        return scan(cluster, source);
    }

    /// A scan of a source, whether the catalog knows it or not.
    public static RelNode scan(RelOptCluster cluster, TableSource source) {
        return SourceScan.of(cluster,
                TypeMapping.rel(cluster.getTypeFactory(), ColumnMarks.marked(source.schema())), source);
    }

    private static RelNode watermark(RelNode scan, CatalogEntry.Table table, CatalogEntry.DeclaredWatermark declared) {
        int column = table.schema().indexOf(declared.column())
                .orElseThrow(() -> unknownColumn(table, declared.column()));
        return LogicalWatermark.create(scan, column, declared.delayMicros());
    }

    private static QueryProblem unknownColumn(CatalogEntry.Table table, String column) {
        return new QueryProblem("THW-1104", "Unknown column '" + column + "' in the watermark of " + table.kind() + " '"
                + table.name() + "'.", org.apache.calcite.sql.parser.SqlParserPos.ZERO,
                "The " + table.kind() + " has: " + String.join(", ", table.schema().names()) + ".");
    }

    private RelNode result(CatalogEntry.Result result, boolean asStream, SqlIdentifier place) {
        if (asStream) {
            throw new QueryProblem("THW-1103",
                    "'" + result.name() + "' is the result of a query and cannot be read as a stream.",
                    place.getParserPosition(), "Read it as of now, without STREAM, or make a view of its query.");
        }
        RowType schema = result.schema();
        TableOptions options = result.query().equals(result.name())
                ? TableOptions.none()
                : TableOptions.none().with("query", result.query());
        if (result.output() > 0) {
            options = options.with("output", Integer.toString(result.output()));
        }
        return scan(new TableSource(result.name(), RESULT_FORMAT, options, schema, false));
    }

    /// A view over streams, read as one: its streams are, its tables stay as of now.
    private RelNode streamed(CatalogEntry.View view, SqlIdentifier place) {
        RelNode streamed = view.plan().accept(new RelHomogeneousShuttle() {
            @Override
            public RelNode visit(RelNode other) {
                return other instanceof TableScan scan ? streamed(scan) : super.visit(other);
            }

            @Override
            public RelNode visit(TableScan scan) {
                return streamed(scan);
            }
        });
        if (!LogicalPlan.isStreaming(streamed)) {
            throw new QueryProblem("THW-1103", "View '" + view.name() + "' reads no stream.", place.getParserPosition(),
                    "Read it without STREAM, or write STREAM before a table inside the view.");
        }
        return streamed;
    }

    private RelNode streamed(TableScan scan) {
        TableSource source = scan.getTable().unwrap(TableSource.class);
        boolean stream = source != null && !source.streaming() && !ViewTables.isRecursion(source)
                && catalog.find(source.name().toLowerCase(Locale.ROOT)).filter(CatalogEntry.Table.class::isInstance)
                        .map(CatalogEntry.Table.class::cast).filter(CatalogEntry.Table::unbounded).isPresent();
        return stream
                ? scan((CatalogEntry.Table) catalog.get(java.util.Objects.requireNonNull(source).name()), true)
                : scan;
    }
}
