package dev.thalweg.execution.expression;

import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.UserCall;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Decimal;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.error.Defect;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Generates calls of the scalar functions in [FunctionTable].
final class CallCode {
    private final JavaSource java;
    private final ExpressionCode code;
    private final Values values;
    private final FunctionTable functions;
    /// Calls with a seed so far. Both loops of a stage meet them in one order, and share what they draw from.
    private int seeded;

    CallCode(JavaSource java, ExpressionCode code, Values values, FunctionTable functions) {
        this.java = java;
        this.code = code;
        this.values = values;
        this.functions = functions;
    }

    /// Whether it gives the same value each time for the same row.
    boolean isDeterministic(Expression expression) {
        if (expression instanceof Call call && isLibrary(call) && !find(call).isDeterministic()) {
            return false;
        }
        if (expression instanceof UserCall call && !call.function().deterministic()) {
            return false;
        }
        return Shape.children(expression).stream().allMatch(this::isDeterministic);
    }

    private static boolean isLibrary(Call call) {
        return !OperatorCode.isOperator(call.function()) && !ConditionCode.isCondition(call.function())
                && !LambdaCode.takesLambda(call);
    }

    private FunctionTable.Function find(Call call) {
        List<DataType> types = call.arguments().stream().map(Expression::type).toList();
        return functions.find(call.function(), types).orElseThrow(() -> new Defect("THW-9023",
                "The function %s(%s) is known to the planner but has no body. Please report this query.".formatted(
                        call.function(),
                        types.stream().map(DataType::sql).collect(Collectors.joining(", ")))));
    }

    Value of(Call call) {
        FunctionTable.Function function = find(call);
        Function<List<Value>, String> invocation = arguments -> invocation(function, call, arguments);
        Class<?> result = function.method().getReturnType();
        if (result.isPrimitive()) {
            Function<List<Value>, String> fitted = arguments -> fitted(invocation.apply(arguments), result,
                    call.type());
            return function.isNullAware() ? aware(call, fitted) : code.strict(call, call.arguments(), fitted);
        }
        Value object = function.isNullAware() ? aware(call, result, invocation) : nullable(call, result, invocation);
        return converted(object, result, call.type());
    }

    private Value aware(Call call, Function<List<Value>, String> invocation) {
        List<Value> arguments = call.arguments().stream().map(code::of).toList();
        Kind kind = Kind.of(call.type());
        java.comment(code.text(call));
        return new Value(java.declare(kind.javaType(), "v", invocation.apply(arguments)), Value.NEVER, kind);
    }

    private Value aware(Call call, Class<?> result, Function<List<Value>, String> invocation) {
        List<Value> arguments = call.arguments().stream().map(code::of).toList();
        java.comment(code.text(call));
        String name = java.declare(result.getCanonicalName(), "o", invocation.apply(arguments));
        return new Value(name, name + " == null", Kind.OBJECT);
    }

    private Value nullable(Call call, Class<?> result, Function<List<Value>, String> invocation) {
        List<Value> arguments = call.arguments().stream().map(code::of).toList();
        String isNull = ExpressionCode.anyNull(arguments);
        String name = java.declare(result.getCanonicalName(), "o", "null");
        if (!isNull.equals(Value.ALWAYS)) {
            java.open("if (!(" + isNull + "))");
            java.comment(code.text(call));
            java.line(name + " = " + invocation.apply(arguments) + ";");
            java.close();
        }
        return new Value(name, name + " == null", Kind.OBJECT);
    }

    /// What the method gave, an object that may be null, as a value of the declared type.
    private Value converted(Value object, Class<?> result, DataType type) {
        Kind kind = Kind.of(type);
        String isNull = java.declare("boolean", "n", object.isNull());
        if (kind == Kind.OBJECT) {
            return new Value(object.code(), isNull, kind);
        }
        String name = java.declare(kind.javaType(), "v", kind.initial());
        java.open("if (!" + isNull + ")");
        java.line(name + " = " + unwrapped(object.code(), result, type) + ";");
        java.close();
        return new Value(name, isNull, kind);
    }

    private String unwrapped(String object, Class<?> result, DataType type) {
        if (result == Utf8.class) {
            return object;
        }
        if (result == String.class) {
            return code.scratch() + ".text(" + object + ", " + java.slice() + ")";
        }
        if (result == byte[].class) {
            return code.scratch() + ".bytes(" + object + ", " + java.slice() + ")";
        }
        if (type instanceof Decimal(int precision, int scale)) {
            return "Decimals.fit((BigDecimal) " + object + ", " + precision + ", " + scale + ")";
        }
        return fitted(values.unboxed(object, type), int.class, type);
    }

    private static String fitted(String value, Class<?> result, DataType type) {
        if (type == Simple.TINYINT || type == Simple.SMALLINT) {
            return "Arithmetic.fit((int) (" + value + "), " + (type == Simple.TINYINT ? 8 : 16) + ")";
        }
        String javaType = Kind.of(type).javaType();
        return javaType.equals(result.getName()) || !Kind.of(type).isPrimitive()
                ? value
                : "(" + javaType + ") (" + value + ")";
    }

    private String invocation(FunctionTable.Function function, Call call, List<Value> values) {
        List<String> arguments = new ArrayList<>();
        if (function.takesDraws()) {
            arguments.add(java.draws(seeded++));
        }
        if (function.takesContext()) {
            arguments.add("context");
        }
        if (function.takesTypes()) {
            arguments.add(java.constant(
                    new ArgumentTypes(call.arguments().stream().map(Expression::type).toList(), call.type()),
                    "dev.thalweg.execution.expression.ArgumentTypes",
                    "(dev.thalweg.execution.expression.ArgumentTypes) setup.constant(%d)"));
        }
        List<String> varargs = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            String argument = argument(function.parameter(i), values.get(i), call.arguments().get(i).type());
            (function.isVararg(i) ? varargs : arguments).add(argument);
        }
        if (function.method().isVarArgs()) {
            Class<?>[] parameters = function.method().getParameterTypes();
            arguments.add("new " + parameters[parameters.length - 1].getCanonicalName() + " {"
                    + String.join(", ", varargs) + "}");
        }
        return function.method().getDeclaringClass().getCanonicalName() + "." + function.method().getName() + "("
                + String.join(", ", arguments) + ")";
    }

    /// Java expression: a value as a parameter of the method takes it.
    private String argument(Class<?> parameter, Value value, DataType type) {
        if (parameter.isPrimitive()) {
            return value.kind().javaType().equals(parameter.getName())
                    ? value.code()
                    : "(" + parameter.getName() + ") " + value.code();
        }
        if (value.isAlwaysNull()) {
            return "(" + parameter.getCanonicalName() + ") null";
        }
        String object = object(parameter, value, type);
        return value.isNeverNull()
                ? object
                : "(" + value.isNull() + " ? (" + parameter.getCanonicalName() + ") null : " + object + ")";
    }

    private String object(Class<?> parameter, Value value, DataType type) {
        Value there = new Value(value.code(), Value.NEVER, value.kind());
        if (value.kind() == Kind.TEXT) {
            return parameter == Utf8.class
                    ? value.code()
                    : parameter == String.class
                            ? value.code() + ".toString()"
                            : parameter == byte[].class ? value.code() + ".toBytes()" : values.boxed(there, type);
        }
        if (value.kind().isPrimitive() && parameter != Object.class) {
            String primitive = parameter == Integer.class ? "int" : parameter.getSimpleName().toLowerCase(Locale.ROOT);
            return parameter.getSimpleName() + ".valueOf((" + primitive + ") " + value.code() + ")";
        }
        return parameter == Object.class
                ? values.boxed(there, type)
                : "(" + parameter.getCanonicalName() + ") " + value.code();
    }
}
