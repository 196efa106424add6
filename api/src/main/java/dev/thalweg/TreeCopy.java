package dev.thalweg;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;

/// Copies a syntax tree, because the validator changes the one it is given and a [Column] may be used many times.
final class TreeCopy extends SqlShuttle {
    private TreeCopy() {}

    static SqlNode of(SqlNode tree) {
        SqlNode copy = tree.accept(new TreeCopy());
        return copy == null ? tree : copy;
    }

    @Override
    public SqlNode visit(SqlLiteral literal) {
        return literal; // never changed
    }

    @Override
    public SqlNode visit(SqlIdentifier id) {
        return id.clone(id.getParserPosition());
    }

    @Override
    public SqlNode visit(SqlDataTypeSpec type) {
        return type;
    }

    @Override
    public SqlNode visit(SqlNodeList nodes) {
        SqlNodeList copy = new SqlNodeList(nodes.getParserPosition());
        nodes.forEach(node -> copy.add(node == null ? null : node.accept(this)));
        return copy;
    }

    @Override
    public SqlNode visit(SqlCall call) {
        CallCopyingArgHandler handler = new CallCopyingArgHandler(call, true);
        call.getOperator().acceptCall(this, call, false, handler);
        SqlNode copy = handler.result();
        return copy == null ? call.clone(SqlParserPos.ZERO) : copy;
    }
}
