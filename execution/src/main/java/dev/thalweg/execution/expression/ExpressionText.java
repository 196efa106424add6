package dev.thalweg.execution.expression;

import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.Expression.Branch;
import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Case;
import dev.thalweg.planner.incremental.Expression.Cast;
import dev.thalweg.planner.incremental.Expression.FieldOf;
import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.Expression.Lambda;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.Expression.Parameter;
import dev.thalweg.spi.data.DataType;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.Collectors;

/// Writes an expression the way its author might have: for error messages and the comments of generated code.
final class ExpressionText {
    private static final int LENGTH_MAX = 100;
    private static final Set<String> INFIX = Set.of("+", "-", "*", "/", "%", "div", "=", "<>", "<", "<=", ">", ">=",
            "<=>",
            "and", "or", "like", "rlike", "&", "|", "^");

    private final IntFunction<String> columnName;

    ExpressionText(IntFunction<String> columnName) {
        this.columnName = columnName;
    }

    /// At most a line.
    String of(Expression expression) {
        String text = write(expression);
        return text.length() <= LENGTH_MAX ? text : text.substring(0, LENGTH_MAX) + "…";
    }

    private String write(Expression expression) {
        return switch (expression) {
            case Input(int column, _, _) -> columnName.apply(column);
            case Literal literal -> literal(literal);
            case Call(String function, List<Expression> arguments, _, _) -> call(function, arguments);
            case Expression.UserCall call -> call(call.function().name(), call.arguments());
            case Cast(Expression input, DataType type, boolean orNull, _) ->
                    (orNull ? "TRY_CAST(" : "CAST(") + write(input) + " AS " + type.sql() + ")";
            case Case choice -> choice(choice);
            case Parameter parameter -> parameter.name();
            case Lambda(List<Parameter> parameters, Expression body) ->
                    dev.thalweg.planner.incremental.ExpressionText.parameters(parameters) + " -> " + write(body);
            case FieldOf(Expression struct, int field, _, _) -> write(struct) + "." + fieldName(struct, field);
        };
    }

    private static String fieldName(Expression struct, int field) {
        return struct.type() instanceof DataType.Struct(var row) ? row.field(field).name() : "col" + (field + 1);
    }

    private static String literal(Literal literal) {
        if (literal.value() == null) {
            return "NULL";
        }
        return literal.type() == DataType.Simple.STRING ? "'" + literal.value() + "'" : literal.value().toString();
    }

    private String call(String function, List<Expression> arguments) {
        if (INFIX.contains(function) && arguments.size() == 2) {
            return "(" + write(arguments.get(0)) + " " + function + " " + write(arguments.get(1)) + ")";
        }
        return function + arguments.stream().map(this::write).collect(Collectors.joining(", ", "(", ")"));
    }

    private String choice(Case choice) {
        StringBuilder text = new StringBuilder("CASE");
        for (Branch branch : choice.branches()) {
            text.append(" WHEN ").append(write(branch.condition())).append(" THEN ").append(write(branch.result()));
            if (text.length() > LENGTH_MAX) {
                break;
            }
        }
        choice.otherwise().ifPresent(otherwise -> text.append(" ELSE ").append(write(otherwise)));
        return text.append(" END").toString();
    }
}
