package dev.thalweg.planner.logical;

import dev.thalweg.planner.function.FunctionRegistry;
import dev.thalweg.planner.function.QueryProblem;
import dev.thalweg.planner.function.ScalarCatalogue;
import dev.thalweg.planner.function.SqlMacro;
import dev.thalweg.planner.function.UserScalar;
import java.util.Locale;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/// Finds what has another value each time that it is written, before an expression is copied.
final class RandomCalls {
    private RandomCalls() {}

    /// Whether a copy of an expression would have another value in the same row.
    static boolean in(SqlNode node, FunctionRegistry functions) {
        return switch (node) {
            case SqlNodeList list -> list.stream().anyMatch(each -> in(each, functions));
            case SqlCall call -> isRandom(call, functions)
                    || call.getOperandList().stream().anyMatch(operand -> operand != null && in(operand, functions));
            default -> false; // a rule: names and constants are the same wherever they stand
        };
    }

    private static boolean isRandom(SqlCall call, FunctionRegistry functions) {
        String name = call.getOperator().getName();
        return ScalarCatalogue.isRandom(name.toLowerCase(Locale.ROOT))
                || functions.users().macro(name).filter(macro -> in(macro.body(), functions)).isPresent()
                || functions.find(call).filter(found -> found instanceof UserScalar user && !user.isDeterministic())
                        .isPresent();
    }

    /// The expression that a call stands for, which may hold an argument several times.
    static SqlNode expanded(SqlMacro macro, SqlCall call, FunctionRegistry functions) {
        SqlNode body = macro.over(call);
        for (int i = 0; i < call.operandCount(); i++) {
            if (macro.readsTwice(i) && in(call.operand(i), functions)) {
                throw new QueryProblem("THW-1120",
                        "'" + macro.name() + "' would draw this random value once for each time"
                                + " that it reads it.",
                        call.operand(i).getParserPosition(),
                        "Give it a name in a subquery: SELECT f(r) FROM (SELECT *, rand() AS r FROM t).");
            }
        }
        return body;
    }
}
