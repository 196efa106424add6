package dev.thalweg;

import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;

/// The name of a column that was given none: the one that SQL gives it, as in Spark.
final class ColumnNames {
    private ColumnNames() {}

    static String of(SqlNode tree) {
        return switch (tree) {
            case SqlIdentifier name when name.isStar() -> "*";
            case SqlIdentifier name when Scope.isOfDataset(name) ->
                    String.join(".", name.names.subList(1, name.names.size()));
            case SqlIdentifier name -> String.join(".", name.names);
            case SqlCall call -> call(call);
            default -> dev.thalweg.planner.logical.ColumnNames.of(tree);
        };
    }

    private static String call(SqlCall call) {
        boolean isCast = call.getKind() == SqlKind.CAST || call.getKind() == SqlKind.SAFE_CAST;
        String name = call.getOperator().getName();
        if (call.getKind() == SqlKind.AS) {
            return ((SqlIdentifier) call.operand(1)).getSimple();
        }
        if ((isCast && call.operand(0) instanceof SqlIdentifier) || call.getKind() == SqlKind.DESCENDING) {
            return of(call.operand(0)); // a column that is cast keeps its name
        }
        return name.equalsIgnoreCase("window") || name.equalsIgnoreCase("session_window")
                ? name.toLowerCase(Locale.ROOT)
                : dev.thalweg.planner.logical.ColumnNames.of(call);
    }
}
