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
import dev.thalweg.planner.incremental.Expression.UserCall;
import dev.thalweg.planner.function.ScalarCatalogue;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import dev.thalweg.spi.function.UserFunction;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// What passes do with expressions: rebuild them, ask which columns they read, cut them at AND.
public final class Expressions {
    private Expressions() {}

    public static Input input(RowType row, int column) {
        return new Input(column, row.type(column), row.field(column).nullable());
    }

    /// All columns of a row, each as itself.
    public static List<Expression> inputs(RowType row) {
        List<Expression> all = new ArrayList<>(row.size());
        for (int i = 0; i < row.size(); i++) {
            all.add(input(row, i));
        }
        return all;
    }

    public static Expression and(List<Expression> conditions) {
        if (conditions.size() == 1) {
            return conditions.getFirst();
        }
        boolean nullable = conditions.stream().anyMatch(Expression::nullable);
        return new Call("and", conditions, Simple.BOOLEAN, nullable);
    }

    public static List<Expression> conjunctions(Expression condition) {
        if (condition instanceof Call(String function, List<Expression> arguments, _, _) && function.equals("and")) {
            return arguments.stream().flatMap(argument -> conjunctions(argument).stream()).toList();
        }
        return List.of(condition);
    }

    public static List<Expression> children(Expression expression) {
        return switch (expression) {
            case Input _,Literal _,Parameter _ -> List.of();
            case Lambda lambda -> List.of(lambda.body());
            case Call call -> call.arguments();
            case UserCall call -> call.arguments();
            case Cast cast -> List.of(cast.input());
            case FieldOf field -> List.of(field.struct());
            case Case(List<Branch> branches, Optional<Expression> otherwise, _, _) -> {
                List<Expression> children = new ArrayList<>();
                for (Branch branch : branches) {
                    children.add(branch.condition());
                    children.add(branch.result());
                }
                otherwise.ifPresent(children::add);
                yield children;
            }
        };
    }

    /// Rebuilds an expression with every column reference replaced.
    public static Expression replaceInputs(Expression expression, UnaryOperator<Expression> replace) {
        return switch (expression) {
            case Input input -> replace.apply(input);
            case Literal literal -> literal;
            case Parameter parameter -> parameter;
            case Lambda(List<Parameter> parameters, Expression body) ->
                    new Lambda(parameters, replaceInputs(body, replace));
            case Call(String function, List<Expression> arguments, DataType type, boolean nullable) ->
                    new Call(function, arguments.stream().map(a -> replaceInputs(a, replace)).toList(), type, nullable);
            case UserCall(UserFunction function, List<Expression> arguments) ->
                    new UserCall(function, arguments.stream().map(a -> replaceInputs(a, replace)).toList());
            case Cast(Expression input, DataType type, boolean orNull, boolean nullable) ->
                    new Cast(replaceInputs(input, replace), type, orNull, nullable);
            case FieldOf(Expression struct, int field, DataType type, boolean nullable) ->
                    fieldOf(replaceInputs(struct, replace), field, type, nullable);
            case Case(List<Branch> branches, Optional<Expression> otherwise, DataType type, boolean nullable) ->
                    new Case(branches.stream().map(b -> new Branch(replaceInputs(b.condition(), replace),
                            replaceInputs(b.result(), replace))).toList(),
                            otherwise.map(o -> replaceInputs(o, replace)), type, nullable);
        };
    }

    /// Rebuilds an expression with another one in the place of a part of it.
    public static Expression replace(Expression expression, Expression from, Expression to) {
        if (expression.equals(from)) {
            return to;
        }
        return switch (expression) {
            case Input _,Literal _,Parameter _ -> expression;
            case Lambda(List<Parameter> parameters, Expression body) ->
                    new Lambda(parameters, replace(body, from, to));
            case Call(String function, List<Expression> arguments, DataType type, boolean nullable) ->
                    new Call(function, arguments.stream().map(a -> replace(a, from, to)).toList(), type, nullable);
            case UserCall(UserFunction function, List<Expression> arguments) ->
                    new UserCall(function, arguments.stream().map(a -> replace(a, from, to)).toList());
            case Cast(Expression input, DataType type, boolean orNull, boolean nullable) ->
                    new Cast(replace(input, from, to), type, orNull, nullable);
            case FieldOf(Expression struct, int field, DataType type, boolean nullable) ->
                    fieldOf(replace(struct, from, to), field, type, nullable);
            case Case(List<Branch> branches, Optional<Expression> otherwise, DataType type, boolean nullable) ->
                    new Case(branches.stream().map(b -> new Branch(replace(b.condition(), from, to),
                            replace(b.result(), from, to))).toList(),
                            otherwise.map(o -> replace(o, from, to)), type, nullable);
        };
    }

    /// Field of a struct; of a struct that is made on the spot, the field itself.
    public static Expression fieldOf(Expression struct, int field, DataType type, boolean nullable) {
        if (struct instanceof Call(String function, List<Expression> arguments, _, boolean mayBeNull)
                && function.equals("named_struct") && !mayBeNull) {
            return arguments.get(field);
        }
        return new FieldOf(struct, field, type, nullable);
    }

    public static Expression struct(List<Expression> values, RowType row) {
        return new Call("named_struct", values, new DataType.Struct(row), false);
    }

    /// The columns an expression reads.
    public static void collectInputs(Expression expression, BitSet columns) {
        if (expression instanceof Input(int column, _, _)) {
            columns.set(column);
        }
        children(expression).forEach(child -> collectInputs(child, columns));
    }

    public static BitSet inputsOf(Expression expression) {
        BitSet columns = new BitSet();
        collectInputs(expression, columns);
        return columns;
    }

    /// The same expression over moved columns: column i is now `position[i]`.
    public static Expression move(Expression expression, int[] position) {
        return replaceInputs(expression,
                input -> input instanceof Input(int column, DataType type, boolean nullable)
                        ? new Input(position[column], type, nullable)
                        : input);
    }

    /// Whether the same row always gives the same value; if not, a copy of the expression is another value.
    public static boolean isDeterministic(Expression expression) {
        return randomCall(expression).isEmpty();
    }

    /// A call that depends on chance or on the clock, if there is one.
    static Optional<String> randomCall(Expression expression) {
        if (expression instanceof Call(String function, List<Expression> arguments, _, _)
                && !ScalarCatalogue.isDeterministic(function, arguments.size())) {
            return Optional.of(function + "()");
        }
        if (expression instanceof UserCall call && !call.function().deterministic()) {
            return Optional.of(call.function().name() + "()");
        }
        return children(expression).stream().flatMap(child -> randomCall(child).stream()).findFirst();
    }

    /// Whether a function is called somewhere in it.
    static boolean calls(Expression expression, String function) {
        return (expression instanceof Call call && call.function().equals(function))
                || children(expression).stream().anyMatch(child -> calls(child, function));
    }

    /// Number of nodes, counted no further than `limit`.
    public static int size(Expression expression, int limit) {
        int size = 1;
        for (Expression child : children(expression)) {
            if (size >= limit) {
                return size;
            }
            size += size(child, limit - size);
        }
        return size;
    }

    /// The field that a projected expression becomes.
    public static Field field(String name, Expression expression) {
        return new Field(name, expression.type(), expression.nullable());
    }
}
