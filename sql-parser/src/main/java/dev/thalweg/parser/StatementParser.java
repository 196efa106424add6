package dev.thalweg.parser;

import dev.thalweg.parser.grammar.ThalwegParser;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.Token;
import org.apache.calcite.sql.SqlNode;

/// Reads SQL: scripts, single statements, and the pieces of SQL that a program hands over as strings.
///
/// Errors: [SyntaxError], with every wrong statement of a script in one. Thread: any number at once; nothing is kept.
public final class StatementParser {
    private StatementParser() {}

    /// The statements of a script, in order. They are separated by `;`; empty ones do not count.
    public static List<Statement> parseScript(String text) {
        Script script = Script.of(text);
        List<Statement> statements = new ArrayList<>();
        List<SyntaxError> errors = new ArrayList<>();
        for (List<Token> words : script.statements()) {
            try {
                statements.add(statement(words, script.source()));
            } catch (SyntaxError e) {
                errors.add(e);
            }
        }
        if (!errors.isEmpty()) {
            throw SyntaxError.all(errors);
        }
        return statements;
    }

    /// Exactly one statement; a `;` may follow.
    public static Statement parseStatement(String text) {
        Script script = Script.of(text);
        List<List<Token>> statements = script.statements();
        if (statements.size() > 1) {
            Token second = statements.get(1).getFirst();
            throw new SyntaxError("THW-1001", script.source(), Positions.of(second), "A second statement starts here",
                    "Give one statement at a time.");
        }
        return statement(statements.isEmpty() ? script.words() : statements.getFirst(), script.source());
    }

    private static Statement statement(List<Token> words, SourceText source) {
        return new GrammarRun<>(ThalwegParser::singleStatement).of(words, source,
                tree -> new StatementBuilder(new TreeBuilders(source)).of(tree.statement()));
    }

    public static SqlNode parseQuery(String text) {
        return whole(text, ThalwegParser::singleQuery, (tree, builders) -> builders.queries.of(tree.query()));
    }

    /// One value, such as `price * 2`; may have no alias.
    public static SqlNode parseExpression(String text) {
        return whole(text, ThalwegParser::singleExpression,
                (tree, builders) -> builders.expressions.of(tree.expression()));
    }

    /// One element of a SELECT list, such as `price * 2 AS doubled` or `*`.
    public static SqlNode parseSelectItem(String text) {
        return whole(text, ThalwegParser::singleSelectItem,
                (tree, builders) -> builders.queries.selectItem(tree.selectItem()));
    }

    /// A list of columns as DDL has it: `user STRING, n BIGINT NOT NULL`.
    public static RowType parseSchema(String ddl) {
        return whole(ddl, ThalwegParser::singleSchema,
                (tree, builders) -> builders.types.columns(tree.columnList().column()));
    }

    public static DataType parseType(String text) {
        return whole(text, ThalwegParser::singleType, (tree, builders) -> builders.types.of(tree.dataType()));
    }

    /// A fixed length of time: `10 seconds`, `1 hour 30 minutes`. Months and years, which have none, are refused.
    public static long parseIntervalMicros(String text) {
        String advice = " Write days or shorter, such as '10 seconds' or '1 hour 30 minutes'.";
        try {
            Interval interval = Interval.ofText(text);
            if (!interval.ofCalendar()) {
                return interval.amount();
            }
        } catch (IllegalArgumentException e) {
            throw new InvalidQuery("THW-1006", e.getMessage() + "." + advice, e);
        }
        throw new InvalidQuery("THW-1006", "'" + text + "' has no fixed length." + advice);
    }

    /// Whether a shell may run what was typed so far: it is blank, or its last statement ends with a semicolon that is
    /// not inside a string, a quoted name or a comment.
    public static boolean isComplete(String text) {
        return Script.of(text).isComplete();
    }

    /// Every keyword, in upper case and alphabetical order, for completion.
    public static List<String> keywords() {
        return Expected.keywords();
    }

    private static <T extends ParserRuleContext, R> R whole(String text, Function<ThalwegParser, T> rule,
            BiFunction<T, TreeBuilders, R> build) {
        Script script = Script.of(text);
        return new GrammarRun<>(rule).of(script.withoutLastSemicolon(), script.source(),
                tree -> build.apply(tree, new TreeBuilders(script.source())));
    }
}
