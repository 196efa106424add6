package dev.thalweg.planner.function;

import dev.thalweg.parser.tree.FunctionCalls;
import dev.thalweg.spi.data.DataType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/// A function that takes a lambda, such as `transform(array, x -> x + 1)`: before the lambda's body can have a type, its
/// parameters are given theirs, by the other arguments.
public final class HigherOrderFunction extends EngineFunction {
    private final LambdaBinder binder;

    HigherOrderFunction(String name, LambdaBinder binder, Emission emission) {
        super(name, binder, emission, true);
        this.binder = binder;
    }

    /// The validator asks for the whole first, before it goes into the arguments.
    @Override
    public void validateCall(SqlCall call, SqlValidator validator, SqlValidatorScope scope,
            SqlValidatorScope operandScope) {
        validator.deriveType(scope, call);
        super.validateCall(call, validator, scope, operandScope);
    }

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        SqlValidatorScope operandScope = scope.getOperandScope(call);
        List<Argument> arguments = new ArrayList<>();
        List<SqlCall> lambdas = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            if (FunctionCalls.isLambda(operand)) {
                SqlCall lambda = (SqlCall) operand;
                lambdas.add(lambda);
                arguments.add(Argument.lambda(DataType.Simple.VOID, true, lambda.operandCount() - 1));
            } else {
                arguments.add(Arguments.of(validator.deriveType(operandScope, operand), operand));
            }
        }
        if (!lambdas.isEmpty()) {
            give(call, lambdas, arguments);
        }
        return super.deriveType(validator, scope, call);
    }

    private void give(SqlCall call, List<SqlCall> lambdas, List<Argument> arguments) {
        List<List<Argument>> parameters;
        try {
            parameters = binder.parameters(arguments);
        } catch (QueryProblem problem) {
            throw problem.at(call.getParserPosition());
        }
        for (int i = 0; i < lambdas.size(); i++) {
            for (int j = 0; j < parameters.get(i).size(); j++) {
                SqlCall parameter = lambdas.get(i).operand(j);
                ((LambdaParameter) parameter.getOperator()).become(parameters.get(i).get(j));
            }
        }
    }
}
