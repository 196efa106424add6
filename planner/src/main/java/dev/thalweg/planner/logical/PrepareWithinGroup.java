package dev.thalweg.planner.logical;

import dev.thalweg.planner.function.QueryProblem;
import dev.thalweg.planner.logical.PrepareExpressions.Surroundings;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.parser.SqlParserPos;

/// Makes plain calls of aggregates that say in which order they read their rows.
final class PrepareWithinGroup {
    private final Preparation preparation;
    private final PrepareExpressions expressions;

    PrepareWithinGroup(Preparation preparation, PrepareExpressions expressions) {
        this.preparation = preparation;
        this.expressions = expressions;
    }

    /// `f(x) WITHIN GROUP (ORDER BY y DESC)` is a call of x, y and a text that says how y orders.
    SqlNode of(SqlCall call, Surroundings outside) {
        SqlCall inner = call.operand(0);
        SqlParserPos place = call.getParserPosition();
        String function = inner.getOperator().getName().toLowerCase(Locale.ROOT);
        Optional<SqlOperator> operator = preparation.functions().findOrdered(function);
        if (operator.isEmpty()) {
            preparation.report(new QueryProblem("THW-3128", "ORDER BY inside " + function + "() is not supported.",
                    place, "It stands in listagg, string_agg, array_agg, collect_list, percentile_cont, percentile_disc"
                            + " and mode."));
            return preparation.functions().operator("$null").createCall(place);
        }
        Surroundings around = outside.ofAggregated();
        List<SqlNode> operands = new ArrayList<>();
        inner.getOperandList().forEach(operand -> operands.add(expressions.of(operand, around)));
        StringBuilder order = new StringBuilder();
        for (SqlNode item : (SqlNodeList) call.operand(1)) {
            operands.add(expressions.of(key(item), around));
            order.append(direction(item));
        }
        operands.add(SqlLiteral.createCharString(order.toString(), place));
        SqlLiteral quantifier = inner instanceof SqlBasicCall basic ? basic.getFunctionQuantifier() : null;
        return quantifier == null
                ? operator.get().createCall(place, operands)
                : operator.get().createCall(quantifier, place, operands.toArray(SqlNode[]::new));
    }

    private static SqlNode key(SqlNode item) {
        return switch (item.getKind()) {
            case DESCENDING, NULLS_FIRST, NULLS_LAST -> key(((SqlCall) item).operand(0));
            default -> item; // a rule: nothing else is around a key
        };
    }

    private static String direction(SqlNode item) {
        boolean nulls = item.getKind() == SqlKind.NULLS_FIRST || item.getKind() == SqlKind.NULLS_LAST;
        SqlNode bare = nulls ? ((SqlCall) item).operand(0) : item;
        boolean descending = bare.getKind() == SqlKind.DESCENDING;
        boolean first = nulls ? item.getKind() == SqlKind.NULLS_FIRST : !descending;
        return (descending ? "d" : "a") + (first ? "f" : "l");
    }
}
