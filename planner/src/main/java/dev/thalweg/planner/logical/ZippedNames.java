package dev.thalweg.planner.logical;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/// How `arrays_zip` calls the fields of its structs: as the columns or fields that hold the arrays are called, any other by
/// its place.
final class ZippedNames {
    private ZippedNames() {}

    /// Names and arrays in turn.
    static SqlNode[] with(List<SqlNode> arrays, UnaryOperator<SqlNode> prepare) {
        List<SqlNode> operands = new ArrayList<>();
        for (int i = 0; i < arrays.size(); i++) {
            operands.addAll(name(arrays, i));
            operands.add(prepare.apply(arrays.get(i)));
        }
        return operands.toArray(SqlNode[]::new);
    }

    /// None for a star, whose columns bring theirs.
    private static List<SqlNode> name(List<SqlNode> arrays, int place) {
        SqlNode array = arrays.get(place);
        if (array instanceof SqlIdentifier star && star.isStar()) {
            return List.of();
        }
        String name = switch (array) {
            case SqlIdentifier column -> column.names.getLast();
            case SqlCall field when field.getKind() == SqlKind.DOT
                    && field.operand(1) instanceof SqlIdentifier last -> last.names.getLast();
            default -> Integer.toString(place); // a rule: nothing else has a name
        };
        return List.of(SqlLiteral.createCharString(name, array.getParserPosition()));
    }
}
