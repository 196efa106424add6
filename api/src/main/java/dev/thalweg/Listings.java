package dev.thalweg;

import dev.thalweg.execution.progress.QueryProgress;
import dev.thalweg.execution.trigger.QueryRun;
import dev.thalweg.parser.Statement.Show;
import dev.thalweg.planner.catalog.CatalogEntry;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.types.DataTypes;
import dev.thalweg.types.StructType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What SHOW and DESCRIBE answer.
final class Listings {
    private static final StructType TABLES = new StructType().add("name", DataTypes.StringType)
            .add("kind", DataTypes.StringType).add("format", DataTypes.StringType)
            .add("isTemporary", DataTypes.BooleanType);
    private static final StructType QUERIES = new StructType().add("name", DataTypes.StringType)
            .add("status", DataTypes.StringType).add("trigger", DataTypes.LongType)
            .add("inputRows", DataTypes.LongType).add("id", DataTypes.StringType);
    private static final StructType COLUMNS = new StructType().add("col_name", DataTypes.StringType)
            .add("data_type", DataTypes.StringType).add("nullable", DataTypes.BooleanType);
    private static final StructType PROPERTIES = new StructType().add("property", DataTypes.StringType).add("value",
            DataTypes.StringType);

    private final ThalwegSession session;

    Listings(ThalwegSession session) {
        this.session = session;
    }

    Dataset<Row> show(Show show) {
        Predicate<String> wanted = show.pattern().map(Listings::pattern).orElse(_ -> true);
        return switch (show.what()) {
            case TABLES -> rows(TABLES, session.tableCatalog().list().stream().filter(e -> wanted.test(e.name()))
                    .map(Listings::table).toList());
            case QUERIES -> rows(QUERIES, session.engine().active().stream()
                    .filter(run -> wanted.test(run.name().orElse(""))).map(Listings::query).toList());
            case FUNCTIONS -> rows(new StructType().add("function", DataTypes.StringType), session.planner().functions()
                    .names().stream().filter(wanted).map(name -> RowFactory.create(name)).toList());
        };
    }

    /// `*` and `%` stand for any letters, `|` between alternatives; case does not matter.
    private static Predicate<String> pattern(String text) {
        StringBuilder regex = new StringBuilder();
        for (String literal : text.splitWithDelimiters("[*%|]", -1)) {
            regex.append(switch (literal) {
                case "*", "%" -> ".*";
                case "|" -> "|";
                default -> literal.isEmpty() ? "" : Pattern.quote(literal);
            });
        }
        return Pattern.compile(regex.toString(), Pattern.CASE_INSENSITIVE).asMatchPredicate();
    }

    private Dataset<Row> rows(StructType schema, List<Row> rows) {
        return session.createDataFrame(rows, schema);
    }

    private static Row table(CatalogEntry entry) {
        String format = entry instanceof CatalogEntry.Table table ? table.format() : null;
        String kind = entry instanceof CatalogEntry.Result ? "materialized view" : entry.kind();
        return RowFactory.create(entry.name(), kind, format, entry.temporary());
    }

    private static Row query(QueryRun run) {
        Optional<QueryProgress> last = run.lastProgress();
        long inputRows = run.recentProgress().stream().mapToLong(QueryProgress::numInputRows).sum();
        return RowFactory.create(run.name().orElse(null), run.status().message(),
                last.map(QueryProgress::batchId).orElse(null), inputRows, run.id().toString());
    }

    Dataset<Row> describe(String name) {
        return columns(session.tableCatalog().get(name).schema());
    }

    Dataset<Row> columns(RowType schema) {
        return rows(COLUMNS, schema.fields().stream().map(f -> RowFactory.create(f.name(),
                f.type().sql().toLowerCase(Locale.ROOT), f.nullable())).toList());
    }

    Dataset<Row> describeQuery(QueryRun run) {
        List<Row> rows = new ArrayList<>();
        rows.add(RowFactory.create("name", run.name().orElse(null)));
        rows.add(RowFactory.create("id", run.id().toString()));
        rows.add(RowFactory.create("runId", run.runId().toString()));
        rows.add(RowFactory.create("status", run.status().message()));
        rows.add(RowFactory.create("lateRows", Long.toString(run.lateRows().count())));
        run.lastProgress().ifPresent(progress -> rows.add(RowFactory.create("lastProgress", progress.prettyJson())));
        rows.add(RowFactory.create("plan", run.explain()));
        return rows(PROPERTIES, rows);
    }

    Dataset<Row> describeFunction(String name) {
        List<String> signatures = session.planner().functions().describe(name);
        return rows(new StructType().add("signature", DataTypes.StringType),
                signatures.stream().map(signature -> RowFactory.create(signature)).toList());
    }
}
