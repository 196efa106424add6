package dev.thalweg;

import dev.thalweg.expressions.Window;
import dev.thalweg.expressions.WindowSpec;
import java.util.List;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/// Writes `function OVER (window)` as SQL's parser would.
final class OverTree {
    private OverTree() {}

    @SuppressWarnings("NullAway") // what a window does not have is null in Calcite
    static SqlNode of(SqlNode function, WindowSpec window) {
        boolean rows = window.frame().map(WindowSpec.Frame::rows).orElse(false);
        SqlNode start = window.frame().map(frame -> bound(frame.start())).orElse(null);
        SqlNode end = window.frame().map(frame -> bound(frame.end())).orElse(null);
        SqlWindow over = SqlWindow.create(null, null, list(window.partition()), list(window.order()),
                SqlLiteral.createBoolean(rows, Column.HERE), start, end, null, Column.HERE);
        return SqlStdOperatorTable.OVER.createCall(Column.HERE, function, over);
    }

    private static SqlNodeList list(List<Column> columns) {
        return new SqlNodeList(columns.stream().map(Column::tree).toList(), Column.HERE);
    }

    private static SqlNode bound(long distance) {
        if (distance == Window.unboundedPreceding) {
            return SqlWindow.createUnboundedPreceding(Column.HERE);
        }
        if (distance == Window.unboundedFollowing) {
            return SqlWindow.createUnboundedFollowing(Column.HERE);
        }
        if (distance == Window.currentRow) {
            return SqlWindow.createCurrentRow(Column.HERE);
        }
        SqlNode number = SqlLiteral.createExactNumeric(Long.toString(Math.abs(distance)), Column.HERE);
        return distance < 0
                ? SqlWindow.createPreceding(number, Column.HERE)
                : SqlWindow.createFollowing(number, Column.HERE);
    }
}
