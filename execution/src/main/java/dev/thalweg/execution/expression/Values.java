package dev.thalweg.execution.expression;

import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import java.util.List;
import java.util.function.Function;

/// Generates the way between values in variables and the objects that nested types and general functions hold.
final class Values {
    private final JavaSource java;
    private final ExpressionCode code;

    Values(JavaSource java, ExpressionCode code) {
        this.java = java;
        this.code = code;
    }

    /// Java expression: the value as the object that `DataType` lists, null for NULL.
    String boxed(Value value, DataType type) {
        if (value.isAlwaysNull() || type == Simple.VOID) {
            return "null";
        }
        String object = switch (Kind.of(type)) {
            case BOOLEAN -> "Boolean.valueOf(" + value.code() + ")";
            case INT -> type == Simple.TINYINT
                    ? "Byte.valueOf((byte) " + value.code() + ")"
                    : type == Simple.SMALLINT
                            ? "Short.valueOf((short) " + value.code() + ")"
                            : "Integer.valueOf(" + value.code() + ")";
            case LONG -> "Long.valueOf(" + value.code() + ")";
            case FLOAT -> "Float.valueOf(" + value.code() + ")";
            case DOUBLE -> "Double.valueOf(" + value.code() + ")";
            case DECIMAL, OBJECT -> value.code();
            case TEXT -> value.code() + (type == Simple.STRING ? ".toString()" : ".toBytes()");
        };
        return value.isNeverNull()
                ? "(Object) " + object
                : "(" + value.isNull() + " ? (Object) null : (Object) " + object + ")";
    }

    /// Java expression: what the variable of a type is set to, from a non-null object.
    String unboxed(String object, DataType type) {
        return switch (Kind.of(type)) {
            case BOOLEAN -> "((Boolean) " + object + ").booleanValue()";
            case INT -> "((Number) " + object + ").intValue()";
            case LONG -> "((Number) " + object + ").longValue()";
            case FLOAT -> "((Number) " + object + ").floatValue()";
            case DOUBLE -> "((Number) " + object + ").doubleValue()";
            case DECIMAL -> "(BigDecimal) " + object;
            case TEXT -> type == Simple.STRING
                    ? code.scratch() + ".text((String) " + object + ", " + java.slice() + ")"
                    : code.scratch() + ".bytes((byte[]) " + object + ", " + java.slice() + ")";
            case OBJECT -> object;
        };
    }

    /// A function that is NULL when an operand is, and else an object, which may be null.
    Value fromObject(Expression expression, List<Expression> operands, Function<List<Value>, String> result) {
        Value object = objectOf(expression, operands, result);
        return split(object.code(), expression.type());
    }

    private Value objectOf(Expression expression, List<Expression> operands, Function<List<Value>, String> result) {
        List<Value> arguments = operands.stream().map(code::of).toList();
        String isNull = ExpressionCode.anyNull(arguments);
        String name = java.declare("Object", "o", "null");
        if (!isNull.equals(Value.ALWAYS)) {
            if (!isNull.equals(Value.NEVER)) {
                java.open("if (!(" + isNull + "))");
            }
            java.comment(code.text(expression));
            java.line(name + " = " + result.apply(arguments) + ";");
            if (!isNull.equals(Value.NEVER)) {
                java.close();
            }
        }
        return new Value(name, name + " == null", Kind.OBJECT);
    }

    /// The variables of a value held in an object variable that may be null.
    Value split(String object, DataType type) {
        Kind kind = Kind.of(type);
        if (type == Simple.VOID) {
            return new Value(kind.initial(), Value.ALWAYS, kind);
        }
        String isNull = java.declare("boolean", "n", object + " == null");
        if (kind == Kind.OBJECT) {
            return new Value(object, isNull, kind);
        }
        String name = java.declare(kind.javaType(), "v", kind.initial());
        java.open("if (!" + isNull + ")");
        java.line(name + " = " + unboxed(object, type) + ";");
        java.close();
        return new Value(name, isNull, kind);
    }
}
