package dev.thalweg.execution.expression;

import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Case;
import dev.thalweg.planner.incremental.Expression.Cast;
import dev.thalweg.planner.incremental.Expression.FieldOf;
import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.Expression.Lambda;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.Expression.Parameter;
import dev.thalweg.planner.incremental.Expression.UserCall;
import dev.thalweg.execution.expression.kernel.UserCallSite;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.error.Defect;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/// Generates the statements that compute an expression for the current row, and says where its value is then.
///
/// A value is two variables: the value itself and whether it is NULL; the second is left out where NULL cannot be. Operators,
/// conditions, casts and library calls each have a class of their own, which come back here for their operands.
final class ExpressionCode {
    private static final int METHOD_SIZE = 24; // nodes of an expression that gets a method of its own in a split source

    private final JavaSource java;
    private final RowVariables row;
    private final Values values;
    private final OperatorCode operators;
    private final ConditionCode conditions;
    private final CastCode casts;
    private final CallCode calls;
    private final LambdaCode lambdas;
    private Scope scope = new Scope();
    private boolean inConstant;
    private boolean makesText;

    ExpressionCode(JavaSource java, RowVariables row, FunctionTable functions) {
        this.java = java;
        this.row = row;
        this.values = new Values(java, this);
        this.operators = new OperatorCode(java, this, values);
        this.conditions = new ConditionCode(java, this);
        this.casts = new CastCode(java, this, values);
        this.calls = new CallCode(java, this, values, functions);
        this.lambdas = new LambdaCode(java, this, values);
    }

    JavaSource java() {
        return java;
    }

    Values values() {
        return values;
    }

    Scope scope() {
        return scope;
    }

    String text(Expression expression) {
        return row.text().of(expression);
    }

    /// The name of the memory that text made here lives in: a row's, or a batch's for constants.
    String scratch() {
        makesText |= !inConstant;
        return inConstant ? "constants" : "scratch";
    }

    /// Whether rows need memory of their own, by what has been generated so far.
    boolean makesText() {
        return makesText;
    }

    Value of(Expression expression) {
        return scope.find(expression).orElseGet(() -> {
            Value value = compute(expression);
            if (calls.isDeterministic(expression)) {
                scope.put(expression, value);
            }
            return value;
        });
    }

    private Value compute(Expression expression) {
        if (!(expression instanceof Literal) && !inConstant && !Shape.readsRow(expression)
                && calls.isDeterministic(expression)) {
            return constant(expression);
        }
        if (java.isSplit() && !inConstant && Shape.size(expression) >= METHOD_SIZE) {
            java.beginMethod(false);
            Value value = dispatch(expression);
            String name = java.fresh("compute");
            java.endMethod("private void " + name + "()");
            java.line(name + "();");
            return value;
        }
        return dispatch(expression);
    }

    private Value dispatch(Expression expression) {
        return switch (expression) {
            case Input input ->
                    row.isColumn(input.column()) ? row.load(input, this) : of(row.definition(input.column()));
            case Literal literal -> literal(literal);
            case Call call -> call(call);
            case UserCall call -> userCall(call);
            case Cast cast -> casts.of(cast);
            case Case choice -> conditions.choice(choice);
            case FieldOf field -> field(field);
            case Lambda _,Parameter _ -> throw new Defect("THW-9450",
                    "'" + text(expression) + "' stands outside the function it belongs to. Please report this query.");
        };
    }

    private Value call(Call call) {
        if (LambdaCode.takesLambda(call)) {
            return lambdas.of(call);
        }
        if (ConditionCode.isCondition(call.function())) {
            return conditions.of(call);
        }
        return OperatorCode.isOperator(call.function()) ? operators.of(call) : calls.of(call);
    }

    /// A program's function sees NULLs itself, and is handed objects.
    private Value userCall(UserCall call) {
        List<String> arguments = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            arguments.add(values.boxed(of(argument), argument.type()));
        }
        String site = java.constant(UserCallSite.of(call), "UserCallSite", "(UserCallSite) setup.constant(%d)");
        java.comment(text(call));
        String result = java.declare("Object", "o",
                site + ".call(new Object[] {" + String.join(", ", arguments) + "})");
        return values.split(result, call.type());
    }

    boolean isDeterministic(Expression expression) {
        return calls.isDeterministic(expression);
    }

    private Value field(FieldOf field) {
        return values.fromObject(field, List.of(field.struct()),
                arguments -> "((List) " + arguments.getFirst().code() + ").get(" + field.field() + ")");
    }

    // A constant call is computed once a batch, where the first row needs it, so that its error is an error of that row.

    private Value constant(Expression expression) {
        Kind kind = Kind.of(expression.type());
        String name = java.fresh("constant");
        java.field("private boolean " + name + "Known;");
        java.field("private boolean " + name + "Null;");
        java.field("private " + kind.javaType() + " " + name + ";");
        java.beforeBatch(name + "Known = false;");
        java.beginMethod(true);
        Value value = aside(expression);
        java.line(name + " = " + value.code() + ";");
        java.line(name + "Null = " + value.isNull() + ";");
        java.line(name + "Known = true;");
        java.endMethod("private void " + name + "()");
        java.open("if (!" + name + "Known)");
        java.line(name + "();");
        java.close();
        return new Value(name, value.isNeverNull() ? Value.NEVER : name + "Null", kind);
    }

    private Value aside(Expression expression) {
        Scope outside = scope;
        scope = new Scope();
        inConstant = true;
        Value value = of(expression);
        inConstant = false;
        scope = outside;
        return value;
    }

    private Value literal(Literal literal) {
        Kind kind = Kind.of(literal.type());
        Object value = literal.value();
        if (value == null) {
            return new Value(kind.initial(), Value.ALWAYS, kind);
        }
        return new Value(LiteralCode.of(java, literal.type(), value), Value.NEVER, kind);
    }

    // Operands.

    /// A function that is NULL when an operand is, and otherwise what `result` makes of them. Operands are evaluated left to
    /// right, and none that can fail after one that is NULL.
    Value strict(Expression expression, List<Expression> operands, Function<List<Value>, String> result) {
        if (mustNest(operands)) {
            return nested(expression, operands, result);
        }
        List<Value> arguments = operands.stream().map(this::of).toList();
        Kind kind = Kind.of(expression.type());
        String isNull = anyNull(arguments);
        if (isNull.equals(Value.ALWAYS)) {
            return new Value(kind.initial(), Value.ALWAYS, kind);
        }
        if (isNull.equals(Value.NEVER)) {
            java.comment(text(expression));
            return new Value(java.declare(kind.javaType(), "v", result.apply(arguments)), Value.NEVER, kind);
        }
        String nullName = isNull.contains(" ") ? java.declare("boolean", "n", isNull) : isNull;
        if (kind.isPrimitive() && !Shape.mayFail(expression)
                && arguments.stream().allMatch(a -> a.kind().isPrimitive())) {
            return new Value(java.declare(kind.javaType(), "v", result.apply(arguments)), nullName, kind);
        }
        String name = java.declare(kind.javaType(), "v", kind.initial());
        java.open("if (!" + nullName + ")");
        java.comment(text(expression));
        java.line(name + " = " + result.apply(arguments) + ";");
        java.close();
        return new Value(name, nullName, kind);
    }

    private static boolean mustNest(List<Expression> operands) {
        boolean nullableBefore = false;
        for (Expression operand : operands) {
            if (nullableBefore && Shape.mayFail(operand)) {
                return true;
            }
            nullableBefore |= operand.nullable();
        }
        return false;
    }

    private Value nested(Expression expression, List<Expression> operands, Function<List<Value>, String> result) {
        Kind kind = Kind.of(expression.type());
        String name = java.declare(kind.javaType(), "v", kind.initial());
        String nullName = java.declare("boolean", "n", "true");
        List<Value> arguments = new ArrayList<>();
        int opened = 0;
        for (Expression operand : operands) {
            Value argument = of(operand);
            arguments.add(argument);
            if (!argument.isNeverNull()) {
                java.open("if (!" + argument.isNull() + ")");
                scope.enter();
                opened++;
            }
        }
        java.comment(text(expression));
        java.line(name + " = " + result.apply(arguments) + ";");
        java.line(nullName + " = false;");
        for (int i = 0; i < opened; i++) {
            scope.leave();
            java.close();
        }
        return new Value(name, opened == 0 ? Value.NEVER : nullName, kind);
    }

    static String anyNull(List<Value> arguments) {
        List<String> flags = new ArrayList<>();
        for (Value argument : arguments) {
            if (argument.isAlwaysNull()) {
                return Value.ALWAYS;
            }
            if (!argument.isNeverNull() && !flags.contains(argument.isNull())) {
                flags.add(argument.isNull());
            }
        }
        return flags.isEmpty() ? Value.NEVER : String.join(" | ", flags);
    }

    /// Writes a branch: what is computed in it is not known after it.
    <T> T inBranch(Supplier<T> branch) {
        scope.enter();
        try {
            return branch.get();
        } finally {
            scope.leave();
        }
    }

    static boolean isText(DataType type) {
        return type == Simple.STRING || type == Simple.BINARY;
    }
}
