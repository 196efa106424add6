package dev.thalweg.parser.tree;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/// The parameters of the lambdas around the place that a walk through a tree has reached: these names are no columns.
public final class LambdaNames {
    private final List<String> names = new ArrayList<>();

    public boolean hold(SqlIdentifier name) {
        return names.stream().anyMatch(name.names.getFirst()::equalsIgnoreCase);
    }

    /// Walks through the body of a lambda.
    public void within(SqlCall lambda, Consumer<SqlNode> walk) {
        rewritten(lambda, body -> {
            walk.accept(body);
            return body;
        });
    }

    /// The lambda with what a walk makes of its body.
    public SqlNode rewritten(SqlCall lambda, UnaryOperator<SqlNode> walk) {
        int before = names.size();
        List<SqlNode> parts = new ArrayList<>(lambda.getOperandList());
        SqlNode body = parts.removeLast();
        parts.forEach(parameter -> names.add(((SqlIdentifier) parameter).getSimple()));
        parts.add(walk.apply(body));
        names.subList(before, names.size()).clear();
        return FunctionCalls.of(FunctionCalls.LAMBDA, lambda.getParserPosition(), parts);
    }
}
