package dev.thalweg.planner.function;

import dev.thalweg.parser.tree.FunctionCalls;
import dev.thalweg.parser.tree.TypeSpecs;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/// `CREATE FUNCTION f(x INT) RETURNS INT RETURN x + 1`: an expression over parameters, which stands for each call before the query
/// is planned. So a plan knows nothing of it, and a checkpoint remembers what it stood for.
///
/// @param body a syntax tree, never changed
public record SqlMacro(String name, RowType parameters, SqlNode body, DataType result) {
    /// Checks that a body is an expression over its parameters alone.
    ///
    /// **Errors** [InvalidQuery] THW-1268 when it looks at other rows, or makes some
    public static void refuseRows(String name, SqlNode node, FunctionRegistry functions) {
        if (looksAtRows(node, functions)) {
            throw new InvalidQuery("THW-1268", "The function '" + name + "' would look at other rows: its body is to be"
                    + " an expression over its parameters, without subqueries, aggregates, OVER, and functions"
                    + " that make rows.\nCompute those in the"
                    + " query, and hand them over.");
        }
        switch (node) {
            case SqlCall call -> call.getOperandList().stream().filter(each -> each != null)
                    .forEach(each -> refuseRows(name, each, functions));
            case SqlNodeList list -> list.forEach(each -> refuseRows(name, each, functions));
            default -> {
                // a rule: nothing else has parts
            }
        }
    }

    private static boolean looksAtRows(SqlNode node, FunctionRegistry functions) {
        if (node.isA(SqlKind.QUERY) || node.getKind() == SqlKind.OVER || node.getKind() == SqlKind.SCALAR_QUERY) {
            return true;
        }
        return node instanceof SqlCall call && (functions.isAggregate(call)
                || functions.isGenerator(call.getOperator().getName())
                || call.getOperator().getName().equalsIgnoreCase("count_if"));
    }

    /// Whether its body reads a parameter more than once.
    public boolean readsTwice(int parameter) {
        int[] reads = {0};
        body.accept(new SqlShuttle() {
            @Override
            public SqlNode visit(SqlIdentifier id) {
                reads[0] += id.names.getFirst().equalsIgnoreCase(parameters.field(parameter).name()) ? 1 : 0;
                return id;
            }
        });
        return reads[0] > 1;
    }

    /// The body over the arguments of a call, as the type that the function has.
    public SqlNode over(SqlCall call) {
        return cast(inside(call), result);
    }

    /// The body over the arguments of a call, which are cast to what the parameters are.
    public SqlNode inside(SqlCall call) {
        if (call.operandCount() != parameters.size()) {
            throw new QueryProblem("THW-1201", "Function '" + name + "' does not take " + call.operandCount()
                    + (call.operandCount() == 1 ? " argument." : " arguments."), call.getParserPosition(),
                    "It is " + signature() + ".");
        }
        Map<String, SqlNode> arguments = new HashMap<>();
        for (int i = 0; i < parameters.size(); i++) {
            arguments.put(parameters.field(i).name().toLowerCase(Locale.ROOT),
                    cast(call.operand(i), parameters.type(i)));
        }
        return java.util.Objects.requireNonNull(
                body.accept(new Substitution(arguments, call.getParserPosition())));
    }

    private static SqlNode cast(SqlNode value, DataType type) {
        return SqlStdOperatorTable.CAST.createCall(value.getParserPosition(), value,
                TypeSpecs.castTarget(type, value.getParserPosition()));
    }

    String signature() {
        return parameters.fields().stream().map(field -> field.type().sql())
                .collect(Collectors.joining(", ", name + "(", ") : ")) + result.sql();
    }

    /// Copies the body to the place of the call, with arguments for parameters.
    private static final class Substitution extends SqlShuttle {
        private final Map<String, SqlNode> arguments;
        private final SqlParserPos place;

        Substitution(Map<String, SqlNode> arguments, SqlParserPos place) {
            this.arguments = arguments;
            this.place = place;
        }

        @Override
        public SqlNode visit(SqlIdentifier id) {
            SqlNode argument = arguments.get(id.names.getFirst().toLowerCase(Locale.ROOT));
            if (argument == null) {
                return id.clone(place);
            }
            SqlNode value = copy(argument);
            for (String field : id.names.subList(1, id.names.size())) {
                value = SqlStdOperatorTable.DOT.createCall(place, value, new SqlIdentifier(field, place));
            }
            return value;
        }

        /// An argument stands where it was written, however often.
        private static SqlNode copy(SqlNode argument) {
            return java.util.Objects.requireNonNull(
                    argument.accept(new Substitution(Map.of(), argument.getParserPosition())));
        }

        @Override
        public SqlNode visit(SqlLiteral literal) {
            return literal.clone(place);
        }

        @Override
        public SqlNode visit(SqlDataTypeSpec type) {
            return type;
        }

        @Override
        public SqlNode visit(SqlIntervalQualifier interval) {
            return interval;
        }

        @Override
        public SqlNode visit(SqlNodeList nodes) {
            SqlNodeList copy = new SqlNodeList(place);
            nodes.forEach(node -> copy.add(node == null ? null : node.accept(this)));
            return copy;
        }

        @Override
        public SqlNode visit(SqlCall call) {
            Substitution inside = FunctionCalls.isLambda(call) ? without(call.getOperandList()) : this;
            @Nullable
            SqlNode[] operands = call.getOperandList().stream().map(each -> each == null ? null : each.accept(inside))
                    .toArray(SqlNode[]::new);
            return call.getOperator().createCall(call.getFunctionQuantifier(), place, operands);
        }

        /// A parameter of a lambda hides one of the function.
        private Substitution without(List<SqlNode> lambda) {
            Map<String, SqlNode> seen = new HashMap<>(arguments);
            lambda.subList(0, lambda.size() - 1)
                    .forEach(name -> seen.remove(((SqlIdentifier) name).getSimple().toLowerCase(Locale.ROOT)));
            return new Substitution(seen, place);
        }
    }
}
