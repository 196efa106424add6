package dev.thalweg.execution.expression;

import dev.thalweg.planner.incremental.Expression;
import dev.thalweg.planner.incremental.Expression.Branch;
import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Case;
import dev.thalweg.planner.incremental.Expression.Cast;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.spi.data.DataType;
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

    RandomExpression(long seed) {
        this.random = new Random(seed);
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
        return random.nextInt(3) == 0 ? new Literal(value(type), type) : columns.get(random.nextInt(columns.size()));
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
