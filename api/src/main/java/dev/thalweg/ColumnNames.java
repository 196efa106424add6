package dev.thalweg;

import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/// The name of a column that was given none, as Spark makes it: `sum(x)`, `(a + 1)`, `window`.
final class ColumnNames {
    private ColumnNames() {}

    static String of(SqlNode tree) {
        return switch (tree) {
            case SqlIdentifier name when name.isStar() -> "*";
            case SqlIdentifier name when Scope.isOfDataset(name) ->
                    String.join(".", name.names.subList(1, name.names.size()));
            case SqlIdentifier name -> String.join(".", name.names);
            case SqlLiteral literal -> literal(literal);
            case SqlCall call -> call(call);
            default -> tree.toString();
        };
    }

    private static String literal(SqlLiteral literal) {
        return switch (literal.getTypeName()) {
            case CHAR, VARCHAR -> literal.getValueAs(String.class);
            case NULL -> "NULL";
            default -> literal.toValue() == null ? literal.toString() : String.valueOf(literal.toValue());
        };
    }

    private static String call(SqlCall call) {
        if (call.getKind() == SqlKind.AS) {
            return ((SqlIdentifier) call.operand(1)).getSimple();
        }
        if (call.getKind() == SqlKind.CASE) {
            return call.toString().replace("`", "").replaceAll("\\s+", " ");
        }
        if (call.getKind() == SqlKind.CAST || call.getKind() == SqlKind.SAFE_CAST) {
            return of(call.operand(0)).startsWith("(") ? "CAST(" + of(call.operand(0)) + ")" : of(call.operand(0));
        }
        String name = call.getOperator().getName();
        if (call instanceof SqlBasicCall && call.operandCount() == 2
                && call.getOperator().getSyntax() == org.apache.calcite.sql.SqlSyntax.BINARY) {
            return "(" + of(call.operand(0)) + " " + name + " " + of(call.operand(1)) + ")";
        }
        if (call.getKind() == SqlKind.FILTER || name.equalsIgnoreCase("desc")) {
            return of(call.operand(0));
        }
        if (name.equalsIgnoreCase("window") || name.equalsIgnoreCase("session_window")) {
            return name.toLowerCase(Locale.ROOT);
        }
        boolean distinct = call.getFunctionQuantifier() != null
                && call.getFunctionQuantifier().toString().equalsIgnoreCase("DISTINCT");
        return name.toLowerCase(Locale.ROOT) + "(" + (distinct ? "DISTINCT " : "") + call.getOperandList().stream()
                .map(ColumnNames::of).collect(Collectors.joining(", ")) + ")";
    }
}
