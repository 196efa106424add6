package dev.thalweg.parser.tree;

import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSpecialOperator;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/// `left LATERAL VIEW [OUTER] f(x) alias AS a, b`: every row of `left` beside each row that the generator makes of it.
///
/// Stands in FROM, above all relations and joins before it. Operands: left, call, alias, columns.
public final class LateralView extends SqlCall {
    private static final SqlOperator OPERATOR = new SqlSpecialOperator("LATERAL VIEW", SqlKind.OTHER);

    private SqlNode left;
    private SqlNode call;
    private final boolean outer;
    private final Optional<SqlIdentifier> alias;
    private final SqlNodeList columns;

    /// @param outer keeps a row of `left` for which the generator makes none
    /// @param columns names of the generator's columns; empty means its own
    public LateralView(SqlParserPos position, SqlNode left, SqlNode call, boolean outer, Optional<SqlIdentifier> alias,
            SqlNodeList columns) {
        super(position);
        this.left = left;
        this.call = call;
        this.outer = outer;
        this.alias = alias;
        this.columns = columns;
    }

    public SqlNode left() {
        return left;
    }

    /// The generator: a function call.
    public SqlNode call() {
        return call;
    }

    public boolean outer() {
        return outer;
    }

    public Optional<SqlIdentifier> alias() {
        return alias;
    }

    public List<String> columns() {
        return columns.stream().map(name -> ((SqlIdentifier) name).getSimple()).toList();
    }

    @Override
    public SqlOperator getOperator() {
        return OPERATOR;
    }

    @Override
    @SuppressWarnings("NullAway") // an absent operand is null in Calcite
    public List<SqlNode> getOperandList() {
        return java.util.Arrays.asList(left, call, alias.orElse(null), columns);
    }

    @Override
    public void setOperand(int index, @Nullable SqlNode operand) {
        switch (index) {
            case 0 -> left = java.util.Objects.requireNonNull(operand);
            case 1 -> call = java.util.Objects.requireNonNull(operand);
            default -> throw new UnsupportedOperationException("The names of a LATERAL VIEW do not change");
        }
    }

    @Override
    public void unparse(SqlWriter writer, int leftPrecedence, int rightPrecedence) {
        left.unparse(writer, leftPrecedence, 0);
        writer.keyword(outer ? "LATERAL VIEW OUTER" : "LATERAL VIEW");
        call.unparse(writer, 0, 0);
        alias.ifPresent(name -> name.unparse(writer, 0, 0));
        if (!columns.isEmpty()) {
            writer.keyword("AS");
            columns.unparse(writer, 0, 0);
        }
    }
}
