package dev.thalweg;

import dev.thalweg.expressions.Window;
import dev.thalweg.expressions.WindowSpec;
import dev.thalweg.parser.StatementParser;
import dev.thalweg.parser.tree.FunctionCalls;
import dev.thalweg.parser.tree.TypeSpecs;
import dev.thalweg.spi.error.InvalidQuery;
import dev.thalweg.types.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlLibraryOperators;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// An expression over the columns of a dataset, not yet bound to one: names are looked up when it is used.
///
/// Make one with [functions#col], [functions#lit], [functions#expr] or a function, and combine it with the methods here.
/// A column is immutable.
public final class Column {
    static final SqlParserPos HERE = SqlParserPos.ZERO;

    private final SqlNode tree;

    Column(SqlNode tree) {
        this.tree = tree;
    }

    /// A copy of the expression that the planner may change.
    SqlNode tree() {
        return TreeCopy.of(tree);
    }

    static Column named(String name) {
        if (name.equals("*")) {
            return new Column(SqlIdentifier.star(HERE));
        }
        List<String> parts = nameParts(name);
        if (parts.getLast().equals("*")) {
            parts.set(parts.size() - 1, "");
            return new Column(SqlIdentifier.star(parts, HERE, parts.stream().map(_ -> HERE).toList()));
        }
        return new Column(identifier(parts));
    }

    /// Marked as quoted, because an unquoted `user` or `current_date` is a function to Calcite.
    @SuppressWarnings("NullAway") // no collation is null in Calcite
    static SqlIdentifier identifier(List<String> parts) {
        return new SqlIdentifier(parts, null, HERE, parts.stream().map(_ -> SqlParserPos.QUOTED_ZERO).toList());
    }

    /// Cuts `a.b.c` at its dots; a part in backquotes may hold dots itself, and backquotes that are written twice.
    static List<String> nameParts(String name) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c == '`' && quoted && name.startsWith("`", i + 1)) {
                part.append(c); // written twice, it is one of the name
                i++;
            } else if (c == '`') {
                quoted = !quoted;
            } else if (c == '.' && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                part.append(c);
            }
        }
        parts.add(part.toString());
        return parts;
    }

    static Column call(String function, Column... arguments) {
        return new Column(FunctionCalls.of(function, HERE, trees(arguments)));
    }

    static List<SqlNode> trees(Column... columns) {
        return Arrays.stream(columns).map(Column::tree).toList();
    }

    private static Column of(@Nullable Object value) {
        return functions.lit(value);
    }

    private Column operator(SqlOperator operator, @Nullable Object other) {
        return new Column(operator.createCall(HERE, tree(), of(other).tree()));
    }

    private Column operator(SqlOperator operator) {
        return new Column(operator.createCall(HERE, tree()));
    }

    public Column equalTo(@Nullable Object other) {
        return operator(SqlStdOperatorTable.EQUALS, other);
    }

    public Column notEqual(@Nullable Object other) {
        return operator(SqlStdOperatorTable.NOT_EQUALS, other);
    }

    /// Equal, where NULL equals NULL.
    public Column eqNullSafe(@Nullable Object other) {
        return operator(SqlStdOperatorTable.IS_NOT_DISTINCT_FROM, other);
    }

    public Column gt(@Nullable Object other) {
        return operator(SqlStdOperatorTable.GREATER_THAN, other);
    }

    public Column geq(@Nullable Object other) {
        return operator(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, other);
    }

    public Column lt(@Nullable Object other) {
        return operator(SqlStdOperatorTable.LESS_THAN, other);
    }

    public Column leq(@Nullable Object other) {
        return operator(SqlStdOperatorTable.LESS_THAN_OR_EQUAL, other);
    }

    public Column between(@Nullable Object low, @Nullable Object high) {
        return geq(low).and(leq(high));
    }

    public Column and(Column other) {
        return operator(SqlStdOperatorTable.AND, other);
    }

    public Column or(Column other) {
        return operator(SqlStdOperatorTable.OR, other);
    }

    public Column plus(@Nullable Object other) {
        return operator(SqlStdOperatorTable.PLUS, other);
    }

    public Column minus(@Nullable Object other) {
        return operator(SqlStdOperatorTable.MINUS, other);
    }

    public Column multiply(@Nullable Object other) {
        return operator(SqlStdOperatorTable.MULTIPLY, other);
    }

    public Column divide(@Nullable Object other) {
        return operator(SqlStdOperatorTable.DIVIDE, other);
    }

    public Column mod(@Nullable Object other) {
        return operator(SqlStdOperatorTable.PERCENT_REMAINDER, other);
    }

    public Column isNull() {
        return operator(SqlStdOperatorTable.IS_NULL);
    }

    public Column isNotNull() {
        return operator(SqlStdOperatorTable.IS_NOT_NULL);
    }

    public Column isNaN() {
        return call("isnan", this);
    }

    Column negated() {
        return operator(SqlStdOperatorTable.NOT);
    }

    Column negative() {
        return operator(SqlStdOperatorTable.UNARY_MINUS);
    }

    public Column like(String pattern) {
        return operator(SqlStdOperatorTable.LIKE, pattern);
    }

    public Column rlike(String pattern) {
        return call("rlike", this, of(pattern));
    }

    public Column ilike(String pattern) {
        return call("ilike", this, of(pattern));
    }

    public Column contains(@Nullable Object other) {
        return call("contains", this, of(other));
    }

    public Column startsWith(@Nullable Object other) {
        return call("startswith", this, of(other));
    }

    public Column endsWith(@Nullable Object other) {
        return call("endswith", this, of(other));
    }

    public Column substr(int start, int length) {
        return call("substring", this, of(start), of(length));
    }

    public Column bitwiseAND(@Nullable Object other) {
        return call("&", this, of(other));
    }

    public Column bitwiseOR(@Nullable Object other) {
        return call("|", this, of(other));
    }

    public Column bitwiseXOR(@Nullable Object other) {
        return call("^", this, of(other));
    }

    public Column isin(@Nullable Object... values) {
        List<SqlNode> candidates = Arrays.stream(values).map(v -> of(v).tree()).toList();
        return new Column(SqlStdOperatorTable.IN.createCall(HERE, tree(), new SqlNodeList(candidates, HERE)));
    }

    /// Element of an array (from 0) or value of a map.
    public Column getItem(Object key) {
        return operator(SqlStdOperatorTable.ITEM, key);
    }

    /// Field of a struct.
    public Column getField(String field) {
        if (tree instanceof SqlIdentifier name && !name.isStar()) {
            return new Column(name.plus(field, HERE));
        }
        return new Column(SqlStdOperatorTable.DOT.createCall(HERE, tree(), new SqlIdentifier(field, HERE)));
    }

    public Column cast(DataType type) {
        return cast(SqlStdOperatorTable.CAST, type);
    }

    /// Converts the value to another type; a value that does not fit is an error.
    ///
    /// @param type as SQL writes it, such as `decimal(10,2)`
    public Column cast(String type) {
        return cast(DataType.of(StatementParser.parseType(type)));
    }

    /// NULL where the value does not fit.
    public Column try_cast(DataType type) {
        return cast(SqlLibraryOperators.SAFE_CAST, type);
    }

    public Column try_cast(String type) {
        return try_cast(DataType.of(StatementParser.parseType(type)));
    }

    private Column cast(SqlOperator operator, DataType type) {
        return new Column(operator.createCall(HERE, tree(), TypeSpecs.of(type.toSpi(), HERE)));
    }

    public Column as(String alias) {
        return new Column(SqlStdOperatorTable.AS.createCall(HERE, unaliased(), new SqlIdentifier(alias, HERE)));
    }

    /// Names each of the columns of a function that makes rows of several: `posexplode(col("a")).as("at", "x")`.
    public Column as(String first, String... more) {
        List<SqlNode> operands = new ArrayList<>(List.of(unaliased(), new SqlIdentifier(first, HERE)));
        Arrays.stream(more).map(name -> new SqlIdentifier(name, HERE)).forEach(operands::add);
        return new Column(SqlStdOperatorTable.AS.createCall(HERE, operands));
    }

    public Column as(String[] aliases) {
        if (aliases.length == 0) {
            throw new InvalidQuery("THW-1111", "as() names no column. Give one name a column.");
        }
        return as(aliases[0], Arrays.copyOfRange(aliases, 1, aliases.length));
    }

    public Column alias(String alias) {
        return as(alias);
    }

    public Column name(String alias) {
        return as(alias);
    }

    private SqlNode unaliased() {
        return tree instanceof org.apache.calcite.sql.SqlBasicCall call
                && call.getKind() == org.apache.calcite.sql.SqlKind.AS
                        ? TreeCopy.of(call.operand(0))
                        : tree();
    }

    /// One more branch of a CASE that [functions#when] began.
    public Column when(Column condition, @Nullable Object value) {
        if (!(tree instanceof SqlCase begun)) {
            throw new IllegalArgumentException("when() follows functions.when(), not " + this);
        }
        List<SqlNode> conditions = new ArrayList<>(begun.getWhenOperands());
        List<SqlNode> values = new ArrayList<>(begun.getThenOperands());
        conditions.add(condition.tree());
        values.add(of(value).tree());
        return caseOf(conditions, values, Optional.ofNullable(begun.getElseOperand()));
    }

    public Column otherwise(@Nullable Object value) {
        if (!(tree instanceof SqlCase begun)) {
            throw new IllegalArgumentException("otherwise() follows functions.when(), not " + this);
        }
        return caseOf(begun.getWhenOperands(), begun.getThenOperands(), Optional.of(of(value).tree()));
    }

    static Column caseOf(List<? extends SqlNode> conditions, List<? extends SqlNode> values,
            Optional<SqlNode> otherwise) {
        return new Column(new SqlCase(HERE, null, new SqlNodeList(conditions, HERE), new SqlNodeList(values, HERE),
                otherwise.orElseGet(() -> org.apache.calcite.sql.SqlLiteral.createNull(HERE))));
    }

    /// This function over the rows of a window: `sum(col("v")).over(Window.partitionBy("k"))`.
    public Column over(WindowSpec window) {
        return new Column(OverTree.of(tree(), window));
    }

    /// This function over all rows.
    public Column over() {
        return over(Window.partitionBy());
    }

    public Column asc() {
        return this;
    }

    public Column desc() {
        return operator(SqlStdOperatorTable.DESC);
    }

    public Column asc_nulls_first() {
        return operator(SqlStdOperatorTable.NULLS_FIRST);
    }

    public Column asc_nulls_last() {
        return operator(SqlStdOperatorTable.NULLS_LAST);
    }

    public Column desc_nulls_first() {
        return new Column(SqlStdOperatorTable.NULLS_FIRST.createCall(HERE, desc().tree()));
    }

    public Column desc_nulls_last() {
        return new Column(SqlStdOperatorTable.NULLS_LAST.createCall(HERE, desc().tree()));
    }

    @Override
    public String toString() {
        return ColumnNames.of(tree);
    }
}
