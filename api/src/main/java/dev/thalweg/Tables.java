package dev.thalweg;

import dev.thalweg.execution.trigger.Connectors;
import dev.thalweg.execution.trigger.LateRows;
import dev.thalweg.execution.trigger.QuerySpec;
import dev.thalweg.parser.Statement;
import dev.thalweg.parser.Statement.CreateTable;
import dev.thalweg.parser.Statement.TableKind;
import dev.thalweg.planner.catalog.CatalogEntry;
import dev.thalweg.planner.catalog.CatalogEntry.DeclaredWatermark;
import dev.thalweg.planner.incremental.PlanNode.TableSource;
import dev.thalweg.planner.logical.LogicalPlan;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidOption;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.spi.error.ThalwegException;
import dev.thalweg.spi.error.Unavailable;
import dev.thalweg.spi.source.SourceContext;
import dev.thalweg.spi.source.SourceProvider;
import dev.thalweg.streaming.ReadRequest;
import dev.thalweg.streaming.WriteRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// Tables and streams by the words that make them: finds their connector, asks it for columns, puts them into the catalog.
final class Tables {
    private static final String INFER = "inferSchema";

    private Tables() {}

    /// What `read()` and `readStream()` load.
    static LogicalPlan load(ThalwegSession session, ReadRequest request, boolean streaming) {
        String format = request.format();
        TableOptions options = request.options();
        SourceProvider provider = session.engine().connectors().source(format);
        if (!streaming && !provider.readsAsBatch()) {
            throw new InvalidQuery("THW-3031", "The source '" + format
                    + "' has no rows as of now: it only flows. Read it with readStream() or FROM STREAM.");
        }
        TableOptions asked = streaming ? withInference(session, options) : options;
        RowType schema = provider.schema(asked, request.schema(), streaming, context(session)).asNullable();
        String name = options.text("path").map(path -> format + "[" + path + "]").orElse(format);
        return session.planner().scan(new TableSource(name, format, asked, schema, streaming));
    }

    private static TableOptions withInference(ThalwegSession session, TableOptions options) {
        boolean infers = session.conf().find(Setting.SCHEMA_INFERENCE).filter("true"::equalsIgnoreCase).isPresent();
        return infers && options.text(INFER).isEmpty() ? options.with(INFER, "true") : options;
    }

    static SourceContext context(ThalwegSession session) {
        return new SourceContext(Optional.empty(), session.engine().clock(), session.conf().zone(),
                session.memoryTables());
    }

    /// The rows of a memory table.
    static LogicalPlan memory(ThalwegSession session, String name, String memoryId, RowType schema, boolean streaming) {
        TableOptions options = TableOptions.none().with("memoryId", memoryId);
        return session.planner().scan(new TableSource(name, "memory", options, schema, streaming));
    }

    /// Rows of the memory table `id` that are there for a while; who reads them later is told that they are gone.
    static LogicalPlan passing(ThalwegSession session, String id, RowType schema) {
        TableOptions options = TableOptions.none().with("memoryId", id).with("mustExist", "true");
        return session.planner().scan(new TableSource(id, "memory", options, schema, false));
    }

    /// The rows that a query refused as late.
    static LogicalPlan late(ThalwegSession session, String query) {
        TableOptions options = TableOptions.none().with("query", query);
        return session.planner().scan(new TableSource("late(" + query + ")", "late", options, LateRows.TYPE, false));
    }

    /// Makes `late(query)` a name that FROM may use; listings leave it out.
    static void createLate(ThalwegSession session, String query) {
        session.tableCatalog().createOrReplace(new CatalogEntry.Table("late(" + query + ")", "late",
                TableOptions.none().with("query", query), LateRows.TYPE, false, Optional.empty()));
    }

    static void create(ThalwegSession session, CreateTable statement) {
        String name = statement.name().text();
        Optional<CatalogEntry> known = session.tableCatalog().find(name);
        if (known.isPresent() && statement.ifTaken() == Statement.IfTaken.KEEP) {
            return;
        }
        TableOptions options = statement.format().equalsIgnoreCase("memory")
                && statement.options().text("memoryId").isEmpty()
                        ? statement.options().with("memoryId", name)
                        : statement.options();
        boolean stream = statement.kind() == TableKind.STREAM;
        if (statement.ifTaken() == Statement.IfTaken.REPLACE) {
            checkReplaces(session, name, stream ? "STREAM" : "TABLE");
        }
        TargetOptions.check(options);
        RowType schema = schema(session, statement, options, stream);
        Optional<DeclaredWatermark> watermark = statement.watermark().map(w -> watermark(w, schema, name));
        if (!statement.partitionedBy().isEmpty()) {
            checkPartitions(session, statement, schema);
            options = options.with(TargetOptions.PARTITION_BY,
                    String.join(",", statement.partitionedBy().stream().map(Statement.Name::text).toList()));
        }
        CatalogEntry.Table table = new CatalogEntry.Table(name, statement.format(), options, schema, stream, watermark);
        if (statement.ifTaken() == Statement.IfTaken.REPLACE) {
            known.ifPresent(before -> forgetRows(session, before));
            session.tableCatalog().createOrReplace(table);
        } else {
            session.tableCatalog().create(table);
        }
    }

    /// A table without columns takes those of the query that writes into it, and is checked then.
    private static void checkPartitions(ThalwegSession session, CreateTable statement, RowType schema) {
        List<String> columns = statement.partitionedBy().stream().map(Statement.Name::text).toList();
        session.engine().connectors().findSink(statement.format()).filter(sink -> !sink.takesPartitions())
                .ifPresent(sink -> Connectors.refusePartitions("Sink '" + sink.format() + "'", columns));
        columns.stream().filter(name -> schema.size() > 0 && schema.indexOf(name).isEmpty()).findFirst()
                .ifPresent(name -> {
                    throw new InvalidQuery("THW-1104", "Unknown column '" + name + "' in PARTITIONED BY of '"
                            + statement.name().text() + "'.\nThe table has: " + String.join(", ", schema.names())
                            + ".");
                });
    }

    static InvalidQuery noTarget(CatalogEntry entry) {
        return new InvalidQuery("THW-3115",
                "'" + entry.name() + "' is a " + entry.kind()
                        + ", not a table that can be written to.\nMake a target with"
                        + " CREATE TABLE.");
    }

    /// The table that `toTable` writes to and that is not there yet. Its columns will be those of the query.
    static void createTarget(ThalwegSession session, String name, WriteRequest<?> request) {
        session.engine().connectors().sink(new QuerySpec.Target.ToSink(request.format(), request.options(),
                request.partitionBy())); // says which there are
        TableOptions options = request.partitionBy().isEmpty()
                ? request.options()
                : request.options().with(TargetOptions.PARTITION_BY, String.join(",", request.partitionBy()));
        session.tableCatalog().create(new CatalogEntry.Table(name, request.format(), options, new RowType(List.of()),
                false, Optional.empty()));
    }

    /// A stream is read, not written to; only the rows of one in memory come by INSERT.
    static void checkTakesRows(CatalogEntry.Table target) {
        if (target.unbounded() && !target.format().equalsIgnoreCase("memory")) {
            throw new InvalidQuery("THW-3115",
                    "'" + target.name() + "' is a stream, not a table that can be written to."
                            + " Make a target with CREATE TABLE.");
        }
    }

    /// A query whose result is to go there: it would take the stream's place.
    static void checkTakesQuery(CatalogEntry.Table target) {
        if (target.unbounded()) {
            throw new InvalidQuery("THW-3115",
                    "'" + target.name() + "' is a stream, which a query over another one cannot"
                            + " write to. Make a target with CREATE TABLE, or read the query's result as a view.");
        }
    }

    /// The result of a query hides nothing that somebody else made; that of an earlier query of the name gives way to it.
    ///
    /// **Errors** `THW-1102`
    static void checkIsFree(ThalwegSession session, String query) {
        session.tableCatalog().find(query).filter(known -> !(known instanceof CatalogEntry.Result))
                .ifPresent(known -> {
                    throw new InvalidQuery("THW-1102", "There is a " + known.kind() + " '" + known.name()
                            + "' already, so the result of a query cannot be read under that name.\n"
                            + "Give the query another with queryName(…), or DROP "
                            + known.kind().toUpperCase(Locale.ROOT)
                            + " " + known.name() + " first.");
                });
    }

    /// A table that shows the result of a query finds it by the query's name, so another query may not take that name.
    ///
    /// @param query who starts
    /// @param own the tables that show what it gives
    static void checkOthersKeepTheirs(ThalwegSession session, String query, List<String> own) {
        for (CatalogEntry entry : session.tableCatalog().list()) {
            if (entry instanceof CatalogEntry.Result result && result.query().equalsIgnoreCase(query)
                    && own.stream().noneMatch(result.name()::equalsIgnoreCase)) {
                throw new InvalidQuery("THW-1102", "'" + result.name() + "' shows the result of a query '"
                        + result.query() + "', and would lose it to another one of that name.\nGive this query"
                        + " another name, with AS QUERY … or queryName(…), or drop '" + result.name() + "' first.");
            }
        }
    }

    /// The result of a query becomes what a memory table holds, so the table may not hold anything else.
    ///
    /// **Errors** `THW-3115`
    static void checkIsEmpty(ThalwegSession session, CatalogEntry.Table target) {
        String id = target.options().text("memoryId", target.name());
        if (session.memoryTables().exists(id) && session.memoryTables().table(id).size() > 0) {
            throw new InvalidQuery("THW-3115", "'" + target.name() + "' holds rows that INSERT has put there, which the"
                    + " result of a query would replace. Let the query write into a table of its own, CREATE TABLE …"
                    + " USING memory, or make it a materialized view.");
        }
    }

    /// The stream in memory of that name: a new one, or the one that is there when it has these columns.
    ///
    /// **Errors** `THW-1102` when something else has the name
    static void createMemoryStream(ThalwegSession session, String name, RowType columns) {
        CatalogEntry.Table stream = new CatalogEntry.Table(name, "memory", TableOptions.none().with("memoryId", name),
                columns, true, Optional.empty());
        Optional<CatalogEntry> known = session.tableCatalog().find(name);
        if (known.isEmpty()) {
            session.tableCatalog().create(stream);
        } else if (!isMemoryStream(known.get(), name, columns)) {
            throw new InvalidQuery("THW-1102", "There is a " + known.get().kind() + " '" + known.get().name()
                    + "' already, which is no stream in memory with the columns " + columns.sql()
                    + ".\nChoose another name, or DROP it first.");
        }
    }

    private static boolean isMemoryStream(CatalogEntry entry, String id, RowType columns) {
        return entry instanceof CatalogEntry.Table table && table.unbounded()
                && table.format().equalsIgnoreCase("memory") && memoryId(table).filter(id::equals).isPresent()
                && table.schema().equals(columns);
    }

    /// CREATE OR REPLACE replaces like by like, as in Spark: whoever means another thing of that name shall see it.
    ///
    /// @param wanted what the statement makes: `TABLE`, `STREAM`, `VIEW` or `MATERIALIZED VIEW`
    static void checkReplaces(ThalwegSession session, String name, String wanted) {
        session.tableCatalog().findLasting(name).ifPresent(known -> {
            boolean isAlike = switch (known) {
                case CatalogEntry.Table _ -> wanted.equals("TABLE") || wanted.equals("STREAM");
                case CatalogEntry.View _ -> wanted.equals("VIEW");
                case CatalogEntry.Result _ -> wanted.equals("MATERIALIZED VIEW");
            };
            if (!isAlike) {
                String kind = known instanceof CatalogEntry.Result ? "materialized view" : known.kind();
                throw new InvalidQuery("THW-1117", "'" + known.name() + "' is a " + kind + ", which CREATE OR REPLACE "
                        + wanted + " does not replace. Choose another name, or DROP " + kind.toUpperCase(Locale.ROOT)
                        + " " + known.name() + " first.");
            }
        });
    }

    /// Frees the rows of a memory table that is gone, unless another table shows them too.
    static void forgetRows(ThalwegSession session, CatalogEntry gone) {
        memoryId(gone).ifPresent(id -> {
            boolean isShared = session.tableCatalog().list().stream()
                    .anyMatch(other -> !other.equals(gone) && memoryId(other).filter(id::equals).isPresent());
            if (!isShared) {
                session.memoryTables().drop(id);
            }
        });
    }

    private static Optional<String> memoryId(CatalogEntry entry) {
        return entry instanceof CatalogEntry.Table table ? table.options().text("memoryId") : Optional.empty();
    }

    private static DeclaredWatermark watermark(Statement.DeclaredWatermark declared, RowType schema, String table) {
        String column = declared.column().text();
        if (schema.indexOf(column).isEmpty()) {
            throw new InvalidQuery("THW-1104", "Unknown column '" + column + "' in WATERMARK FOR of stream '" + table
                    + "'.\nIt has: " + String.join(", ", schema.names()) + ".");
        }
        DataType type = schema.type(schema.indexOf(column).getAsInt());
        if (type != DataType.Simple.TIMESTAMP && type != DataType.Simple.TIMESTAMP_NTZ) {
            throw new InvalidQuery("THW-1206", "A watermark needs a TIMESTAMP, but '" + column + "' of stream '" + table
                    + "' is " + type.sql() + ".\nDeclare it as TIMESTAMP, or cast it in the query: FROM STREAM " + table
                    + " WATERMARK CAST(" + column + " AS TIMESTAMP) AS name DELAY OF ….");
        }
        return new DeclaredWatermark(column, declared.delayMicros());
    }

    /// Columns as declared, as INSERT has written them, or as the connector finds them. A table that is only written to yet may have none: they are
    /// looked for again when it is read.
    private static RowType schema(ThalwegSession session, CreateTable statement, TableOptions options, boolean stream) {
        Optional<SourceProvider> source = session.engine().connectors().findSource(statement.format());
        boolean isSink = session.engine().connectors().findSink(statement.format()).isPresent();
        if (source.isEmpty()) {
            if (!isSink) {
                session.engine().connectors().source(statement.format()); // says which there are
            }
            return statement.columns().orElseGet(() -> new RowType(List.of()));
        }
        if (source.get().isUnbounded() && !stream) {
            throw new InvalidQuery("THW-3023", "The source '" + statement.format()
                    + "' grows without end: write CREATE STREAM " + statement.name() + " instead of CREATE TABLE.");
        }
        TableOptions asked = withInference(session, CatalogEntry.Table.sourceOptions(options));
        Optional<RowType> columns = stream
                ? statement.columns()
                : statement.columns().or(() -> written(session, statement.format(), asked));
        try {
            return source.get().schema(asked, columns, stream, context(session));
        } catch (Unavailable e) {
            if (!isSink || stream) {
                throw e;
            }
            return statement.columns().orElseGet(() -> new RowType(List.of())); // INSERT INTO will make the directory
        } catch (ThalwegException e) {
            if (e instanceof InvalidOption refused) {
                TargetOptions.refuseNear(options, statement.name().text(), refused);
            }
            if (!isSink || stream || statement.columns().isPresent()
                    || e instanceof InvalidOption) {
                throw e;
            }
            return new RowType(List.of());
        }
    }

    /// The columns of what INSERT has put there, which the files alone do not tell: JSON keeps neither their order nor a time.
    private static Optional<RowType> written(ThalwegSession session, String format, TableOptions options) {
        return session.engine().connectors().findSink(format).flatMap(sink -> sink.written(options));
    }

    /// Looks again for the columns of tables that had none when they were created.
    static void findDeferredColumns(ThalwegSession session) {
        for (CatalogEntry entry : session.tableCatalog().list()) {
            if (entry instanceof CatalogEntry.Table table && table.schema().size() == 0) {
                session.engine().connectors().findSource(table.format()).ifPresent(source -> {
                    Optional<RowType> written = written(session, table.format(), table.options());
                    try {
                        RowType found = source.schema(table.sourceOptions(), written, false, context(session));
                        session.tableCatalog().createOrReplace(new CatalogEntry.Table(table.name(), table.format(),
                                table.options(), found, table.unbounded(), table.watermark()));
                    } catch (ThalwegException e) {
                        // still nothing there: the query that reads it says so
                    }
                });
            }
        }
    }
}
