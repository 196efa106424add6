package dev.thalweg.planner.incremental;

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
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.RowType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Writes an expression as SQL, with the column names of its input.
public final class ExpressionText {
    private static final Set<String> INFIX = Set.of("+", "-", "*", "/", "%", "div", "=", "<>", "<", "<=", ">", ">=",
            "<=>", "like", "rlike");

    private ExpressionText() {}

    public static String of(Expression expression, RowType input) {
        return switch (expression) {
            case Input(int column, _, _) -> input.field(column).name();
            case Literal(Object value, DataType type) -> literal(value, type);
            case Call(String function, List<Expression> arguments, _, _) -> call(function, arguments, input);
            case Expression.UserCall call -> call(call.shownName(), call.arguments(), input);
            case Cast(Expression value, DataType type, boolean orNull, _) ->
                    (orNull ? "TRY_CAST(" : "CAST(") + of(value, input) + " AS " + type.sql() + ")";
            case FieldOf(Expression struct, int field, _, _) ->
                    of(struct, input) + "." + ((DataType.Struct) struct.type()).row().field(field).name();
            case Case(List<Branch> branches, Optional<Expression> otherwise, _, _) -> branches.stream()
                    .map(b -> " WHEN " + of(b.condition(), input) + " THEN " + of(b.result(), input))
                    .collect(Collectors.joining("", "CASE", ""))
                    + otherwise.map(o -> " ELSE " + of(o, input)).orElse("") + " END";
            case Parameter parameter -> parameter.name();
            case Lambda(List<Parameter> parameters, Expression body) -> parameters(parameters) + " -> "
                    + of(body, input);
        };
    }

    /// `x`, or `(x, y)`.
    public static String parameters(List<Parameter> parameters) {
        String list = parameters.stream().map(Parameter::name).collect(Collectors.joining(", "));
        return parameters.size() == 1 ? list : "(" + list + ")";
    }

    private static String call(String function, List<Expression> arguments, RowType input) {
        List<String> texts = arguments.stream().map(a -> of(a, input)).toList();
        if (function.equals("and") || function.equals("or")) {
            return texts.stream().collect(Collectors.joining(" " + function.toUpperCase(Locale.ROOT) + " ", "(", ")"));
        }
        if (INFIX.contains(function) && texts.size() == 2) {
            return "(" + texts.get(0) + " " + function.toUpperCase(Locale.ROOT) + " " + texts.get(1) + ")";
        }
        return switch (function) {
            case "not" -> "NOT " + texts.getFirst();
            case "isnull" -> texts.getFirst() + " IS NULL";
            case "isnotnull" -> texts.getFirst() + " IS NOT NULL";
            case "negative" -> "-" + texts.getFirst();
            case "element" -> texts.get(0) + "[" + texts.get(1) + "]";
            default -> function + "(" + String.join(", ", texts) + ")";
        };
    }

    private static String literal(@Nullable Object value, DataType type) {
        if (value == null) {
            return "NULL";
        }
        if (type == Simple.STRING) {
            return "'" + ((String) value).replace("'", "\\'") + "'";
        }
        if (type == Simple.INTERVAL_DAY_TIME) {
            return "INTERVAL " + interval((Long) value);
        }
        return String.valueOf(value);
    }

    /// A length of time in its largest whole unit, such as `10 MINUTES`.
    public static String interval(long micros) {
        long[] sizes = {86_400_000_000L, 3_600_000_000L, 60_000_000L, 1_000_000L, 1_000L, 1L};
        String[] units = {"DAY", "HOUR", "MINUTE", "SECOND", "MILLISECOND", "MICROSECOND"};
        for (int i = 0; i < sizes.length; i++) {
            if (micros % sizes[i] == 0 && micros != 0) {
                long count = micros / sizes[i];
                return count + " " + units[i] + (Math.abs(count) == 1 ? "" : "S");
            }
        }
        return "0 SECONDS";
    }
}
