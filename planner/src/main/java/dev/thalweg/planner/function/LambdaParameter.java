package dev.thalweg.planner.function;

import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.error.Defect;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/// A parameter of a lambda where its body names it: a function without arguments, one for each parameter of each lambda.
///
/// What type it has, the call that takes the lambda says when it is validated: each time before the body is looked at, and
/// always the same. One thread, as the validator.
public final class LambdaParameter extends EngineFunction {
    private final String shown;
    private final int level;
    private Argument value = Argument.of(DataType.Simple.VOID, true);

    /// A parameter of a lambda in a query.
    ///
    /// @param shown its name in the query
    /// @param level 1 in a lambda, 2 in a lambda in a lambda: the inner `x` is another one
    public LambdaParameter(String shown, int level) {
        super("$" + shown + "@" + level, _ -> {
            throw new Defect("THW-9104", "A parameter of a lambda is bound as a function");
        }, (_, _, _, _) -> {
            throw new Defect("THW-9104", "A parameter of a lambda is converted as a function");
        }, true);
        this.shown = shown;
        this.level = level;
    }

    public String shown() {
        return shown;
    }

    public int level() {
        return level;
    }

    void become(Argument argument) {
        value = argument;
    }

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        return TypeMapping.rel(validator.getTypeFactory(), value.type(), value.nullable());
    }

    @Override
    public RexNode toRex(RexBuilder rex, List<RexNode> operands, @Nullable RelDataType validated) {
        return rex.makeCall(TypeMapping.rel(rex.getTypeFactory(), value.type(), value.nullable()), this, operands);
    }
}
