package dev.thalweg.planner.logical;

import dev.thalweg.parser.tree.FunctionCalls;
import dev.thalweg.parser.tree.LambdaNames;
import dev.thalweg.planner.function.FunctionRegistry;
import dev.thalweg.planner.function.QueryProblem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.jspecify.annotations.Nullable;

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

    /// What of a cell is no value of its own: columns, which Calcite would look for in the VALUES itself, and aggregates.
    static List<QueryProblem> strangers(SqlNode cell, FunctionRegistry functions) {
        List<QueryProblem> problems = new ArrayList<>();
        cell.accept(new SqlBasicVisitor<@Nullable Void>() {
            private final LambdaNames parameters = new LambdaNames();

            @Override
            public @Nullable Void visit(SqlIdentifier name) {
                if (!name.isStar() && !parameters.hold(name)) {
                    problems.add(column(name));
                }
                return null;
            }

            @Override
            public @Nullable Void visit(SqlCall call) {
                if (functions.isAggregate(call)) {
                    problems.add(new QueryProblem("THW-1110", "An aggregate cannot stand in VALUES.",
                            call.getParserPosition(), "Compute it in a SELECT."));
                    return null;
                }
                if (FunctionCalls.isLambda(call)) {
                    parameters.within(call, body -> body.accept(this));
                    return null;
                }
                return switch (call.getKind()) {
                    case AS, DOT -> call.operand(0).accept(this); // what follows is a name of its own
                    default -> call.isA(SqlKind.QUERY) ? null : super.visit(call);
                };
            }
        });
        return problems;
    }

    private static QueryProblem column(SqlIdentifier name) {
        String text = String.join(".", name.names);
        return new QueryProblem("THW-1104", "Unknown column '" + text + "': VALUES has none to take values from.",
                name.getParserPosition(), text.equalsIgnoreCase("default")
                        ? "A column has no default but NULL: write NULL."
                        : "Write '" + text + "' in quotes for a string, or SELECT it from a table.");
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
