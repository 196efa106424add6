package dev.thalweg;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

/// What lies below the only relation of a scope: the SELECT that gives it, and the columns that it is asked for beyond those
/// that it names.
///
/// As in Spark, `df.select("k").filter("v > 1")` and `df.select("k").orderBy("v")` mean the `v` that was left out. It is added
/// to the SELECT, however deep it is, and left out again above.
///
/// @param names of those columns, as the program wrote them
record Below(Selection selection, List<List<String>> names) {
    Below {
        names = List.copyOf(names);
    }

    Below(Selection selection) {
        this(selection, List.of());
    }

    /// How the relation calls the column that was added at this place. No user can write it.
    static String name(int place) {
        return "$below_" + place;
    }

    /// The scope with all columns that it needs for these expressions and can get from below.
    Scope reach(Scope scope, List<Column> expressions) {
        List<List<String>> wanted = new ArrayList<>(names);
        for (Column expression : expressions) {
            for (SqlIdentifier name : columnsIn(expression.tree())) {
                if (!scope.knows(name) && !wanted.contains(name.names) && selection.from().canReach(name)) {
                    wanted.add(name.names);
                }
            }
        }
        return wanted.equals(names) ? scope : scope.over(selection.plan(wanted), new Below(selection, wanted));
    }

    private static List<SqlIdentifier> columnsIn(SqlNode expression) {
        List<SqlIdentifier> columns = new ArrayList<>();
        expression.accept(new SqlBasicVisitor<@Nullable Void>() {
            @Override
            public @Nullable Void visit(SqlIdentifier name) {
                columns.add(name);
                return null;
            }

            @Override
            public @Nullable Void visit(SqlCall call) {
                if (call.isA(SqlKind.QUERY)) {
                    return null; // its names are its own
                }
                return namesItsOperand(call) ? call.operand(0).accept(this) : super.visit(call);
            }
        });
        return columns;
    }

    /// Whether what stands behind the first operand is a name that the call gives, or a field, and no column.
    static boolean namesItsOperand(SqlCall call) {
        return call.getKind() == SqlKind.AS || call.getKind() == SqlKind.DOT;
    }
}
