package dev.thalweg.planner.logical;

import dev.thalweg.planner.function.EngineFunction;
import java.util.List;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/// Converts calls of our functions by their own binding; AND, OR, IS NULL and their like as Calcite does.
final class Convertlets implements SqlRexConvertletTable {
    @Override
    public @Nullable SqlRexConvertlet get(SqlCall call) {
        if (call.getOperator() instanceof EngineFunction) {
            return Convertlets::convert;
        }
        return call.getKind() == SqlKind.IS_NULL
                ? Convertlets::isNull
                : StandardConvertletTable.INSTANCE.get(call);
    }

    /// Calcite makes FALSE of a whole condition of which one part is never true, and with it goes what bounds a join by time. So
    /// that something is NULL which never is does not look like it; the translation takes the second part away again.
    private static RexNode isNull(SqlRexContext context, SqlCall call) {
        RexBuilder rex = context.getRexBuilder();
        RexNode isNull = rex.makeCall(SqlStdOperatorTable.IS_NULL, context.convertExpression(call.operand(0)));
        return isNull.isAlwaysFalse()
                ? rex.makeCall(SqlStdOperatorTable.OR, isNull, rex.makeLiteral(false))
                : isNull;
    }

    private static RexNode convert(SqlRexContext context, SqlCall call) {
        EngineFunction function = (EngineFunction) call.getOperator();
        List<RexNode> operands = call.getOperandList().stream().map(context::convertExpression).toList();
        return function.toRex(context.getRexBuilder(), operands,
                context.getValidator().getValidatedNodeTypeIfKnown(call));
    }
}
