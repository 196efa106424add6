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
import dev.thalweg.planner.incremental.Expression.UserCall;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What can be read off an expression's tree without types or functions.
final class Shape {
    private static final Set<String> SAFE = Set.of("=", "<>", "<", "<=", ">", ">=", "<=>", "and", "or", "not", "isnull",
            "isnotnull", "in", "if", "coalesce", "nvl", "nvl2", "ifnull", "nullif", "array", "named_struct", "&", "|",
            "^", "~");

    private Shape() {}

    static List<Expression> children(Expression expression) {
        return switch (expression) {
            case Input _,Literal _,Parameter _ -> List.of();
            case Lambda lambda -> List.of(lambda.body());
            case Call call -> call.arguments();
            case UserCall call -> call.arguments();
            case Cast cast -> List.of(cast.input());
            case FieldOf field -> List.of(field.struct());
            case Case choice -> {
                List<Expression> children = new ArrayList<>();
                for (Branch branch : choice.branches()) {
                    children.add(branch.condition());
                    children.add(branch.result());
                }
                choice.otherwise().ifPresent(children::add);
                yield children;
            }
        };
    }

    static Expression mapChildren(Expression expression, UnaryOperator<Expression> change) {
        return switch (expression) {
            case Input _,Literal _,Parameter _ -> expression;
            case Lambda(var parameters, var body) -> new Lambda(parameters, change.apply(body));
            case Call(var function, var arguments, var type, var nullable) ->
                    new Call(function, arguments.stream().map(change).toList(), type, nullable);
            case UserCall(var function, var arguments) ->
                    new UserCall(function, arguments.stream().map(change).toList());
            case Cast(var input, var type, var orNull, var nullable) ->
                    new Cast(change.apply(input), type, orNull, nullable);
            case FieldOf(var struct, var field, var type, var nullable) ->
                    new FieldOf(change.apply(struct), field, type, nullable);
            case Case(var branches, var otherwise, var type, var nullable) -> new Case(branches.stream()
                    .map(b -> new Branch(change.apply(b.condition()), change.apply(b.result()))).toList(),
                    otherwise.map(change), type, nullable);
        };
    }

    /// The expression over another row: each input column is replaced by what stands for it there.
    static Expression substitute(Expression expression, List<Expression> row) {
        return expression instanceof Input(int column, _, _)
                ? row.get(column)
                : mapChildren(expression, child -> substitute(child, row));
    }

    static int size(Expression expression) {
        int size = 1;
        for (Expression child : children(expression)) {
            size += size(child);
        }
        return size;
    }

    /// The columns that it reads.
    static Set<Input> leaves(Expression expression) {
        if (expression instanceof Input input) {
            return Set.of(input);
        }
        Set<Input> leaves = new HashSet<>();
        children(expression).forEach(child -> leaves.addAll(leaves(child)));
        return leaves;
    }

    /// Whether it depends on the row, or on an element that a lambda around it is handed.
    static boolean readsRow(Expression expression) {
        return readsRow(expression, List.of());
    }

    /// @param own parameters of lambdas that are part of the expression asked about
    private static boolean readsRow(Expression expression, List<Parameter> own) {
        return switch (expression) {
            case Input _ -> true;
            case Parameter parameter -> own.stream().noneMatch(parameter::isSame);
            case Lambda(List<Parameter> parameters, Expression body) -> {
                List<Parameter> all = new ArrayList<>(own);
                all.addAll(parameters);
                yield readsRow(body, all);
            }
            case Literal _,Call _,UserCall _,Cast _,Case _,FieldOf _ ->
                    children(expression).stream().anyMatch(child -> readsRow(child, own));
        };
    }

    /// The expression with other parameters in the place of some; a lambda inside that has one of the same name and level
    /// means its own.
    static Expression replace(Expression expression, List<Parameter> from, List<Parameter> to) {
        if (expression instanceof Parameter parameter) {
            for (int i = 0; i < from.size(); i++) {
                if (parameter.isSame(from.get(i))) {
                    return to.get(i);
                }
            }
            return parameter;
        }
        if (!(expression instanceof Lambda lambda)) {
            return mapChildren(expression, child -> replace(child, from, to));
        }
        List<Parameter> seen = new ArrayList<>();
        List<Parameter> substitutes = new ArrayList<>();
        for (int i = 0; i < from.size(); i++) {
            if (lambda.parameters().stream().noneMatch(from.get(i)::isSame)) {
                seen.add(from.get(i));
                substitutes.add(to.get(i));
            }
        }
        return mapChildren(lambda, child -> replace(child, seen, substitutes));
    }

    /// Whether evaluating it can fail, as far as one can see.
    static boolean mayFail(Expression expression) {
        boolean safe = switch (expression) {
            case Input _,Literal _,FieldOf _,Case _,Lambda _,Parameter _ -> true;
            case UserCall _ -> false;
            case Cast cast -> cast.orNull() || isWider(cast.input().type(), cast.type());
            case Call call -> SAFE.contains(call.function()) || (call.type().isFloating() && isPlain(call.function()));
        };
        return !safe || children(expression).stream().anyMatch(Shape::mayFail);
    }

    /// Whether `to` is the same type, or a whole number that holds every one of `from`.
    static boolean isWider(DataType from, DataType to) {
        return from.equals(to) || (from instanceof Simple narrow && to instanceof Simple wide && narrow.isInteger()
                && wide.isInteger() && narrow.compareTo(wide) < 0); // TINYINT, SMALLINT, INT, BIGINT
    }

    private static boolean isPlain(String function) {
        return function.equals("+") || function.equals("-") || function.equals("*") || function.equals("negative");
    }

    /// The operands of nested calls of an associative function, in order.
    static List<Expression> flattened(Call call) {
        List<Expression> operands = new ArrayList<>();
        for (Expression argument : call.arguments()) {
            if (argument instanceof Call inner && inner.function().equals(call.function())) {
                operands.addAll(flattened(inner));
            } else {
                operands.add(argument);
            }
        }
        return operands;
    }

    /// Splits a CASE of very many branches into a chain of small ones, so that each fits into a method.
    static Case chunked(Case choice, int branchesMax) {
        if (choice.branches().size() <= branchesMax) {
            return choice;
        }
        Case rest = new Case(choice.branches().subList(branchesMax, choice.branches().size()), choice.otherwise(),
                choice.type(), choice.nullable());
        return new Case(choice.branches().subList(0, branchesMax), Optional.of(chunked(rest, branchesMax)),
                choice.type(),
                choice.nullable());
    }
}
