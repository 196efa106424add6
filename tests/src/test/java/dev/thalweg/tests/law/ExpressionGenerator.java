package dev.thalweg.tests.law;

import dev.thalweg.tests.law.Expr.Column;
import dev.thalweg.tests.law.Expr.Literal;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Draws expressions of a wanted type over given columns. None fails for any data: integers are widened before they are
/// added, divisors are kept from zero, casts that may fail are TRY_CASTs.
final class ExpressionGenerator {
    /// Columns whose doubles are not exact begin so: they are shown, never compared, grouped by or rounded.
    static final String INEXACT = "z";

    private final Dice dice;
    private final boolean drawsLambdas;
    private final boolean drawsPrograms;

    ExpressionGenerator(Dice dice, Set<Part> parts) {
        this.dice = dice;
        this.drawsLambdas = parts.contains(Part.LAMBDA);
        this.drawsPrograms = parts.contains(Part.PROGRAM);
    }

    Optional<Expr> column(List<Rel.Col> columns, Type type) {
        List<Expr> found = new ArrayList<>();
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).type() == type && !columns.get(i).name().startsWith(INEXACT)) {
                found.add(new Column(i, type));
            }
        }
        return found.isEmpty() ? Optional.empty() : Optional.of(dice.of(found));
    }

    Expr literal(Type type) {
        return new Literal(switch (type) {
            case BOOLEAN -> dice.chance(50);
            case TINYINT -> (byte) dice.between(0, 4);
            case SMALLINT -> (short) dice.between(-1, 9);
            case FLOAT -> dice.of(0.5f, 1.0f, -1.0f, Float.NaN);
            case INT -> dice.between(0, 6);
            case BIGINT -> (long) dice.between(-2, 10);
            case DOUBLE -> dice.of(0.5, 2.0, 4.0, -1.0);
            case DECIMAL -> dice.of(new BigDecimal("2.50"), new BigDecimal("0.00"), new BigDecimal("-1.25"));
            case STRING -> dice.of("a", "b", "x", "beta", " ");
            case DATE -> LocalDate.of(2026, 1, dice.between(1, 5));
            case TIMESTAMP -> Instant.parse("2026-01-01T01:00:00Z").plusSeconds(dice.below(12) * 10L);
            case STRINGS, FLOATS, STRUCT, MAP -> throw new AssertionError("no literal is nested");
        }, type);
    }

    private Expr leaf(List<Rel.Col> columns, Type type) {
        return column(columns, type).orElseGet(() -> literal(type));
    }

    /// An expression, most often with a call in it.
    Expr draw(List<Rel.Col> columns, Type type, int depth) {
        if (type.isNested()) {
            return nested(columns, type, depth);
        }
        if (drawsLambdas && depth > 0 && dice.chance(8) && (type == Type.BOOLEAN || type == Type.STRING)) {
            Expr array = nested(columns, Type.STRINGS, depth - 1);
            return type == Type.STRING
                    ? Expr.call(type, Op.REDUCE_CONCAT, array)
                    : Expr.call(type, Op.EXISTS_SAME, array, literal(Type.STRING));
        }
        boolean mayBeProgram = type == Type.STRING || type == Type.INT || type == Type.BIGINT;
        if (drawsPrograms && mayBeProgram && depth > 0 && dice.chance(12)) {
            return program(columns, type, depth - 1);
        }
        Optional<Expr> part = dice.chance(50) ? part(columns, type) : Optional.empty();
        if (part.isPresent()) {
            return part.get();
        }
        if (depth == 0 || dice.chance(15)) {
            return leaf(columns, type);
        }
        if (dice.chance(25)) {
            return general(columns, type, depth - 1);
        }
        return switch (type) {
            case BOOLEAN -> condition(columns, depth - 1);
            case INT -> whole(columns, depth - 1);
            case BIGINT -> big(columns, depth - 1);
            case DOUBLE -> exactDouble(columns, depth - 1);
            case DECIMAL -> decimal(columns, depth - 1);
            case STRING -> text(columns, depth - 1);
            case DATE -> dice.chance(50)
                    ? Expr.call(Type.DATE, Op.DATE_ADD, draw(columns, Type.DATE, depth - 1), literal(Type.INT))
                    : Expr.call(Type.DATE, Op.TO_DATE, leaf(columns, Type.TIMESTAMP));
            case TIMESTAMP ->
                    Expr.call(Type.TIMESTAMP, dice.of(Op.TRUNC_MINUTE, Op.PLUS_MINUTES), leaf(columns, Type.TIMESTAMP));
            case TINYINT, SMALLINT, FLOAT -> general(columns, type, depth - 1);
            case STRINGS, FLOATS, STRUCT, MAP -> throw new AssertionError("drawn above");
        };
    }

    /// A function of a program, or an expression with a name.
    private Expr program(List<Rel.Col> columns, Type type, int depth) {
        Expr argument = dice.chance(50) ? leaf(columns, type) : draw(columns, type, depth);
        boolean isNamed = dice.chance(50);
        return switch (type) {
            case STRING -> isNamed
                    ? Expr.call(type, Op.LABEL, argument, leaf(columns, Type.INT))
                    : Expr.call(type, Op.SHOUT, argument);
            case INT -> Expr.call(type, Op.HALF, argument);
            default -> isNamed
                    ? Expr.call(type, Op.TWICE, leaf(columns, type))
                    : Expr.call(type, Op.MIX, argument, leaf(columns, Type.STRING));
        };
    }

    /// What is inside a nested column, if there is one that holds such a thing.
    private Optional<Expr> part(List<Rel.Col> columns, Type type) {
        return switch (type) {
            case STRING -> column(columns, Type.STRUCT).map(struct -> Expr.call(type, Op.FIELD_X, struct));
            case INT -> dice.chance(50)
                    ? column(columns, Type.STRUCT).map(struct -> Expr.call(type, Op.FIELD_Y, struct))
                    : column(columns, Type.MAP).map(map -> Expr.call(type, Op.ELEMENT, map));
            default -> Optional.empty(); // nothing else is nested
        };
    }

    /// An array, a struct or a map: a column, or one that is made here, now and then NULL.
    private Expr nested(List<Rel.Col> columns, Type type, int depth) {
        Optional<Expr> column = column(columns, type);
        if (column.isPresent() && dice.chance(60)) {
            return column.get();
        }
        Expr made = switch (type) {
            case STRINGS -> dice.chance(50)
                    ? Expr.call(type, Op.SPLIT, leaf(columns, Type.STRING))
                    : Expr.call(type, Op.ARRAY, leaf(columns, Type.STRING), leaf(columns, Type.STRING));
            case STRUCT -> Expr.call(type, Op.STRUCT, leaf(columns, Type.STRING), leaf(columns, Type.INT));
            case MAP -> map(columns);
            default -> throw new AssertionError("not made of parts: " + type);
        };
        if (drawsLambdas && type == Type.STRINGS && dice.chance(50)) {
            return switch (dice.below(3)) {
                case 0 -> Expr.call(type, Op.TRANSFORM_UPPER, made);
                case 1 -> Expr.call(type, Op.TRANSFORM_CONCAT, made, leaf(columns, Type.STRING));
                default -> Expr.call(type, Op.FILTER_ABOVE, made, leaf(columns, Type.STRING));
            };
        }
        return dice.chance(20) ? Expr.call(type, Op.CASE_NO_ELSE, condition(columns, depth - 1), made) : made;
    }

    /// Its entries in an order that differs from row to row: it is the same map.
    private Expr map(List<Rel.Col> columns) {
        Expr p = leaf(columns, Type.INT);
        Expr q = dice.chance(50) ? literal(Type.INT) : leaf(columns, Type.INT);
        return Expr.call(Type.MAP, Op.IF, condition(columns, 0), Expr.call(Type.MAP, Op.MAP, p, q),
                Expr.call(Type.MAP, Op.MAP_TURNED, p, q));
    }

    /// What any type can have done to it.
    private Expr general(List<Rel.Col> columns, Type type, int depth) {
        Expr a = draw(columns, type, depth);
        Expr b = dice.chance(60) ? literal(type) : leaf(columns, type);
        return switch (dice.below(7)) {
            case 0 -> Expr.call(type, Op.COALESCE, a, b);
            case 1 -> Expr.call(type, Op.NULLIF, a, b);
            case 2 -> Expr.call(type, Op.GREATEST, a, b);
            case 3 -> Expr.call(type, Op.LEAST, a, b);
            case 4 -> Expr.call(type, Op.CASE_NO_ELSE, condition(columns, depth), a);
            case 5 -> Expr.call(type, Op.IF, condition(columns, depth), a, b);
            default -> Expr.call(type, Op.CASE, condition(columns, depth), a, b);
        };
    }

    Expr condition(List<Rel.Col> columns, int depth) {
        Type type = columns.get(dice.below(columns.size())).type();
        if (type.isNested()) {
            Optional<Expr> column = column(columns, type);
            if (column.isPresent() && dice.chance(40)) {
                return Expr.call(Type.BOOLEAN, dice.of(Op.IS_NULL, Op.IS_NOT_NULL), column.get());
            }
            type = Type.INT;
        }
        Expr a = depth <= 0 ? leaf(columns, type) : draw(columns, type, depth - 1);
        Expr b = dice.chance(75) ? literal(type) : leaf(columns, type);
        return switch (dice.below(12)) {
            case 0, 1, 2, 3 ->
                    Expr.call(Type.BOOLEAN, dice.of(Op.EQ, Op.NE, Op.LT, Op.LE, Op.GT, Op.GE, Op.SAME), a, b);
            case 4 -> Expr.call(Type.BOOLEAN, dice.of(Op.IS_NULL, Op.IS_NOT_NULL), a);
            case 5 -> Expr.call(Type.BOOLEAN, Op.BETWEEN, a, b, literal(type));
            case 6 -> Expr.call(Type.BOOLEAN, Op.IN, a, b, literal(type), literal(type));
            case 7, 8 -> Expr.call(Type.BOOLEAN, Op.LIKE, leaf(columns, Type.STRING),
                    new Literal(dice.of("%a%", "_", "a%", "%y", "", "x_y"), Type.STRING));
            case 9 -> Expr.call(Type.BOOLEAN, Op.STARTS_WITH, leaf(columns, Type.STRING), literal(Type.STRING));
            default -> depth <= 0 ? leaf(columns, Type.BOOLEAN) : connective(columns, depth);
        };
    }

    private Expr connective(List<Rel.Col> columns, int depth) {
        Expr a = condition(columns, depth - 1);
        return dice.chance(25)
                ? Expr.call(Type.BOOLEAN, Op.NOT, a)
                : Expr.call(Type.BOOLEAN, dice.of(Op.AND, Op.OR), a, condition(columns, depth - 1));
    }

    private Expr whole(List<Rel.Col> columns, int depth) {
        return switch (dice.below(8)) {
            case 0 -> Expr.call(Type.INT, Op.LENGTH, draw(columns, Type.STRING, depth));
            case 1 -> Expr.call(Type.INT, Op.INSTR, leaf(columns, Type.STRING), literal(Type.STRING));
            case 2 -> Expr.call(Type.INT, dice.of(Op.YEAR, Op.MONTH, Op.DAY),
                    leaf(columns, dice.of(Type.DATE, Type.TIMESTAMP)));
            case 3 -> Expr.call(Type.INT, dice.of(Op.HOUR, Op.MINUTE), leaf(columns, Type.TIMESTAMP));
            case 4 -> Expr.call(Type.INT, Op.DATE_DIFF, leaf(columns, Type.DATE), literal(Type.DATE));
            case 5 -> Expr.call(Type.INT, Op.SPLIT_SIZE, leaf(columns, Type.STRING));
            case 6 -> Expr.call(Type.INT, Op.TRY_INT, leaf(columns, Type.STRING));
            default -> Expr.call(Type.INT, dice.of(Op.ADD, Op.SUBTRACT),
                    Expr.call(Type.INT, Op.LENGTH, leaf(columns, Type.STRING)), literal(Type.INT));
        };
    }

    private Expr big(List<Rel.Col> columns, int depth) {
        Expr a = dice.chance(50)
                ? Expr.call(Type.BIGINT, Op.INT_TO_BIGINT, leaf(columns, Type.INT))
                : leaf(columns, Type.BIGINT);
        return switch (dice.below(8)) {
            case 0, 1 -> Expr.call(Type.BIGINT, dice.of(Op.ADD, Op.SUBTRACT), a, draw(columns, Type.BIGINT, depth));
            case 2 -> Expr.call(Type.BIGINT, Op.MULTIPLY, a, literal(Type.BIGINT));
            case 3 -> Expr.call(Type.BIGINT, Op.MODULO, a, literal(Type.BIGINT));
            case 4 -> Expr.call(Type.BIGINT, dice.of(Op.NEGATE, Op.ABS), a);
            case 5, 6 -> Expr.call(Type.BIGINT, dice.of(Op.FLOOR, Op.CEIL, Op.TO_BIGINT), exactDouble(columns, 0));
            default -> Expr.call(Type.BIGINT, Op.TO_BIGINT, leaf(columns, Type.DECIMAL));
        };
    }

    private Expr exactDouble(List<Rel.Col> columns, int depth) {
        Expr a = leaf(columns, Type.DOUBLE);
        return switch (dice.below(6)) {
            case 0, 1 -> Expr.call(Type.DOUBLE, dice.of(Op.ADD, Op.SUBTRACT, Op.MULTIPLY), a, literal(Type.DOUBLE));
            case 2 -> Expr.call(Type.DOUBLE, dice.of(Op.ABS, Op.SIGN, Op.NEGATE), a);
            case 3 -> Expr.call(Type.DOUBLE, Op.TO_DOUBLE, leaf(columns, dice.of(Type.INT, Type.BIGINT)));
            case 4 -> depth > 0 ? draw(columns, Type.DOUBLE, depth - 1) : a;
            default -> a;
        };
    }

    /// A double that the last digit of is anybody's: only to be shown.
    Expr inexactDouble(List<Rel.Col> columns) {
        return dice.chance(50)
                ? Expr.call(Type.DOUBLE, Op.SQRT_ABS, leaf(columns, Type.DOUBLE))
                : Expr.call(Type.DOUBLE, Op.DIVIDE, leaf(columns, Type.DOUBLE),
                        Expr.call(Type.DOUBLE, Op.TO_DOUBLE, leaf(columns, Type.INT)));
    }

    private Expr decimal(List<Rel.Col> columns, int depth) {
        Expr a = leaf(columns, Type.DECIMAL);
        return dice.chance(70)
                ? Expr.call(Type.DECIMAL, dice.of(Op.ADD, Op.SUBTRACT), a,
                        draw(columns, Type.DECIMAL, Math.min(depth, 1)))
                : Expr.call(Type.DECIMAL, dice.of(Op.ABS, Op.NEGATE), a);
    }

    private Expr text(List<Rel.Col> columns, int depth) {
        Expr a = draw(columns, Type.STRING, depth);
        return switch (dice.below(8)) {
            case 0 -> Expr.call(Type.STRING, dice.of(Op.UPPER, Op.LOWER), a);
            case 1 -> Expr.call(Type.STRING, Op.TRIM, a);
            case 2 -> Expr.call(Type.STRING, Op.SUBSTRING, a, new Literal(dice.between(1, 3), Type.INT),
                    new Literal(dice.between(1, 4), Type.INT));
            case 3 -> Expr.call(Type.STRING, Op.CONCAT, a,
                    dice.chance(50) ? literal(Type.STRING) : leaf(columns, Type.STRING));
            case 4 -> Expr.call(Type.STRING, Op.REPLACE, a, literal(Type.STRING), literal(Type.STRING));
            case 5 -> Expr.call(Type.STRING, Op.LPAD, a, new Literal(dice.between(1, 6), Type.INT),
                    new Literal("*", Type.STRING));
            default -> Expr.call(Type.STRING, Op.TO_STRING,
                    leaf(columns, dice.of(Type.INT, Type.BIGINT, Type.BOOLEAN, Type.DATE)));
        };
    }
}
