package dev.thalweg;

import dev.thalweg.parser.tree.FunctionCalls;
import dev.thalweg.parser.tree.LambdaNames;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Litmus;
import org.jspecify.annotations.Nullable;

/// What lies below the only relation of a scope: the SELECT that gives it, and the columns that it is asked for beyond those
/// that it names.
///
/// As in Spark, `df.select("k").filter("v > 1")` and `df.select("k").orderBy("v")` mean the `v` that was left out. It is added
/// to the SELECT, however deep it is, and left out again above.
///
/// Of an aggregate it is other aggregates that can be added: `df.groupBy("k").count().filter(max("v").gt(1))`.
///
/// @param wanted those columns, as the program wrote them
record Below(Selection selection, List<SqlNode> wanted) {
    Below {
        wanted = List.copyOf(wanted);
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
        List<SqlNode> all = new ArrayList<>(wanted);
        for (Column expression : expressions) {
            for (SqlNode column : askedFor(expression.tree(), scope)) {
                if (placeIn(all, column) < 0) {
                    all.add(column);
                }
            }
        }
        return all.size() == wanted.size() ? scope : scope.over(selection.plan(all), new Below(selection, all));
    }

    /// Where a column stands among those that were added; -1 where it was not.
    int place(SqlNode column) {
        return placeIn(wanted, column);
    }

    private static int placeIn(List<SqlNode> columns, SqlNode column) {
        return IntStream.range(0, columns.size()).filter(i -> columns.get(i).equalsDeep(column, Litmus.IGNORE))
                .findFirst().orElse(-1);
    }

    private List<SqlNode> askedFor(SqlNode expression, Scope scope) {
        List<SqlNode> columns = new ArrayList<>();
        expression.accept(new SqlBasicVisitor<@Nullable Void>() {
            private final LambdaNames parameters = new LambdaNames();

            @Override
            public @Nullable Void visit(SqlIdentifier name) {
                if (!parameters.hold(name) && !scope.knows(name) && selection.canGive(name)) {
                    columns.add(name);
                }
                return null;
            }

            @Override
            public @Nullable Void visit(SqlCall call) {
                if (call.isA(SqlKind.QUERY)) {
                    return null; // its names are its own
                }
                if (FunctionCalls.isLambda(call)) {
                    parameters.within(call, body -> body.accept(this));
                    return null;
                }
                if (selection.canGive(call)) {
                    columns.add(call);
                    return null;
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
