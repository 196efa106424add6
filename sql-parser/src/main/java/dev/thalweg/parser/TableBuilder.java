package dev.thalweg.parser;

import dev.thalweg.parser.Statement.DeclaredWatermark;
import dev.thalweg.parser.Statement.Name;
import dev.thalweg.parser.grammar.ThalwegParser.*;
import dev.thalweg.parser.tree.FunctionCalls;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlUnresolvedFunction;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Reads CREATE TABLE and CREATE STREAM: columns, watermark, and the clauses behind them, each at most once.
final class TableBuilder {
    private final TreeBuilders builders;
    private final Origin origin;

    TableBuilder(TreeBuilders builders, Origin origin) {
        this.builders = builders;
        this.origin = origin;
    }

    Statement of(CreateTableContext create) {
        if (create.query() != null) {
            throw builders.later(create, "CREATE TABLE … AS SELECT is not supported",
                    "Create the table with USING and OPTIONS first, then fill it with INSERT INTO "
                            + create.name.getText()
                            + " SELECT …; for a table that is kept up to date, CREATE MATERIALIZED VIEW … AS SELECT ….");
        }
        List<ColumnContext> columns = columns(create);
        Optional<RowType> row = columns.isEmpty() ? Optional.empty() : Optional.of(builders.types.columns(columns));
        Optional<DeclaredWatermark> watermark = watermark(create);
        Name name = StatementBuilder.name(create.name);
        return new Statement.CreateTable(origin, kind(create, watermark), name,
                StatementBuilder.ifTaken(create.REPLACE(), create.EXISTS()), row, comments(columns), watermark,
                format(create, name), tableOptions(create), partitionedBy(create), comment(create));
    }

    private static List<ColumnContext> columns(CreateTableContext create) {
        return only(create.tableElement(), ColumnElementContext.class).stream().map(ColumnElementContext::column)
                .toList();
    }

    private static Map<String, String> comments(List<ColumnContext> columns) {
        return columns.stream().filter(column -> column.comment() != null)
                .collect(Collectors.toMap(column -> TreeBuilders.text(column.anyWord()),
                        column -> LiteralBuilder.text(column.comment().stringLiteral())));
    }

    private Statement.TableKind kind(CreateTableContext create, Optional<DeclaredWatermark> watermark) {
        boolean stream = create.STREAM() != null;
        if (!stream && watermark.isPresent()) {
            throw builders.error("THW-1004", watermark.get().column().position(), "A table has no watermark",
                    "Write CREATE STREAM, or give the watermark in the query: FROM STREAM t WATERMARK ts DELAY OF INTERVAL"
                            + " 10 SECONDS.");
        }
        return stream ? Statement.TableKind.STREAM : Statement.TableKind.TABLE;
    }

    // ---- WATERMARK FOR ts AS ts - INTERVAL …

    private Optional<DeclaredWatermark> watermark(CreateTableContext create) {
        List<WatermarkElementContext> watermarks = only(create.tableElement(), WatermarkElementContext.class);
        return once(watermarks, "WATERMARK").map(watermark -> {
            Name column = StatementBuilder.name(watermark.name);
            SqlNode bound = builders.expressions.of(watermark.expression());
            SqlParserPos position = Positions.of(watermark.expression());
            long delay = delay(bound, column).orElseThrow(() -> builders.error("THW-1004", position,
                    "A watermark is its column less a fixed time", "Write WATERMARK FOR " + column + " AS " + column
                            + " - INTERVAL '10' SECOND; to compute the time first, do so in a view."));
            if (delay < 0) {
                throw builders.error("THW-1006", position, "The delay of a watermark is negative",
                        "Write an interval of 0 seconds or more.");
            }
            return new DeclaredWatermark(column, delay);
        });
    }

    private static Optional<Long> delay(SqlNode bound, Name column) {
        if (isColumn(bound, column)) {
            return Optional.of(0L);
        }
        boolean difference = bound.getKind() == SqlKind.MINUS && isColumn(((SqlBasicCall) bound).operand(0), column);
        return difference ? micros(((SqlBasicCall) bound).operand(1)) : Optional.empty();
    }

    private static boolean isColumn(SqlNode node, Name column) {
        return node instanceof SqlIdentifier id && id.isSimple() && id.getSimple().equalsIgnoreCase(column.text());
    }

    private static Optional<Long> micros(SqlNode node) {
        boolean interval = node instanceof SqlBasicCall call && call.getOperator() instanceof SqlUnresolvedFunction
                && call.getOperator().getName().equals(FunctionCalls.DAY_TIME_INTERVAL);
        return interval
                ? Optional.of(((SqlLiteral) ((SqlBasicCall) node).operand(0)).longValue(true))
                : Optional.empty();
    }

    // ---- clauses

    private String format(CreateTableContext create, Name name) {
        List<UsingClauseContext> using = only(create.tableClause(), UsingClauseContext.class);
        return once(using, "USING").map(clause -> TreeBuilders.text(clause.format)).orElseThrow(() -> {
            String what = create.STREAM() != null ? "stream" : "table";
            return builders.error("THW-1004", name.position(), "The format of " + what + " '" + name + "' is missing",
                    "Add USING and a connector, such as USING json OPTIONS (path 'data/" + name + "').");
        });
    }

    private TableOptions tableOptions(CreateTableContext create) {
        List<OptionsClauseContext> clauses = only(create.tableClause(), OptionsClauseContext.class);
        Optional<OptionListContext> list = once(clauses, "OPTIONS").map(OptionsClauseContext::optionList);
        TableOptions options = list.map(this::options).orElse(TableOptions.none());
        Optional<LocationClauseContext> location = once(only(create.tableClause(), LocationClauseContext.class),
                "LOCATION");
        if (location.isPresent() && options.text("path").isPresent()) {
            throw builders.error("THW-1004", Positions.of(location.get()), "The path is given twice",
                    "Keep LOCATION or the option 'path', not both.");
        }
        return location.map(clause -> options.with("path", LiteralBuilder.text(clause.stringLiteral())))
                .orElse(options);
    }

    TableOptions options(OptionListContext list) {
        Map<String, String> values = new LinkedHashMap<>();
        for (OptionContext option : list.option()) {
            String key = option.key.stringLiteral() != null
                    ? LiteralBuilder.text(option.key.stringLiteral())
                    : option.key.anyWord().stream().map(TreeBuilders::text).collect(Collectors.joining("."));
            if (values.keySet().stream().anyMatch(key::equalsIgnoreCase)) {
                throw builders.error("THW-1004", Positions.of(option.key), "Option '" + key + "' is given twice",
                        "Keep one of the two; names are compared without case.");
            }
            values.put(key, value(option.value));
        }
        return new TableOptions(values);
    }

    private static String value(OptionValueContext value) {
        return value.stringLiteral() != null ? LiteralBuilder.text(value.stringLiteral()) : TreeBuilders.text(value);
    }

    private List<Name> partitionedBy(CreateTableContext create) {
        List<PartitionedByClauseContext> clauses = only(create.tableClause(), PartitionedByClauseContext.class);
        return once(clauses, "PARTITIONED BY")
                .map(clause -> clause.columnNames().identifier().stream().map(StatementBuilder::name).toList())
                .orElse(List.of());
    }

    private Optional<String> comment(CreateTableContext create) {
        List<CommentClauseContext> clauses = only(create.tableClause(), CommentClauseContext.class);
        return once(clauses, "COMMENT").map(clause -> LiteralBuilder.text(clause.comment().stringLiteral()));
    }

    private <T extends ParserRuleContext> Optional<T> once(List<T> clauses, String name) {
        if (clauses.size() > 1) {
            throw builders.error("THW-1004", Positions.of(clauses.get(1)), name + " is there twice",
                    "Keep one of the two.");
        }
        return clauses.stream().findFirst();
    }

    private static <T extends ParserRuleContext> List<T> only(List<? extends ParserRuleContext> clauses,
            Class<T> kind) {
        List<T> list = new ArrayList<>();
        clauses.stream().filter(kind::isInstance).map(kind::cast).forEach(list::add);
        return list;
    }
}
