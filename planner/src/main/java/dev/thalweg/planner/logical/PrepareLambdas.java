package dev.thalweg.planner.logical;

import dev.thalweg.parser.tree.FunctionCalls;
import dev.thalweg.planner.function.FunctionRegistry;
import dev.thalweg.planner.function.LambdaOperator;
import dev.thalweg.planner.function.LambdaParameter;
import dev.thalweg.planner.function.QueryProblem;
import dev.thalweg.planner.logical.PrepareExpressions.Surroundings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;

/// Prepares lambdas: what a name in the body means is settled here, because a parameter hides a column of its name.
final class PrepareLambdas {
    /// Calls that ask for other rows, or make some, and are no aggregate of the registry.
    private static final Set<String> OF_ROWS = Set.of("count_if", "window", "session_window");

    private final FunctionRegistry functions;
    private final PrepareExpressions expressions;

    PrepareLambdas(FunctionRegistry functions, PrepareExpressions expressions) {
        this.functions = functions;
        this.expressions = expressions;
    }

    /// An argument of a function that takes lambdas.
    SqlNode argument(SqlNode operand, Surroundings around) {
        return FunctionCalls.isLambda(operand) ? lambda((SqlCall) operand, around) : expressions.of(operand, around);
    }

    private SqlNode lambda(SqlCall lambda, Surroundings around) {
        List<SqlNode> parts = lambda.getOperandList();
        SqlNode body = parts.getLast();
        refuseRows(body);
        int level = 1 + around.parameters().values().stream().mapToInt(LambdaParameter::level).max().orElse(0);
        Map<String, LambdaParameter> visible = new HashMap<>(around.parameters());
        List<SqlNode> operands = new ArrayList<>();
        for (SqlNode part : parts.subList(0, parts.size() - 1)) {
            String name = ((SqlIdentifier) part).getSimple();
            LambdaParameter parameter = new LambdaParameter(name, level);
            visible.put(name.toLowerCase(Locale.ROOT), parameter);
            operands.add(parameter.createCall(part.getParserPosition()));
        }
        operands.add(expressions.of(body, around.within(visible)));
        return LambdaOperator.INSTANCE.createCall(lambda.getParserPosition(), operands);
    }

    /// A lambda is computed for each element of one row: nothing in it can look at other rows.
    private void refuseRows(SqlNode node) {
        if (node instanceof SqlNodeList list) {
            list.forEach(this::refuseRows);
        }
        if (!(node instanceof SqlCall call)) {
            return;
        }
        String name = call.getOperator().getName().toLowerCase(Locale.ROOT);
        boolean query = call.isA(SqlKind.QUERY);
        if (query || call.getKind() == SqlKind.OVER || functions.isAggregate(call) || OF_ROWS.contains(name)) {
            throw new QueryProblem("THW-1244",
                    (query ? "A subquery" : "'" + name + "'") + " cannot stand in a lambda.", call.getParserPosition(),
                    "Compute it outside, as a column of a subquery in FROM, and name that column in the lambda.");
        }
        call.getOperandList().stream().filter(java.util.Objects::nonNull).forEach(this::refuseRows);
    }

    static QueryProblem misplaced(SqlCall lambda) {
        return new QueryProblem("THW-1241", "A lambda cannot stand here.", lambda.getParserPosition(),
                "It is an argument of a function that takes one, such as transform(array, x -> x + 1), filter, exists,"
                        + " aggregate, zip_with or transform_values.");
    }
}
