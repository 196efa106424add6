package dev.thalweg.planner.function;

import dev.thalweg.parser.tree.FunctionCalls;
import dev.thalweg.planner.type.TypeMapping;
import dev.thalweg.spi.data.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.util.SqlBasicVisitor;
import org.apache.calcite.util.Util;
import org.jspecify.annotations.Nullable;

/// Reads arguments off a call, the same ones while it is validated and while it is converted.
final class Arguments {
    private Arguments() {}

    static List<Argument> of(SqlOperatorBinding binding) {
        List<Argument> arguments = new ArrayList<>();
        for (int i = 0; i < binding.getOperandCount(); i++) {
            RelDataType type = binding.getOperandType(i);
            arguments.add(binding instanceof SqlCallBinding call
                    ? of(type, call.operand(i))
                    : of(type, true, Optional.empty()));
        }
        return arguments;
    }

    static Argument of(RelDataType type, SqlNode node) {
        return FunctionCalls.isLambda(node)
                ? lambda(type, ((SqlCall) node).operandCount() - 1)
                : of(type, isConstant(node), literal(node));
    }

    private static Argument lambda(RelDataType body, int parameters) {
        return Argument.lambda(TypeMapping.dataType(body), body.isNullable(), parameters);
    }

    private static Argument of(RelDataType type, boolean constant, Optional<Object> literal) {
        DataType mapped = TypeMapping.dataType(type);
        return new Argument(mapped, type.isNullable() || mapped == DataType.Simple.VOID, constant, literal);
    }

    /// No column is in it, and nothing that is drawn anew for each row.
    private static boolean isConstant(SqlNode node) {
        try {
            node.accept(new SqlBasicVisitor<Void>() {
                @Override
                public Void visit(SqlIdentifier column) {
                    throw Util.FoundOne.NULL;
                }

                @Override
                public @Nullable Void visit(SqlCall call) {
                    if (!call.getOperator().isDeterministic()) {
                        throw Util.FoundOne.NULL;
                    }
                    return super.visit(call);
                }
            });
            return true;
        } catch (Util.FoundOne _) {
            return false;
        }
    }

    private static Optional<Object> literal(SqlNode node) {
        if (node instanceof SqlNumericLiteral number) {
            return Optional.ofNullable(number.bigDecimalValue());
        }
        if (node instanceof SqlCharStringLiteral text) {
            return Optional.ofNullable(text.getValueAs(String.class));
        }
        return node instanceof SqlCall call
                ? WrittenCalls.value(call.getOperator().getName(),
                        call.getOperandList().stream().map(Arguments::literal).toList())
                : Optional.empty();
    }

    /// What the validator has seen in the text once, whether it is constant, is not asked again.
    static Argument of(RexNode node) {
        if (LambdaOperator.isLambda(node)) {
            return lambda(node.getType(), ((RexCall) node).getOperands().size() - 1);
        }
        return of(node.getType(), true, literal(node));
    }

    private static Optional<Object> literal(RexNode node) {
        if (node instanceof RexLiteral literal && !literal.isNull()) {
            if (SqlTypeName.EXACT_TYPES.contains(literal.getTypeName())) {
                return Optional.ofNullable(literal.getValueAs(BigDecimal.class));
            }
            if (literal.getTypeName() == SqlTypeName.CHAR) {
                return Optional.ofNullable(literal.getValueAs(String.class));
            }
        }
        return node instanceof RexCall call
                ? WrittenCalls.value(call.getOperator().getName(),
                        call.getOperands().stream().map(Arguments::literal).toList())
                : Optional.empty();
    }
}
