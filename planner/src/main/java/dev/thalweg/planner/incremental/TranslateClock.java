package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.ClockBound.Side;
import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Cast;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.PlanNode.ClockFilter;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.error.InvalidQuery;
import java.util.ArrayList;
import java.util.List;

/// Conditions that compare a time of a row with `clock()`: each is solved for the clock, so that of any row it is known when
/// it comes and when it goes, and a [ClockFilter] is made of them.
///
/// `ts > clock() - INTERVAL 1 HOUR` becomes `clock() < ts + INTERVAL 1 HOUR`. What cannot be solved, or does not stand in a
/// condition, is refused: a trigger does not look at earlier rows again.
final class TranslateClock {
    static final String CLOCK = "clock";

    private TranslateClock() {}

    /// A comparison with the clock on its right.
    private record Comparison(Expression time, String operator, Expression clock) {
        static Comparison of(Expression left, String operator, Expression right) {
            return Expressions.calls(right, CLOCK)
                    ? new Comparison(left, operator, right)
                    : new Comparison(right, flipped(operator), left);
        }
    }

    static Relation filter(Relation input, Expression condition) {
        List<Expression> plain = new ArrayList<>();
        List<Comparison> timed = new ArrayList<>();
        for (Expression test : Expressions.conjunctions(condition)) {
            if (Expressions.calls(test, CLOCK)) {
                timed.add(solved(comparison(test)));
            } else {
                plain.add(test);
            }
        }
        PlanNode node = plain.isEmpty()
                ? input.node()
                : TranslateTop.filter(input.node(), Expressions.and(plain));
        List<Expression> columns = new ArrayList<>(Expressions.inputs(node.schema()));
        List<ClockBound> bounds = timed.stream().flatMap(test -> bounds(test, columns).stream()).distinct().toList();
        return input.over(new ClockFilter(with(node, columns), bounds));
    }

    /// The node, with more columns where times are computed.
    private static PlanNode with(PlanNode node, List<Expression> columns) {
        int width = node.schema().size();
        if (columns.size() == width) {
            return node;
        }
        List<Field> more = new ArrayList<>();
        for (int i = width; i < columns.size(); i++) {
            more.add(Expressions.field("time" + (i - width + 1), columns.get(i)));
        }
        return new Project(node, columns, PlanNode.appended(node.schema(), more));
    }

    private static List<ClockBound> bounds(Comparison test, List<Expression> columns) {
        Expression time = test.time();
        long shift = 0;
        while (time instanceof Call(String function, List<Expression> parts, _, _) && parts.size() == 2
                && (function.equals("+") || function.equals("-")) && parts.get(0).type() == Simple.TIMESTAMP
                && parts.get(1) instanceof Literal(Object micros, _) && micros instanceof Long length) {
            shift = Math.addExact(shift, function.equals("+") ? length : Math.negateExact(length));
            time = parts.get(0);
        }
        if (!columns.contains(time)) {
            columns.add(time);
        }
        int column = columns.indexOf(time);
        return switch (test.operator()) {
            case ">" -> List.of(new ClockBound(column, shift, Side.BEFORE));
            case ">=" -> List.of(new ClockBound(column, shift, Side.THROUGH));
            case "<" -> List.of(new ClockBound(column, shift, Side.AFTER));
            case "<=" -> List.of(new ClockBound(column, shift, Side.FROM));
            default -> List.of(new ClockBound(column, shift, Side.FROM), new ClockBound(column, shift, Side.THROUGH));
        };
    }

    private static Comparison comparison(Expression test) {
        if (test instanceof Call(String function, List<Expression> parts, _, _)) {
            if (function.equals("not") && parts.getFirst() instanceof Call(String inner, List<Expression> sides, _, _)
                    && isOrder(inner)) {
                return comparison(sides.get(0), negated(inner), sides.get(1));
            }
            if (isOrder(function) || function.equals("=")) {
                return comparison(parts.get(0), function, parts.get(1));
            }
        }
        throw misplaced("in a condition that is no comparison of times");
    }

    private static Comparison comparison(Expression left, String operator, Expression right) {
        if (Expressions.calls(left, CLOCK) && Expressions.calls(right, CLOCK)) {
            throw misplaced("on both sides of a comparison");
        }
        return Comparison.of(left, operator, right);
    }

    /// Brings everything but the clock to the left side.
    private static Comparison solved(Comparison test) {
        Comparison step = test;
        while (!(step.clock() instanceof Call(String function, _, _, _) && function.equals(CLOCK))) {
            step = step(step);
        }
        return step;
    }

    private static Comparison step(Comparison test) {
        return switch (test.clock()) {
            case Call(String function, List<Expression> parts, _, _) when parts.size() == 2 && isSum(function) ->
                    Expressions.calls(parts.get(0), CLOCK)
                            ? ofFirst(test, function, parts.get(0), parts.get(1))
                            : ofSecond(test, function, parts.get(0), parts.get(1));
            case Cast(Expression clock, DataType type, _, _) when type == Simple.DATE
                    && clock.type() == Simple.TIMESTAMP -> day(test, clock);
            case Cast(Expression clock, DataType type, _, _) when type == Simple.TIMESTAMP
                    && clock.type() == Simple.DATE -> startOfDay(test, clock);
            default -> throw misplaced("in an expression that cannot be solved for it: "
                    + test.clock().type().sql() + (test.clock() instanceof Call call ? ", " + call.function() : ""));
        };
    }

    /// `time op clock ± x`.
    private static Comparison ofFirst(Comparison test, String function, Expression clock, Expression x) {
        if (x.type() == Simple.INTERVAL_YEAR_MONTH) {
            throw misplaced("together with an interval of months, which are not equally long");
        }
        boolean difference = function.equals("-") && x.type().equals(clock.type()); // of two times: an interval
        Expression time = difference
                ? sum("+", x, test.time(), clock.type())
                : sum(inverse(function), test.time(), x, clock.type());
        return new Comparison(time, test.operator(), clock);
    }

    /// `time op x ± clock`.
    private static Comparison ofSecond(Comparison test, String function, Expression x, Expression clock) {
        return function.equals("+")
                ? ofFirst(test, function, clock, x)
                : new Comparison(sum("-", x, test.time(), clock.type()), flipped(test.operator()), clock);
    }

    /// `date op CAST(clock AS DATE)`: a day begins at its first moment and ends where the next one begins.
    private static Comparison day(Comparison test, Expression clock) {
        Expression begin = time(test.time());
        Expression next = time(new Call("date_add", List.of(test.time(), new Literal(1, Simple.INT)), Simple.DATE,
                test.time().nullable()));
        return switch (test.operator()) {
            case ">" -> new Comparison(begin, ">", clock);
            case ">=" -> new Comparison(next, ">", clock);
            case "<" -> new Comparison(next, "<=", clock);
            case "<=" -> new Comparison(begin, "<=", clock);
            default -> throw misplaced("as a DATE in an equality; write >= and <");
        };
    }

    /// `time op` the first moment of the clock's day.
    private static Comparison startOfDay(Comparison test, Expression clock) {
        Expression before = sum("-", test.time(), new Literal(1L, Simple.INTERVAL_DAY_TIME), Simple.TIMESTAMP);
        return switch (test.operator()) {
            case ">" -> new Comparison(date(before), ">=", clock);
            case ">=" -> new Comparison(date(test.time()), ">=", clock);
            case "<" -> new Comparison(date(test.time()), "<", clock);
            case "<=" -> new Comparison(date(before), "<", clock);
            default -> throw misplaced("as a DATE in an equality; write >= and <");
        };
    }

    private static Expression time(Expression date) {
        return new Cast(date, Simple.TIMESTAMP, false, date.nullable());
    }

    private static Expression date(Expression time) {
        return new Cast(time, Simple.DATE, false, time.nullable());
    }

    private static Expression sum(String function, Expression left, Expression right, DataType type) {
        return new Call(function, List.of(left, right), type, left.nullable() || right.nullable());
    }

    private static boolean isSum(String function) {
        return List.of("+", "-", "date_add", "date_sub").contains(function);
    }

    private static String inverse(String function) {
        return switch (function) {
            case "+" -> "-";
            case "-" -> "+";
            case "date_add" -> "date_sub";
            default -> "date_add";
        };
    }

    private static boolean isOrder(String function) {
        return List.of("<", "<=", ">", ">=").contains(function);
    }

    private static String flipped(String operator) {
        return switch (operator) {
            case "<" -> ">";
            case "<=" -> ">=";
            case ">" -> "<";
            case ">=" -> "<=";
            default -> operator;
        };
    }

    private static String negated(String operator) {
        return switch (operator) {
            case "<" -> ">=";
            case "<=" -> ">";
            case ">" -> "<=";
            default -> "<";
        };
    }

    static InvalidQuery misplaced(String where) {
        return new InvalidQuery("THW-3340", "clock() stands " + where
                + ". Over a stream it moves, and rows come and go with"
                + " it, where a condition of WHERE or HAVING, alone or joined by AND, compares a time of the row with it:"
                + " ts > clock() - INTERVAL '1' HOUR, or with <, <=, >=, BETWEEN, and intervals of days or less. For the"
                + " time at which a row came, which stays, write now().");
    }

    static String leaves(ClockFilter filter) {
        String times = String.join(", ", filter.bounds().stream().filter(ClockBound::leaves)
                .map(bound -> filter.schema().field(bound.column()).name()).distinct().toList());
        return "Rows leave when the clock has passed their time (" + times
                + "), but append mode never takes a row back."
                + " Use output mode update, complete or changelog; or only let rows wait for their time, ts <= clock().";
    }

    /// Whether rows leave with the clock somewhere below.
    static boolean leavesBelow(PlanNode node) {
        return node.inputs().stream()
                .anyMatch(input -> (input instanceof ClockFilter filter && filter.leaves()) || leavesBelow(input));
    }
}
