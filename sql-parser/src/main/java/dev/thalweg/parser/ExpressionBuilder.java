package dev.thalweg.parser;

import dev.thalweg.parser.grammar.ThalwegLexer;
import dev.thalweg.parser.grammar.ThalwegParser.*;
import dev.thalweg.parser.grammar.ThalwegParserBaseVisitor;
import dev.thalweg.parser.tree.FunctionCalls;
import dev.thalweg.parser.tree.TypeSpecs;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.antlr.v4.runtime.ParserRuleContext;
import org.antlr.v4.runtime.tree.ParseTree;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// Makes the tree of a value: operators, predicates, CASE, CAST, names, and the calls with a syntax of their own.
final class ExpressionBuilder extends ThalwegParserBaseVisitor<SqlNode> {
    private final TreeBuilders builders;

    ExpressionBuilder(TreeBuilders builders) {
        this.builders = builders;
    }

    SqlNode of(ParseTree expression) {
        return visit(expression);
    }

    List<SqlNode> of(List<? extends ParseTree> expressions) {
        List<SqlNode> nodes = new ArrayList<>(expressions.size());
        expressions.forEach(expression -> nodes.add(visit(expression)));
        return nodes;
    }

    // ---- and, or, not

    @Override
    public SqlNode visitLogicalNot(LogicalNotContext not) {
        return call(SqlStdOperatorTable.NOT, not, visit(not.expression()));
    }

    @Override
    public SqlNode visitLogicalAnd(LogicalAndContext and) {
        return call(SqlStdOperatorTable.AND, and, visit(and.left), visit(and.right));
    }

    @Override
    public SqlNode visitLogicalOr(LogicalOrContext or) {
        return call(SqlStdOperatorTable.OR, or, visit(or.left), visit(or.right));
    }

    // ---- predicates

    @Override
    public SqlNode visitPredicated(PredicatedContext predicated) {
        SqlNode value = visit(predicated.valueExpression());
        PredicateContext predicate = predicated.predicate();
        return predicate == null ? value : new PredicateBuilder(this, builders, value).of(predicate, predicated);
    }

    @Override
    public SqlNode visitComparison(ComparisonContext comparison) {
        SqlOperator operator = switch (comparison.operator.getType()) {
            case ThalwegLexer.EQ -> SqlStdOperatorTable.EQUALS;
            case ThalwegLexer.NULL_SAFE_EQ -> SqlStdOperatorTable.IS_NOT_DISTINCT_FROM;
            case ThalwegLexer.NEQ -> SqlStdOperatorTable.NOT_EQUALS;
            case ThalwegLexer.LT -> SqlStdOperatorTable.LESS_THAN;
            case ThalwegLexer.LTE -> SqlStdOperatorTable.LESS_THAN_OR_EQUAL;
            case ThalwegLexer.GT -> SqlStdOperatorTable.GREATER_THAN;
            default -> SqlStdOperatorTable.GREATER_THAN_OR_EQUAL;
        };
        return call(operator, comparison, visit(comparison.left), visit(comparison.right));
    }

    // ---- arithmetic

    @Override
    public SqlNode visitUnary(UnaryContext unary) {
        SqlNode value = visit(unary.valueExpression());
        return switch (unary.operator.getType()) {
            case ThalwegLexer.MINUS_SIGN -> call(SqlStdOperatorTable.UNARY_MINUS, unary, value);
            case ThalwegLexer.PLUS -> call(SqlStdOperatorTable.UNARY_PLUS, unary, value);
            default -> named("~", unary, value);
        };
    }

    @Override
    public SqlNode visitBinary(BinaryContext binary) {
        SqlNode left = visit(binary.left);
        SqlNode right = visit(binary.right);
        return switch (binary.operator.getType()) {
            case ThalwegLexer.ASTERISK -> call(SqlStdOperatorTable.MULTIPLY, binary, left, right);
            case ThalwegLexer.SLASH -> call(SqlStdOperatorTable.DIVIDE, binary, left, right);
            case ThalwegLexer.PERCENT -> call(SqlStdOperatorTable.PERCENT_REMAINDER, binary, left, right);
            case ThalwegLexer.PLUS -> call(SqlStdOperatorTable.PLUS, binary, left, right);
            case ThalwegLexer.MINUS_SIGN -> call(SqlStdOperatorTable.MINUS, binary, left, right);
            case ThalwegLexer.DIV -> named("div", binary, left, right);
            case ThalwegLexer.CONCAT_PIPE -> named("concat", binary, left, right);
            default -> named(binary.operator.getText(), binary, left, right); // & | ^
        };
    }

    @Override
    public SqlNode visitShifted(ShiftedContext shifted) {
        String operator = shifted.shift().getText();
        SqlParserPos place = Positions.of(shifted.shift());
        if (place.getEndColumnNum() - place.getColumnNum() + 1 != operator.length()) {
            throw builders.error("THW-1001", place, "There is a space within '" + operator + "'",
                    "Write '" + operator + "' to shift bits, or a value between the two.");
        }
        String function = operator.equals("<<")
                ? "shiftleft"
                : operator.equals(">>") ? "shiftright" : "shiftrightunsigned";
        return named(function, shifted, visit(shifted.left), visit(shifted.right));
    }

    // ---- CASE and CAST

    @Override
    public SqlNode visitSearchedCase(SearchedCaseContext searched) {
        return caseOf(searched, null, searched.whenClause(), searched.otherwise);
    }

    @Override
    public SqlNode visitSimpleCase(SimpleCaseContext simple) {
        return caseOf(simple, visit(simple.value), simple.whenClause(), simple.otherwise);
    }

    @SuppressWarnings("NullAway") // without a value Calcite wants null
    private SqlNode caseOf(ParserRuleContext rule, @Nullable SqlNode value, List<WhenClauseContext> whens,
            @Nullable ExpressionContext otherwise) {
        SqlParserPos position = Positions.of(rule);
        SqlNodeList conditions = new SqlNodeList(position);
        SqlNodeList results = new SqlNodeList(position);
        for (WhenClauseContext when : whens) {
            conditions.add(visit(when.condition));
            results.add(visit(when.result));
        }
        SqlNode last = otherwise == null ? org.apache.calcite.sql.SqlLiteral.createNull(position) : visit(otherwise);
        return SqlCase.createSwitched(position, value, conditions, results, last);
    }

    @Override
    public SqlNode visitCastCall(CastCallContext cast) {
        SqlOperator operator = cast.function.getType() == ThalwegLexer.CAST
                ? SqlStdOperatorTable.CAST
                : SqlLibraryOperators.SAFE_CAST;
        return cast(operator, cast, cast.expression(), cast.dataType());
    }

    @Override
    public SqlNode visitCastSuffix(CastSuffixContext cast) {
        return cast(SqlStdOperatorTable.CAST, cast, cast.primary(), cast.dataType());
    }

    /// To TIME(3) is to TIME, of which three digits of a second are left.
    private SqlNode cast(SqlOperator operator, ParserRuleContext rule, ParserRuleContext value, DataTypeContext type) {
        SqlNode cast = call(operator, rule, visit(value), target(type));
        OptionalInt digits = builders.types.timeDigits(type);
        return digits.isEmpty()
                ? cast
                : named(FunctionCalls.TIME_DIGITS, rule, cast,
                        LiteralBuilder.whole(digits.getAsInt(), Positions.of(type)));
    }

    private SqlNode target(DataTypeContext type) {
        return TypeSpecs.castTarget(builders.types.castTarget(type), Positions.of(type));
    }

    // ---- calls with words inside

    @Override
    public SqlNode visitExtractCall(ExtractCallContext extract) {
        ParserRuleContext field = extract.field == null ? extract.fieldText : extract.field;
        String name = extract.field == null ? LiteralBuilder.text(extract.fieldText) : TreeBuilders.text(extract.field);
        return named("extract", extract, LiteralBuilder.text(name, Positions.of(field)), visit(extract.source));
    }

    @Override
    public SqlNode visitSubstringCall(SubstringCallContext call) {
        return call.length == null
                ? named("substring", call, visit(call.text), visit(call.start))
                : named("substring", call, visit(call.text), visit(call.start), visit(call.length));
    }

    @Override
    public SqlNode visitTrimCall(TrimCallContext trim) {
        int side = trim.side == null ? ThalwegLexer.BOTH : trim.side.getType();
        String name = side == ThalwegLexer.LEADING ? "ltrim" : side == ThalwegLexer.TRAILING ? "rtrim" : "trim";
        if (trim.characters == null) {
            return named(name, trim, visit(trim.text));
        }
        // Spark's two-argument ltrim and rtrim take the characters first; btrim, which is trim(BOTH …), the text.
        return name.equals("trim")
                ? named("btrim", trim, visit(trim.text), visit(trim.characters))
                : named(name, trim, visit(trim.characters), visit(trim.text));
    }

    @Override
    public SqlNode visitPositionCall(PositionCallContext call) {
        return named("position", call, visit(call.part), visit(call.text));
    }

    @Override
    public SqlNode visitOverlayCall(OverlayCallContext call) {
        return call.length == null
                ? named("overlay", call, visit(call.text), visit(call.part), visit(call.start))
                : named("overlay", call, visit(call.text), visit(call.part), visit(call.start), visit(call.length));
    }

    @Override
    public SqlNode visitFunctionCall(FunctionCallContext call) {
        return builders.functions.of(call);
    }

    @Override
    public SqlNode visitMatchedRows(MatchedRowsContext matched) {
        return named(matched.semantics.getType() == ThalwegLexer.FINAL ? FunctionCalls.FINAL : FunctionCalls.RUNNING,
                matched, visit(matched.functionCall()));
    }

    // ---- subqueries, rows

    @Override
    public SqlNode visitExistsQuery(ExistsQueryContext exists) {
        return call(SqlStdOperatorTable.EXISTS, exists, builders.queries.of(exists.query()));
    }

    @Override
    public SqlNode visitScalarQuery(ScalarQueryContext scalar) {
        return builders.queries.of(scalar.query());
    }

    /// Brackets around one value, a row of several, or, which only an arrow behind them tells, a lambda's parameters.
    @Override
    public SqlNode visitParenthesised(ParenthesisedContext inner) {
        List<SqlNode> values = of(inner.body == null
                ? inner.expression()
                : inner.expression().subList(0, inner.expression().size() - 1));
        if (inner.body != null) {
            return lambda(inner, values, inner.body);
        }
        return values.size() == 1 ? values.getFirst() : SqlStdOperatorTable.ROW.createCall(Positions.of(inner), values);
    }

    @Override
    public SqlNode visitLambda(LambdaContext lambda) {
        return lambda(lambda, List.of(builders.identifier(lambda.valueName())), lambda.expression());
    }

    private SqlNode lambda(ParserRuleContext lambda, List<SqlNode> names, ExpressionContext body) {
        List<SqlIdentifier> parameters = new ArrayList<>();
        for (SqlNode name : names) {
            if (!(name instanceof SqlIdentifier parameter && parameter.isSimple() && !parameter.isStar())) {
                throw builders.error("THW-1240", name.getParserPosition(), "A parameter of a lambda is a name",
                        "Write it as in x -> x + 1 or (x, y) -> x + y.");
            }
            if (parameters.stream().anyMatch(other -> other.getSimple().equalsIgnoreCase(parameter.getSimple()))) {
                throw builders.error("THW-1240", name.getParserPosition(),
                        "A lambda has two parameters called '" + parameter.getSimple() + "'",
                        "Give each a name of its own.");
            }
            parameters.add(parameter);
        }
        return FunctionCalls.lambda(Positions.of(lambda), parameters, visit(body));
    }

    // ---- names

    @Override
    public SqlNode visitStar(StarContext star) {
        SqlParserPos position = Positions.of(star);
        if (star.qualifiedName() == null) {
            return SqlIdentifier.star(position);
        }
        SqlIdentifier prefix = builders.identifier(star.qualifiedName());
        return prefix.plusStar().clone(position);
    }

    @Override
    public SqlNode visitColumnReference(ColumnReferenceContext column) {
        SqlIdentifier name = builders.identifier(column.valueName());
        String upper = column.getText().toUpperCase(Locale.ROOT);
        boolean call = List.of("CURRENT_DATE", "CURRENT_TIMESTAMP", "CURRENT_TIME", "LOCALTIMESTAMP", "CURRENT_USER")
                .contains(upper);
        return call ? FunctionCalls.of(upper, name.getParserPosition()) : name;
    }

    /// `a.b.c` is one identifier: only the planner knows which part is the table and which a field.
    @Override
    public SqlNode visitField(FieldContext field) {
        SqlNode owner = visit(field.primary());
        String name = TreeBuilders.text(field.anyWord());
        if (VariantPaths.is(owner)) {
            return VariantPaths.longer((SqlCall) owner, VariantPaths.step(name));
        }
        SqlParserPos namePosition = Positions.of(field.anyWord());
        boolean plainName = owner instanceof SqlIdentifier && !(field.primary() instanceof ParenthesisedContext);
        if (plainName) {
            return ((SqlIdentifier) owner).plus(name, namePosition.withQuoting(true));
        }
        return call(SqlStdOperatorTable.DOT, field, owner, TreeBuilders.simple(name, namePosition));
    }

    @Override
    public SqlNode visitElement(ElementContext element) {
        SqlNode owner = visit(element.primary());
        SqlNode index = visit(element.index);
        if (VariantPaths.is(owner) && index instanceof SqlLiteral literal) {
            return VariantPaths.longer((SqlCall) owner, VariantPaths.step(literal));
        }
        return call(SqlStdOperatorTable.ITEM, element, owner, index);
    }

    /// `v:a.b[0]` is `variant_get(v, '$.a.b[0]')`.
    @Override
    public SqlNode visitVariantField(VariantFieldContext field) {
        String step = field.key == null
                ? VariantPaths.step(TreeBuilders.text(field.anyWord()))
                : VariantPaths.step(LiteralBuilder.text(field.key));
        return VariantPaths.of(visit(field.primary()), step, Positions.of(field));
    }

    @Override
    public SqlNode visitLiteralValue(LiteralValueContext value) {
        return builders.literals.of(value.literal());
    }

    static SqlNode call(SqlOperator operator, ParserRuleContext rule, SqlNode... operands) {
        return operator.createCall(Positions.of(rule), operands);
    }

    static SqlNode named(String function, ParserRuleContext rule, SqlNode... arguments) {
        return FunctionCalls.of(function, Positions.of(rule), arguments);
    }
}
