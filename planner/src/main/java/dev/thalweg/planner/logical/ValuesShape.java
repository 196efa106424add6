package dev.thalweg.planner.logical;

import dev.thalweg.planner.function.QueryProblem;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;

/// Says which row of a VALUES does not go with the first, before Calcite judges it as a whole.
final class ValuesShape {
    private ValuesShape() {}

    /// **Errors** [QueryProblem] THW-1111 for a row of another length, THW-1203 for literals of unlike kinds in a column.
    static void check(SqlCall values) {
        List<SqlNode> first = cells(values.operand(0));
        for (SqlNode row : values.getOperandList()) {
            int size = cells(row).size();
            if (size != first.size()) {
                throw new QueryProblem("THW-1111", "This row of VALUES has " + size + (size == 1 ? " value" : " values")
                        + ", the first one has " + first.size() + ".", row.getParserPosition(),
                        "Give every row as many values; NULL stands for one that is missing.");
            }
        }
        for (int column = 0; column < first.size(); column++) {
            checkColumn(values, column);
        }
    }

    private static void checkColumn(SqlCall values, int column) {
        Optional<String> kind = Optional.empty();
        for (SqlNode row : values.getOperandList()) {
            SqlNode cell = cells(row).get(column);
            Optional<String> own = kind(cell);
            if (kind.isPresent() && own.isPresent() && !own.equals(kind)) {
                throw new QueryProblem("THW-1203",
                        "Column " + (column + 1) + " of VALUES has " + own.get() + " here, but "
                                + kind.get() + " above.",
                        cell.getParserPosition(),
                        "Write all its values alike: 1 and 2, or '1' and 'a'; a CAST makes one type of another.");
            }
            kind = kind.or(() -> own);
        }
    }

    private static List<SqlNode> cells(SqlNode row) {
        return row.getKind() == SqlKind.ROW ? ((SqlCall) row).getOperandList() : List.of(row);
    }

    /// Empty for what is no plain literal, which gets its type later.
    private static Optional<String> kind(SqlNode cell) {
        return switch (cell) {
            case SqlNumericLiteral _ -> Optional.of("a number");
            case SqlCharStringLiteral _ -> Optional.of("a string");
            case SqlLiteral literal when literal.getValue() instanceof Boolean -> Optional.of("a boolean");
            case SqlCall minus when minus.getKind() == SqlKind.MINUS_PREFIX -> kind(minus.operand(0));
            default -> Optional.empty();
        };
    }
}
