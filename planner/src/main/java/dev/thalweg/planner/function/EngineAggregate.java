package dev.thalweg.planner.function;

import dev.thalweg.planner.incremental.AggregateCall;
import dev.thalweg.planner.incremental.Frame;
import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.planner.type.TypeRules;
import dev.thalweg.spi.function.UserAggregate;
import java.util.List;
import java.util.Optional;
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
///
/// With OVER it carries the frame, which Calcite would check by rules of its own.
public final class EngineAggregate extends SqlAggFunction {
    private final String function;
    private final Binder binder;
    private final boolean onlyOver;
    private final Optional<Frame> frame;
    private final Optional<UserAggregate> user;

    EngineAggregate(String name, Binder binder) {
        this(name, name, binder, false, Optional.empty(), Optional.empty());
    }

    /// What is no aggregate without OVER.
    static EngineAggregate onlyOver(String name, Binder binder) {
        return new EngineAggregate(name, name, binder, true, Optional.empty(), Optional.empty());
    }

    /// An aggregate of a program; see [UserScalar] for its name.
    public static EngineAggregate of(UserAggregate user) {
        Binder binder = arguments -> {
            UserScalar.checkTypes(user.name(), arguments, user.arguments());
            return new Binding(user.name(), user.arguments(), user.type(), user.nullable());
        };
        return new EngineAggregate(UserScalar.unique(user.name()), AggregateCall.OF_USER + user.name(), binder, false,
                Optional.empty(), Optional.of(user));
    }

    // Calcite takes null for "says it itself", and does not say so in its types.
    @SuppressWarnings("NullAway")
    private EngineAggregate(String name, String function, Binder binder, boolean onlyOver, Optional<Frame> frame,
            Optional<UserAggregate> user) {
        super(name, null, SqlKind.OTHER_FUNCTION, null, null, null, SqlFunctionCategory.USER_DEFINED_FUNCTION, false,
                false,
                Optionality.FORBIDDEN);
        this.function = function;
        this.binder = binder;
        this.onlyOver = onlyOver;
        this.frame = frame;
        this.user = user;
    }

    /// This function over the rows of a frame. Operators are told apart by name, so the frame is a part of it.
    public EngineAggregate over(Frame rows) {
        String name = user.isPresent() ? getName() : function;
        return new EngineAggregate(name + " " + rows.start() + rows.unit() + rows.end(), function, binder, onlyOver,
                Optional.of(rows), user);
    }

    /// The name in the plan.
    public String function() {
        return function;
    }

    /// Empty where OVER writes none.
    public Optional<Frame> frame() {
        return frame;
    }

    /// The program's, if it is one of a program.
    public Optional<UserAggregate> user() {
        return user;
    }

    /// Whether it means nothing without OVER.
    public boolean isOnlyOver() {
        return onlyOver;
    }

    @Override
    public boolean isDeterministic() {
        return user.map(UserAggregate::deterministic).orElse(true);
    }

    @Override
    public boolean allowsFilter() {
        return true;
    }

    @Override
    public boolean allowsNullTreatment() {
        return switch (function) {
            case "first", "last", "lag", "lead", "nth_value" -> true;
            default -> false; // a rule: other functions pass over NULLs, or count rows
        };
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
