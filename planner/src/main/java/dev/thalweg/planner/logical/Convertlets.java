package dev.thalweg.planner.logical;

import dev.thalweg.planner.function.EngineFunction;
import java.util.List;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
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
        return StandardConvertletTable.INSTANCE.get(call);
    }

    private static RexNode convert(SqlRexContext context, SqlCall call) {
        EngineFunction function = (EngineFunction) call.getOperator();
        List<RexNode> operands = call.getOperandList().stream().map(context::convertExpression).toList();
        return function.toRex(context.getRexBuilder(), operands,
                context.getValidator().getValidatedNodeTypeIfKnown(call));
    }
}
