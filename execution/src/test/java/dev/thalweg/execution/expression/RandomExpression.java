package dev.thalweg.execution.expression;

import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.Expression.Branch;
import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Case;
import dev.thalweg.planner.incremental.Expression.Cast;
import dev.thalweg.planner.incremental.Expression.Lambda;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.Expression.Parameter;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.ArrayOf;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/// Draws typed expressions and rows that often meet the edges: nulls, overflow, NaN, division by zero.
final class RandomExpression {
    static final RowType ROW = Sql.row("i", Simple.INT, "j", Simple.INT, "b", Simple.BIGINT, "d", Simple.DOUBLE, "s",
            Simple.STRING, "t", Simple.STRING, "f", Simple.BOOLEAN);
    private static final Simple[] TYPES = {Simple.INT, Simple.BIGINT, Simple.DOUBLE, Simple.STRING, Simple.BOOLEAN};

    private final Random random;
    /// Of the lambdas around, while a body is drawn.
    private final List<Parameter> parameters = new ArrayList<>();
    private final boolean lambdas;

    RandomExpression(long seed) {
        this(seed, false);
    }

    /// @param lambdas whether functions that take one are drawn too
    RandomExpression(long seed, boolean lambdas) {
        this.random = new Random(seed);
        this.lambdas = lambdas;
    }

    Simple type() {
        return TYPES[random.nextInt(TYPES.length)];
    }

    int below(int bound) {
        return random.nextInt(bound);
    }

    List<@Nullable Object> row() {
        List<@Nullable Object> row = new ArrayList<>();
        ROW.fields().forEach(field -> row.add(value(field.type())));
        return row;
    }

    @Nullable
    Object value(DataType type) {
        if (random.nextInt(5) == 0) {
            return null;
        }
        return switch ((Simple) type) {
            case INT -> List.of(0, 1, -1, 7, Integer.MAX_VALUE, Integer.MIN_VALUE).get(random.nextInt(6));
            case BIGINT -> List.of(0L, 1L, -3L, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE).get(random.nextInt(6));
            case DOUBLE -> List.of(0.0, -0.0, 1.5, -2.25, Double.NaN, Double.POSITIVE_INFINITY).get(random.nextInt(6));
            case STRING -> List.of("", "a", "b", "ab", "ß", "a longer text").get(random.nextInt(6));
            default -> random.nextBoolean();
        };
    }

    Expression of(Simple type, int depth) {
        if (depth == 0 || random.nextInt(6) == 0) {
            return leaf(type);
        }
        if (lambdas && random.nextInt(3) == 0) {
            return ofLambda(type, depth - 1);
        }
        return switch (random.nextInt(6)) {
            case 0 -> call("coalesce", type, of(type, depth - 1), of(type, depth - 1));
            case 1 -> call("if", type, of(Simple.BOOLEAN, depth - 1), of(type, depth - 1), of(type, depth - 1));
            case 2 -> call("nullif", type, of(type, depth - 1), of(type, depth - 1));
            case 3 -> choice(type, depth - 1);
            default -> operator(type, depth - 1);
        };
    }

    private Expression leaf(Simple type) {
        List<Expression> columns = new ArrayList<>();
        for (int i = 0; i < ROW.size(); i++) {
            if (ROW.type(i) == type) {
                columns.add(new Expression.Input(i, type, true));
            }
        }
        List<Parameter> own = visible(type);
        if (!own.isEmpty() && random.nextInt(3) > 0) {
            return own.get(random.nextInt(own.size()));
        }
        return random.nextInt(3) == 0 ? new Literal(value(type), type) : columns.get(random.nextInt(columns.size()));
    }

    // Functions of lambdas.

    /// The nearest of each name and level: what an inner lambda calls the same is hidden by it.
    private List<Parameter> visible(Simple type) {
        List<Parameter> seen = new ArrayList<>();
        for (Parameter parameter : parameters.reversed()) {
            if (seen.stream().noneMatch(parameter::isSame)) {
                seen.add(parameter);
            }
        }
        return seen.stream().filter(parameter -> parameter.type() == type).toList();
    }

    private Expression ofLambda(Simple type, int depth) {
        Simple element = type();
        if (random.nextInt(2) == 0) {
            Lambda merge = lambda(depth, type, type, element);
            return random.nextBoolean()
                    ? call("aggregate", type, array(element, depth), of(type, depth), merge)
                    : aggregateAndFinish(type, element, depth);
        }
        if (type == Simple.BOOLEAN) {
            return call(random.nextBoolean() ? "exists" : "forall", type, array(element, depth),
                    lambda(depth, Simple.BOOLEAN, element));
        }
        // the sum, or whatever it is, of an array that another lambda has made
        return call("aggregate", type, made(type, depth), of(type, 0), lambda(0, type, type, type));
    }

    private Expression aggregateAndFinish(Simple type, Simple element, int depth) {
        Simple sum = type();
        return call("aggregate", type, array(element, depth), of(sum, depth), lambda(depth, sum, sum, element),
                lambda(depth, type, sum));
    }

    private Expression made(Simple type, int depth) {
        ArrayOf array = new ArrayOf(type, true);
        Simple other = type();
        return switch (random.nextInt(4)) {
            case 0 -> call("filter", array, array(type, depth), random.nextBoolean()
                    ? lambda(depth, Simple.BOOLEAN, type)
                    : lambda(depth, Simple.BOOLEAN, type, Simple.INT));
            case 1 -> call("zip_with", array, array(type, depth), array(other, depth),
                    lambda(depth, type, type, other));
            case 2 -> call("array_sort", array, array(type, depth), order(type));
            default -> call("transform", array, array(other, depth), random.nextBoolean()
                    ? lambda(depth, type, other)
                    : lambda(depth, type, other, Simple.INT));
        };
    }

    /// NULL first.
    private static Lambda order(Simple type) {
        Parameter a = new Parameter("a", 1, type, true);
        Parameter b = new Parameter("b", 1, type, true);
        return new Lambda(List.of(a, b), new Case(List.of(comes(a, b, -1), comes(b, a, 1), less(a, b, -1),
                less(b, a, 1)), Optional.of(new Literal(0, Simple.INT)), Simple.INT, true));
    }

    private static Branch comes(Expression nothing, Expression something, int order) {
        return new Branch(call("and", Simple.BOOLEAN, call("isnull", Simple.BOOLEAN, nothing),
                call("isnotnull", Simple.BOOLEAN, something)), new Literal(order, Simple.INT));
    }

    private static Branch less(Expression left, Expression right, int order) {
        return new Branch(call("<", Simple.BOOLEAN, left, right), new Literal(order, Simple.INT));
    }

    /// Of few names and levels, so that one often hides another.
    private Lambda lambda(int depth, Simple result, Simple... types) {
        int level = 1 + random.nextInt(2);
        List<Parameter> own = new ArrayList<>();
        for (Simple type : types) {
            own.add(new Parameter(own.isEmpty() ? "x" : "y", level, type, true));
        }
        parameters.addAll(own);
        Expression body = of(result, depth);
        own.forEach(_ -> parameters.removeLast());
        return new Lambda(own, body);
    }

    private Expression array(Simple element, int depth) {
        Expression[] elements = new Expression[random.nextInt(4)];
        for (int i = 0; i < elements.length; i++) {
            elements[i] = of(element, Math.min(1, depth));
        }
        Expression made = call("array", new ArrayOf(element, true), elements);
        return random.nextInt(4) == 0
                ? call("if", made.type(), of(Simple.BOOLEAN, 1), made, new Literal(null, made.type()))
                : made;
    }

    private Expression choice(Simple type, int depth) {
        List<Branch> branches = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            branches.add(new Branch(of(Simple.BOOLEAN, depth), of(type, depth)));
        }
        return new Case(branches, random.nextBoolean() ? Optional.of(of(type, depth)) : Optional.empty(), type, true);
    }

    private Expression operator(Simple type, int depth) {
        return switch (type) {
            case INT -> random.nextInt(4) == 0
                    ? new Cast(of(Simple.BIGINT, depth), type, random.nextBoolean(), true)
                    : call(List.of("+", "-", "*", "%").get(random.nextInt(4)), type, of(type, depth), of(type, depth));
            case BIGINT -> random.nextInt(4) == 0
                    ? new Cast(of(Simple.INT, depth), type, false, true)
                    : call(List.of("+", "-", "*", "%").get(random.nextInt(4)), type, of(type, depth), of(type, depth));
            case DOUBLE -> random.nextInt(4) == 0
                    ? new Cast(of(Simple.BIGINT, depth), type, false, true)
                    : call(List.of("+", "-", "*", "%", "/").get(random.nextInt(5)), type, of(type, depth),
                            of(type, depth));
            case STRING -> random.nextInt(3) == 0
                    ? new Cast(of(Simple.BIGINT, depth), type, false, true)
                    : call("concat", type, of(type, depth), of(type, depth));
            default -> test(depth);
        };
    }

    private Expression test(int depth) {
        Simple type = type();
        return switch (random.nextInt(6)) {
            case 0 -> call("and", Simple.BOOLEAN, of(Simple.BOOLEAN, depth), of(Simple.BOOLEAN, depth));
            case 1 -> call("or", Simple.BOOLEAN, of(Simple.BOOLEAN, depth), of(Simple.BOOLEAN, depth));
            case 2 -> call("not", Simple.BOOLEAN, of(Simple.BOOLEAN, depth));
            case 3 -> call("in", Simple.BOOLEAN, of(type, depth), leaf(type), of(type, depth));
            case 4 -> call(random.nextBoolean() ? "isnull" : "isnotnull", Simple.BOOLEAN, of(type, depth));
            default ->
                    call(List.of("=", "<>", "<", ">=", "<=>").get(random.nextInt(5)), Simple.BOOLEAN, of(type, depth),
                            of(type, depth));
        };
    }

    private static Expression call(String function, DataType type, Expression... arguments) {
        return new Call(function, List.of(arguments), type, true);
    }
}
