package dev.thalweg.planner.function;

import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.planner.type.TypeRules;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.apache.calcite.util.Optionality;

/// An aggregate of ours as Calcite sees it. Unlike a scalar function it writes its implicit casts into the syntax tree, because
/// arguments of an aggregate are converted before anybody asks it.
final class EngineAggregate extends SqlAggFunction {
    private final Binder binder;

    // Calcite takes null for "says it itself", and does not say so in its types.
    @SuppressWarnings("NullAway")
    EngineAggregate(String name, Binder binder) {
        super(name, null, SqlKind.OTHER_FUNCTION, null, null, null, SqlFunctionCategory.USER_DEFINED_FUNCTION, false,
                false,
                Optionality.FORBIDDEN);
        this.binder = binder;
    }

    @Override
    public boolean allowsFilter() {
        return true;
    }

    @Override
    public boolean allowsNullTreatment() {
        return getName().equals("first") || getName().equals("last");
    }

    @Override
    public SqlOperandCountRange getOperandCountRange() {
        return SqlOperandCountRanges.any();
    }

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        SqlValidatorScope operands = scope.getOperandScope(call);
        for (SqlNode operand : call.getOperandList()) {
            validator.deriveType(operands, operand);
        }
        return validateOperands(validator, operands, call);
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
        SqlCall call = binding.getCall();
        List<Argument> arguments = Arguments.of(binding);
        Binding bound = bind(binding, arguments);
        for (int i = 0; i < arguments.size(); i++) {
            if (!TypeRules.sameIgnoringNulls(arguments.get(i).type(), bound.arguments().get(i))) {
                SqlNode operand = call.operand(i);
                SqlNode cast = Operators.cast(bound.arguments().get(i), false).createCall(operand.getParserPosition(),
                        operand);
                call.setOperand(i, cast);
                binding.getValidator().deriveType(binding.getScope(), cast);
            }
        }
        return true;
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        Binding bound = bind(binding, Arguments.of(binding));
        return TypeMapping.rel(binding.getTypeFactory(), bound.result(), bound.nullable());
    }

    private Binding bind(SqlOperatorBinding binding, List<Argument> arguments) {
        try {
            return binder.bind(arguments);
        } catch (QueryProblem problem) {
            throw binding instanceof SqlCallBinding call ? problem.at(call.getCall().getParserPosition()) : problem;
        }
    }
}
