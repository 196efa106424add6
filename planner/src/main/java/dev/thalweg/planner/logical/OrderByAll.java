package dev.thalweg.planner.logical;

import dev.thalweg.parser.tree.StreamOperators;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.jspecify.annotations.Nullable;

/// Writes `ORDER BY ALL` out: each column of the SELECT list by its number, from left to right, with the direction of ALL.
final class OrderByAll {
    private OrderByAll() {}

    /// The order that ALL stands for; empty where the order names its columns itself.
    ///
    /// @param columns of the SELECT list, once each `*` in it is known
    static Optional<SqlNodeList> expanded(@Nullable SqlNodeList order, int columns) {
        if (order == null || order.size() != 1 || !isAll(order.get(0))) {
            return Optional.empty();
        }
        List<SqlNode> keys = new ArrayList<>();
        for (int column = 1; column <= columns; column++) {
            keys.add(by(column, (SqlCall) order.get(0)));
        }
        return Optional.of(new SqlNodeList(keys, order.getParserPosition()));
    }

    private static boolean isAll(SqlNode key) {
        return switch (key.getKind()) {
            case DESCENDING, NULLS_FIRST, NULLS_LAST -> isAll(((SqlCall) key).operand(0));
            default -> StreamOperators.is(key, StreamOperators.ORDER_BY_ALL);
        };
    }

    private static SqlNode by(int column, SqlCall all) {
        return all.operandCount() == 0
                ? SqlLiteral.createExactNumeric(Integer.toString(column), all.getParserPosition())
                : all.getOperator().createCall(all.getParserPosition(), by(column, all.operand(0)));
    }
}
