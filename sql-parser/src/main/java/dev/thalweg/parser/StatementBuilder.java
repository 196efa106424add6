package dev.thalweg.parser;

import dev.thalweg.parser.Statement.IfTaken;
import dev.thalweg.parser.Statement.Name;
import dev.thalweg.parser.grammar.ThalwegParser.*;
import dev.thalweg.parser.grammar.ThalwegParser.CreateFunctionContext;
import dev.thalweg.parser.grammar.ThalwegParser.DropFunctionContext;
import dev.thalweg.parser.grammar.ThalwegParserBaseVisitor;
import dev.thalweg.spi.TableOptions;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.RowType;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.ParserRuleContext;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// Makes the record of a statement from its rule.
final class StatementBuilder extends ThalwegParserBaseVisitor<Statement> {
    /// What Spark calls `spark.sql.session.timeZone`.
    private static final String TIME_ZONE = "thalweg.sql.session.timeZone";

    private final TreeBuilders builders;

    StatementBuilder(TreeBuilders builders) {
        this.builders = builders;
    }

    Statement of(StatementContext statement) {
        return visit(statement);
    }

    // ---- queries

    @Override
    public Statement visitQueryStatement(QueryStatementContext statement) {
        return query(statement.query());
    }

    private Statement.Query query(QueryContext query) {
        return new Statement.Query(origin(query), builders.queries.of(query));
    }

    @Override
    public Statement visitInsert(InsertContext insert) {
        if (insert.OVERWRITE() != null) {
            throw builders.later(insert, "INSERT OVERWRITE is not supported",
                    "Write INSERT INTO; a result that replaces itself is outputMode 'complete' or a materialized view.");
        }
        Optional<Name> queryName = Optional.ofNullable(insert.queryName).map(StatementBuilder::name);
        List<Name> columns = insert.columnNames() == null ? List.of() : names(insert.columnNames());
        return new Statement.Insert(origin(insert), name(insert.name), queryName, columns, query(insert.query()));
    }

    @Override
    public Statement visitBlock(BlockContext block) {
        List<Statement.Insert> inserts = new ArrayList<>();
        for (StatementContext each : block.statement()) {
            if (!(visit(each) instanceof Statement.Insert insert)) {
                throw builders.error("THW-1004", Positions.of(each), "BEGIN … END holds INSERT statements only",
                        "Write INSERT INTO target SELECT … FROM STREAM …; other statements go before or after the block.");
            }
            if (insert.queryName().isPresent()) {
                throw builders.error("THW-1004", insert.queryName().get().position(),
                        "The INSERTs of a block are one query, with one name", "Name the block: BEGIN QUERY name …");
            }
            inserts.add(insert);
        }
        TableOptions options = block.optionList() == null
                ? TableOptions.none()
                : new TableBuilder(builders, origin(block)).options(block.optionList());
        return new Statement.Block(origin(block), Optional.ofNullable(block.queryName).map(StatementBuilder::name),
                options, inserts);
    }

    // ---- CREATE and DROP

    @Override
    public Statement visitCreateTable(CreateTableContext create) {
        replaceOrKeep(create, create.REPLACE(), create.EXISTS());
        return new TableBuilder(builders, origin(create)).of(create);
    }

    @Override
    public Statement visitCreateView(CreateViewContext create) {
        replaceOrKeep(create, create.REPLACE(), create.EXISTS());
        boolean temporary = create.TEMPORARY() != null || create.TEMP() != null;
        List<String> columns = create.columnNames() == null
                ? List.of()
                : names(create.columnNames()).stream().map(Name::text).toList();
        Optional<String> comment = Optional.ofNullable(create.comment())
                .map(c -> LiteralBuilder.text(c.stringLiteral()));
        return new Statement.CreateView(origin(create), name(create.name), ifTaken(create.REPLACE(), create.EXISTS()),
                temporary, columns, comment, query(create.query()));
    }

    @Override
    public Statement visitCreateMaterializedView(CreateMaterializedViewContext create) {
        replaceOrKeep(create, create.REPLACE(), create.EXISTS());
        TableOptions options = create.optionList() == null
                ? TableOptions.none()
                : new TableBuilder(builders, origin(create)).options(create.optionList());
        return new Statement.CreateMaterializedView(origin(create), name(create.name),
                ifTaken(create.REPLACE(), create.EXISTS()), options, query(create.query()));
    }

    @Override
    public Statement visitCreateFunction(CreateFunctionContext create) {
        replaceOrKeep(create, create.REPLACE(), create.EXISTS());
        RowType parameters = create.columnList() == null
                ? RowType.of()
                : builders.types.columns(create.columnList().column());
        Optional<DataType> returns = Optional.ofNullable(create.result).map(builders.types::of);
        return new Statement.CreateFunction(origin(create), name(create.name),
                ifTaken(create.REPLACE(), create.EXISTS()), parameters, returns, builders.expressions.of(create.body));
    }

    @Override
    public Statement visitDropFunction(DropFunctionContext drop) {
        return new Statement.DropFunction(origin(drop), name(drop.name), drop.EXISTS() != null);
    }

    private void replaceOrKeep(ParserRuleContext create, @Nullable Object replace, @Nullable Object exists) {
        if (replace != null && exists != null) {
            throw builders.error("THW-1004", Positions.of(create), "OR REPLACE and IF NOT EXISTS exclude each other",
                    "Keep OR REPLACE to put the new one in place of the old, or IF NOT EXISTS to keep the old one.");
        }
    }

    static IfTaken ifTaken(@Nullable Object replace, @Nullable Object exists) {
        return replace != null ? IfTaken.REPLACE : exists != null ? IfTaken.KEEP : IfTaken.FAIL;
    }

    @Override
    public Statement visitDrop(DropContext drop) {
        String kind = drop.dropKind().children.stream().map(word -> word.getText().toUpperCase(Locale.ROOT))
                .collect(Collectors.joining("_"));
        return new Statement.Drop(origin(drop), Statement.DropKind.valueOf(kind), name(drop.name),
                drop.EXISTS() != null);
    }

    // ---- looking around

    @Override
    public Statement visitShow(ShowContext show) {
        Optional<String> pattern = Optional.ofNullable(show.pattern).map(LiteralBuilder::text);
        return new Statement.Show(origin(show),
                Statement.Listing.valueOf(show.what.getText().toUpperCase(Locale.ROOT)), pattern);
    }

    @Override
    public Statement visitDescribeTable(DescribeTableContext describe) {
        if (describe.EXTENDED() != null) {
            throw extended(describe);
        }
        return new Statement.DescribeTable(origin(describe), name(describe.name));
    }

    @Override
    public Statement visitDescribeRunningQuery(DescribeRunningQueryContext describe) {
        return new Statement.DescribeQuery(origin(describe), name(describe.queryName));
    }

    @Override
    public Statement visitDescribeResult(DescribeResultContext describe) {
        return new Statement.DescribeResult(origin(describe), query(describe.query()));
    }

    @Override
    public Statement visitDescribeFunction(DescribeFunctionContext describe) {
        if (describe.EXTENDED() != null) {
            throw extended(describe);
        }
        ParserRuleContext name = describe.functionName() == null ? describe.stringLiteral() : describe.functionName();
        String text = describe.functionName() == null
                ? LiteralBuilder.text(describe.stringLiteral())
                : builders.functions.name(describe.functionName());
        return new Statement.DescribeFunction(origin(describe), new Name(text, Positions.of(name)));
    }

    private SyntaxError extended(ParserRuleContext describe) {
        return builders.later(describe, "DESCRIBE … EXTENDED is not supported",
                "Leave out EXTENDED: there is only one form.");
    }

    @Override
    public Statement visitExplain(ExplainContext explain) {
        Statement subject = of(explain.statement());
        boolean explainable = subject instanceof Statement.Query || subject instanceof Statement.Insert
                || subject instanceof Statement.Block || subject instanceof Statement.CreateMaterializedView;
        if (!explainable) {
            throw builders.error("THW-1004", subject.origin().position(), "Only a query has a plan to explain",
                    "Put a SELECT, an INSERT, BEGIN … END or a CREATE MATERIALIZED VIEW after EXPLAIN.");
        }
        Statement.ExplainKind kind = explain.kind == null
                ? Statement.ExplainKind.PLAN
                : Statement.ExplainKind.valueOf(explain.kind.getText().toUpperCase(Locale.ROOT));
        return new Statement.Explain(origin(explain), kind, subject);
    }

    // ---- running queries

    @Override
    public Statement visitAwaitQuery(AwaitQueryContext await) {
        Optional<Duration> timeout = Optional.ofNullable(await.timeout()).map(this::duration);
        return new Statement.AwaitQuery(origin(await), name(await.name), await.IDLE() != null, timeout);
    }

    private Duration duration(TimeoutContext timeout) {
        SqlParserPos position = Positions.of(timeout);
        Interval interval = timeout.intervalLiteral() != null
                ? builders.literals.interval(timeout.intervalLiteral())
                : builders.literals.checked(position, () -> timeout.stringLiteral() != null
                        ? Interval.ofText(LiteralBuilder.text(timeout.stringLiteral()))
                        : builders.literals.sum(timeout.intervalPart()));
        if (interval.ofCalendar() || interval.amount() < 0) {
            throw builders.error("THW-1006", position, "A timeout is a fixed time from now on",
                    "Write days or shorter, 0 or more, such as TIMEOUT INTERVAL 30 SECONDS.");
        }
        return Duration.of(interval.amount(), ChronoUnit.MICROS);
    }

    @Override
    public Statement visitStopQuery(StopQueryContext stop) {
        return new Statement.StopQuery(origin(stop), name(stop.name));
    }

    @Override
    public Statement visitRefreshTable(RefreshTableContext refresh) {
        return new Statement.RefreshTable(origin(refresh), name(refresh.name));
    }

    // ---- settings

    @Override
    public Statement visitSetTimeZone(SetTimeZoneContext set) {
        String zone = set.zone == null ? java.time.ZoneId.systemDefault().getId() : LiteralBuilder.text(set.zone);
        return new Statement.ChangeSetting(origin(set), TIME_ZONE, zone);
    }

    /// A value in quotes loses them; any other is taken as it stands, to the end of the statement.
    @Override
    public Statement visitSetting(SettingContext set) {
        if (set.settingName() == null) {
            return new Statement.ShowSetting(origin(set), Optional.empty());
        }
        SettingNameContext nameRule = set.settingName();
        String name = nameRule.stringLiteral() != null
                ? LiteralBuilder.text(nameRule.stringLiteral())
                : nameRule.getText();
        if (set.settingValue() == null) {
            return new Statement.ShowSetting(origin(set), Optional.of(name));
        }
        SettingValueContext value = set.settingValue();
        String text = value.stringLiteral() != null ? LiteralBuilder.text(value.stringLiteral()) : textOf(value);
        return new Statement.ChangeSetting(origin(set), name, text);
    }

    // ---- names and places

    static Name name(IdentifierContext name) {
        return new Name(TreeBuilders.text(name), Positions.of(name));
    }

    private static List<Name> names(ColumnNamesContext names) {
        return names.identifier().stream().map(StatementBuilder::name).toList();
    }

    private Origin origin(ParserRuleContext rule) {
        return new Origin(builders.source, textOf(rule), Positions.of(rule));
    }

    private static String textOf(ParserRuleContext rule) {
        CharStream text = rule.getStart().getInputStream();
        return text.getText(
                org.antlr.v4.runtime.misc.Interval.of(rule.getStart().getStartIndex(), rule.getStop().getStopIndex()));
    }
}
