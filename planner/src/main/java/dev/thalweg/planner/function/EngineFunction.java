package dev.thalweg.planner.function;

import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.data.DataType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.SqlOperandCountRanges;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/// A scalar function or operator of ours as Calcite sees it: typed by a [Binder], both when the query is validated and when it
/// is converted, so that implicit casts never have to be written into the syntax tree.
public class EngineFunction extends SqlFunction {
    private final Binder binder;
    private final Emission emission;
    private final boolean deterministic;

    /// What stands in the plan for a call whose arguments have been cast.
    @FunctionalInterface
    public interface Emission {
        RexNode emit(RexBuilder rex, RelDataType type, Binding binding, List<RexNode> arguments);
    }

    // Calcite takes null for "says it itself", and does not say so in its types.
    @SuppressWarnings("NullAway")
    public EngineFunction(String name, Binder binder, Emission emission, boolean deterministic) {
        super(name, SqlKind.OTHER_FUNCTION, null, null, null, SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.binder = binder;
        this.emission = emission;
        this.deterministic = deterministic;
    }

    public Binder binder() {
        return binder;
    }

    @Override
    public boolean isDeterministic() {
        return deterministic;
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
        bind(binding);
        return true;
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        Binding bound = bind(binding);
        return TypeMapping.rel(binding.getTypeFactory(), bound.result(), bound.nullable());
    }

    private Binding bind(SqlOperatorBinding binding) {
        try {
            return binder.bind(Arguments.of(binding));
        } catch (QueryProblem problem) {
            throw binding instanceof SqlCallBinding call ? problem.at(call.getCall().getParserPosition()) : problem;
        }
    }

    /// The call in the plan: arguments cast to what the binding wants.
    ///
    /// @param validated the type that validation found, or null for a call that was made later
    public RexNode toRex(RexBuilder rex, List<RexNode> operands,
            @org.jspecify.annotations.Nullable RelDataType validated) {
        Binding binding = binder.bind(operands.stream().map(Arguments::of).toList());
        List<RexNode> arguments = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            arguments.add(cast(rex, operands.get(i), binding.arguments().get(i)));
        }
        RelDataType type = TypeMapping.rel(rex.getTypeFactory(), binding.result(), binding.nullable());
        boolean same = validated != null
                && TypeRules.sameIgnoringNulls(TypeMapping.dataType(validated), binding.result());
        return emission.emit(rex, same ? java.util.Objects.requireNonNull(validated) : type, binding, arguments);
    }

    /// A cast that stays a cast: Calcite would fold one of a literal with its own arithmetic.
    public static RexNode cast(RexBuilder rex, RexNode value, DataType to) {
        if (TypeRules.sameIgnoringNulls(TypeMapping.dataType(value.getType()), to)) {
            return value;
        }
        if (LambdaOperator.isLambda(value)) {
            return LambdaOperator.cast(rex, (RexCall) value, to);
        }
        RelDataType type = TypeMapping.rel(rex.getTypeFactory(), to, value.getType().isNullable());
        return rex.makeAbstractCast(type, value, false);
    }
}
