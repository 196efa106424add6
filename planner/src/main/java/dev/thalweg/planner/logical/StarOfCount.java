package dev.thalweg.planner.logical;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// Writes the columns for the star of `count(DISTINCT *)` and `count(t.*)`: rows are counted in which none of them is NULL.
///
/// The star of a subquery is its own: this one does not look into them.
final class StarOfCount extends SqlShuttle {
    private final Function<SqlIdentifier, SqlNodeList> columns;

    /// @param columns what a star of the SELECT at hand stands for
    StarOfCount(Function<SqlIdentifier, SqlNodeList> columns) {
        this.columns = columns;
    }

    /// Only a bare `count(*)` counts rows, whatever is in them.
    static boolean countsRows(SqlCall count) {
        return isOfStar(count) && ((SqlIdentifier) count.operand(0)).names.size() == 1
                && !(count instanceof SqlBasicCall basic && isDistinct(basic.getFunctionQuantifier()));
    }

    private static boolean isOfStar(SqlCall call) {
        return call.operandCount() == 1 && call.operand(0) instanceof SqlIdentifier star && star.isStar();
    }

    private static boolean isDistinct(@Nullable SqlLiteral quantifier) {
        return quantifier != null && quantifier.getValue() == SqlSelectKeyword.DISTINCT;
    }

    /// In place: Calcite holds on to the list.
    void expandIn(SqlNodeList items) {
        for (int i = 0; i < items.size(); i++) {
            SqlNode item = items.get(i);
            if (item instanceof SqlCall) {
                items.set(i, item.accept(this));
            }
        }
    }

    @Override
    public @Nullable SqlNode visit(SqlCall call) {
        if (call.isA(SqlKind.QUERY)) {
            return call;
        }
        boolean counts = call.getOperator().getName().equals("count") && isOfStar(call);
        return counts ? expanded((SqlBasicCall) call) : super.visit(call);
    }

    private SqlNode expanded(SqlBasicCall count) {
        List<SqlNode> operands = new ArrayList<>();
        for (SqlNode column : columns.apply(count.operand(0))) {
            operands.add(column.getKind() == SqlKind.AS ? ((SqlCall) column).operand(0) : column);
        }
        return count.getOperator().createCall(count.getFunctionQuantifier(), count.getParserPosition(),
                operands.toArray(SqlNode[]::new));
    }
}
