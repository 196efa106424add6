package dev.thalweg;

import dev.thalweg.parser.tree.FunctionCalls;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;

/// The parameters of the lambdas around the place that a walk through a tree has reached: these names are no columns.
final class LambdaNames {
    private final List<String> names = new ArrayList<>();

    boolean hold(SqlIdentifier name) {
        return names.stream().anyMatch(name.names.getFirst()::equalsIgnoreCase);
    }

    /// Walks through the body of a lambda.
    <T> T within(SqlCall lambda, Function<SqlNode, T> walk) {
        int before = names.size();
        List<SqlNode> parts = lambda.getOperandList();
        parts.subList(0, parts.size() - 1).forEach(part -> names.add(((SqlIdentifier) part).getSimple()));
        T result = walk.apply(parts.getLast());
        names.subList(before, names.size()).clear();
        return result;
    }

    /// The lambda with what a walk makes of its body.
    SqlNode rewritten(SqlCall lambda, Function<SqlNode, SqlNode> walk) {
        List<SqlNode> parts = new ArrayList<>(lambda.getOperandList());
        parts.set(parts.size() - 1, within(lambda, walk));
        return FunctionCalls.of(FunctionCalls.LAMBDA, lambda.getParserPosition(), parts);
    }
}
