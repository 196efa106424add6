package dev.thalweg.parser;

import static dev.thalweg.parser.ExpressionBuilder.call;
import static dev.thalweg.parser.ExpressionBuilder.named;

import dev.thalweg.parser.grammar.ThalwegLexer;
import dev.thalweg.parser.grammar.ThalwegParser.BetweenPredicateContext;
import dev.thalweg.parser.grammar.ThalwegParser.InListContext;
import dev.thalweg.parser.grammar.ThalwegParser.InQueryContext;
import dev.thalweg.parser.grammar.ThalwegParser.IsDistinctContext;
import dev.thalweg.parser.grammar.ThalwegParser.IsNullContext;
import dev.thalweg.parser.grammar.ThalwegParser.IsTruthContext;
import dev.thalweg.parser.grammar.ThalwegParser.LikePredicateContext;
import dev.thalweg.parser.grammar.ThalwegParser.LikeQuantifiedContext;
import dev.thalweg.parser.grammar.ThalwegParser.PredicateContext;
import dev.thalweg.parser.grammar.ThalwegParser.PredicatedContext;
import dev.thalweg.parser.grammar.ThalwegParser.RlikePredicateContext;
import dev.thalweg.spi.error.Defect;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// Puts a predicate (BETWEEN, IN, LIKE, IS …) behind the value that stands before it.
final class PredicateBuilder {
    private final ExpressionBuilder expressions;
    private final TreeBuilders builders;
    private final SqlNode value;

    PredicateBuilder(ExpressionBuilder expressions, TreeBuilders builders, SqlNode value) {
        this.expressions = expressions;
        this.builders = builders;
        this.value = value;
    }

    /// @param whole the value and its predicate, for the position
    SqlNode of(PredicateContext predicate, PredicatedContext whole) {
        return switch (predicate) {
            case BetweenPredicateContext between -> call(either(between.NOT(), SqlStdOperatorTable.NOT_BETWEEN,
                    SqlStdOperatorTable.BETWEEN), whole, value, expressions.of(between.lower),
                    expressions.of(between.upper));
            case InQueryContext in -> call(either(in.NOT(), SqlStdOperatorTable.NOT_IN, SqlStdOperatorTable.IN), whole,
                    value, builders.queries.of(in.query()));
            case InListContext in -> call(either(in.NOT(), SqlStdOperatorTable.NOT_IN, SqlStdOperatorTable.IN), whole,
                    value, new SqlNodeList(expressions.of(in.expression()), Positions.of(in)));
            case RlikePredicateContext rlike ->
                    negatedIf(rlike.NOT(), named("rlike", whole, value, expressions.of(rlike.pattern)), whole);
            case LikePredicateContext like -> like(like, whole);
            case LikeQuantifiedContext like -> likeQuantified(like, whole);
            case IsNullContext isNull -> call(either(isNull.NOT(), SqlStdOperatorTable.IS_NOT_NULL,
                    SqlStdOperatorTable.IS_NULL), whole, value);
            case IsTruthContext truth -> call(truth(truth), whole, value);
            case IsDistinctContext distinct -> call(either(distinct.NOT(), SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
                    SqlStdOperatorTable.IS_DISTINCT_FROM), whole, value, expressions.of(distinct.right));
            default -> throw new Defect("THW-9030", "No predicate is made of " + predicate.getClass().getSimpleName());
        };
    }

    private SqlNode like(LikePredicateContext like, PredicatedContext whole) {
        List<SqlNode> operands = new ArrayList<>(List.of(value, expressions.of(like.pattern)));
        if (like.escape != null) {
            operands.add(escape(like));
        }
        SqlNode[] array = operands.toArray(new SqlNode[0]);
        if (like.ILIKE() != null) {
            return negatedIf(like.NOT(), named("ilike", whole, array), whole);
        }
        return call(either(like.NOT(), SqlStdOperatorTable.NOT_LIKE, SqlStdOperatorTable.LIKE), whole, array);
    }

    private SqlNode escape(LikePredicateContext like) {
        String text = LiteralBuilder.text(like.escape);
        SqlParserPos position = Positions.of(like.escape);
        if (text.codePointCount(0, text.length()) != 1) {
            throw builders.error("THW-1006", position, "'" + text + "' is not one character",
                    "ESCAPE takes the one character that makes the next one stand for itself, such as ESCAPE '/'.");
        }
        return LiteralBuilder.text(text, position);
    }

    /// `LIKE ANY (a, b)` is `LIKE a OR LIKE b`, `LIKE ALL` is the same with AND; NOT stands before each of them.
    private SqlNode likeQuantified(LikeQuantifiedContext like, PredicatedContext whole) {
        SqlOperator join = like.quantifier.getType() == ThalwegLexer.ALL
                ? SqlStdOperatorTable.AND
                : SqlStdOperatorTable.OR;
        SqlParserPos position = Positions.of(whole);
        return expressions.of(like.expression()).stream().map(pattern -> like.ILIKE() != null
                ? negatedIf(like.NOT(), named("ilike", whole, value, pattern), whole)
                : call(either(like.NOT(), SqlStdOperatorTable.NOT_LIKE, SqlStdOperatorTable.LIKE), whole, value,
                        pattern))
                .reduce((left, right) -> join.createCall(position, left, right)).orElseThrow();
    }

    private static SqlOperator truth(IsTruthContext is) {
        boolean not = is.NOT() != null;
        return switch (is.truth.getType()) {
            case ThalwegLexer.TRUE -> not ? SqlStdOperatorTable.IS_NOT_TRUE : SqlStdOperatorTable.IS_TRUE;
            case ThalwegLexer.FALSE -> not ? SqlStdOperatorTable.IS_NOT_FALSE : SqlStdOperatorTable.IS_FALSE;
            default -> not ? SqlStdOperatorTable.IS_NOT_NULL : SqlStdOperatorTable.IS_NULL; // UNKNOWN
        };
    }

    private static SqlOperator either(@Nullable Object not, SqlOperator negative,
            SqlOperator positive) {
        return not == null ? positive : negative;
    }

    private static SqlNode negatedIf(@Nullable Object not, SqlNode node,
            PredicatedContext whole) {
        return not == null ? node : call(SqlStdOperatorTable.NOT, whole, node);
    }
}
