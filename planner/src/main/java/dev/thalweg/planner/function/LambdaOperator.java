package dev.thalweg.planner.function;

import dev.thalweg.parser.tree.FunctionCalls;
import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.error.Defect;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;
import org.jspecify.annotations.Nullable;

/// `(x, y) -> body` in a prepared tree and in Calcite's plan: a call of its parameters and, last, its body.
///
/// A call and not Calcite's lambda, so that every pass of Calcite's goes through the body as through any other expression and
/// moves the columns in it. Its type is that of its body.
public final class LambdaOperator extends EngineFunction {
    public static final LambdaOperator INSTANCE = new LambdaOperator();

    private LambdaOperator() {
        super(FunctionCalls.LAMBDA, _ -> {
            throw new Defect("THW-9104", "A lambda is bound as a function");
        }, (_, _, _, _) -> {
            throw new Defect("THW-9104", "A lambda is converted as a function");
        }, true);
    }

    static boolean isLambda(RexNode node) {
        return node instanceof RexCall call && call.getOperator() instanceof LambdaOperator;
    }

    @Override
    public RelDataType deriveType(SqlValidator validator, SqlValidatorScope scope, SqlCall call) {
        RelDataType type = null;
        for (SqlNode operand : call.getOperandList()) {
            type = validator.deriveType(scope, operand);
        }
        return java.util.Objects.requireNonNull(type);
    }

    @Override
    public RexNode toRex(RexBuilder rex, List<RexNode> operands, @Nullable RelDataType validated) {
        return rex.makeCall(operands.getLast().getType(), this, operands);
    }

    /// The lambda with its body cast.
    static RexNode cast(RexBuilder rex, RexCall lambda, DataType to) {
        List<RexNode> operands = new ArrayList<>(lambda.getOperands());
        RexNode body = operands.removeLast();
        RelDataType type = TypeMapping.rel(rex.getTypeFactory(), to, true);
        operands.add(rex.makeAbstractCast(type, body, false));
        return rex.makeCall(type, INSTANCE, operands);
    }
}
