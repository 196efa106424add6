package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.EventTime.Role;
import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.PlanNode.AsofJoin;
import dev.thalweg.planner.incremental.PlanNode.StreamJoin;
import dev.thalweg.spi.data.DataType;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.RowType;
import java.util.List;
import java.util.Optional;

/// What event time says of a join: by which column of each side rows are late, and how long they are kept.
///
/// A condition between a time L of the left and a time R of the right holds them together: `L = R`, or a band
/// `R - L BETWEEN a AND b`. No row at or below W comes any more, so a left row is final when `L + b <= W'` and a right one when
/// `R - a <= W'`.
///
/// @param leftColumn of the left input
/// @param leftKeep microseconds after its time at which a left row has met all that it can, perhaps negative; [#FOR_EVER]
/// @param rightColumn of the right input
/// @param rightKeep the same of the right
/// @param lag how far the join's watermark lies behind the least of its inputs'
public record JoinTime(int leftColumn, long leftKeep, int rightColumn, long rightKeep, long lag) {
    /// Nothing bounds how long a row may have to wait for another.
    public static final long FOR_EVER = Long.MAX_VALUE;

    /// Empty where no time bounds the join: nothing is late then, and everything is kept.
    public static Optional<JoinTime> of(StreamJoin join) {
        EventTime left = InferEventTime.of(join.left());
        EventTime right = InferEventTime.of(join.right());
        for (int i = 0; i < join.leftKeys().size(); i++) {
            int l = join.leftKeys().get(i);
            int r = join.rightKeys().get(i);
            if (isTime(left, l) && isTime(right, r)) {
                return Optional.of(new JoinTime(l, 0, r, 0, Math.max(left.lag(l), right.lag(r))));
            }
        }
        return join.condition().flatMap(condition -> band(join, left, right, Expressions.conjunctions(condition)));
    }

    /// Of an as-of join whose times are event times. Looking back, a left row is final at its own time, and of each key the last
    /// right row is kept for the left rows to come; looking forward it is the other way round, but a left row waits for a right
    /// one as long as it takes.
    public static Optional<JoinTime> of(AsofJoin join) {
        EventTime left = InferEventTime.of(join.left());
        EventTime right = InferEventTime.of(join.right());
        AsofJoin.Match match = join.match();
        if (!isTime(left, match.leftTime()) || !isTime(right, match.rightTime())) {
            return Optional.empty();
        }
        return Optional.of(new JoinTime(match.leftTime(), match.backward() ? 0 : FOR_EVER, match.rightTime(),
                match.backward() ? FOR_EVER : 0, Math.max(left.lag(match.leftTime()), right.lag(match.rightTime()))));
    }

    /// Of a join of either kind; empty for any other node.
    static Optional<JoinTime> ofAny(PlanNode node) {
        return switch (node) {
            case StreamJoin join -> of(join);
            case AsofJoin join -> of(join);
            default -> Optional.empty(); // a rule: other nodes are no joins of streams
        };
    }

    /// Whether times meet by `<=>`, so that a row without one meets others without. That bounds nothing: no watermark passes them.
    /// A subquery or LATERAL that looks at a time of the outer row becomes such a join.
    public static boolean meetsWithoutTime(StreamJoin join) {
        return join.leftKeys().stream().anyMatch(key -> join.left().schema().field(key)
                .type() instanceof DataType.Struct(RowType only) && only.size() == 1
                && only.field(0).type() == Simple.TIMESTAMP);
    }

    private static boolean isTime(EventTime side, int column) {
        Role role = side.columns().get(column);
        return role == Role.TIME || role == Role.WINDOW_END;
    }

    /// Whether event time frees the rows of a side.
    static boolean frees(StreamJoin join, int side) {
        return of(join).filter(time -> (side == 0 ? time.leftKeep : time.rightKeep) < FOR_EVER).isPresent();
    }

    /// Whether every row is freed some day that this kind of join gives out only when it is final.
    boolean frees(PlanNode.JoinKind kind) {
        return switch (kind) {
            case LEFT, ANTI -> leftKeep < FOR_EVER;
            case RIGHT -> rightKeep < FOR_EVER;
            case FULL -> leftKeep < FOR_EVER && rightKeep < FOR_EVER;
            case INNER, SEMI -> true;
        };
    }

    private static Optional<JoinTime> band(StreamJoin join, EventTime left, EventTime right, List<Expression> parts) {
        Optional<JoinTime> found = Optional.empty();
        for (Expression part : parts) {
            Optional<JoinTime> bound = bound(join.left().schema().size(), left, right, part);
            found = found.isEmpty()
                    ? bound
                    : Optional.of(bound.filter(found.get()::isOfSameColumns).map(found.get()::and)
                            .orElse(found.get()));
        }
        return found;
    }

    private boolean isOfSameColumns(JoinTime other) {
        return leftColumn == other.leftColumn && rightColumn == other.rightColumn;
    }

    private JoinTime and(JoinTime other) {
        return new JoinTime(leftColumn, Math.min(leftKeep, other.leftKeep), rightColumn,
                Math.min(rightKeep, other.rightKeep), lag);
    }

    /// A time of one side, moved by a constant.
    record Moved(int column, long micros) {}

    /// One comparison of a left time with a right one; that it may be strict keeps a row a microsecond too long.
    private static Optional<JoinTime> bound(int split, EventTime left, EventTime right, Expression part) {
        if (!(part instanceof Call(String function, List<Expression> sides, _, _)) || sides.size() != 2) {
            return Optional.empty();
        }
        Optional<Moved> one = moved(sides.get(0));
        Optional<Moved> other = moved(sides.get(1));
        if (one.isEmpty() || other.isEmpty()) {
            return Optional.empty();
        }
        boolean leftFirst = one.get().column() < split;
        Moved l = leftFirst ? one.get() : other.get();
        Moved r = leftFirst ? other.get() : one.get();
        if (l.column() >= split || r.column() < split || !isTime(left, l.column())
                || !isTime(right, r.column() - split)) {
            return Optional.empty();
        }
        long leftKeep = FOR_EVER;
        long rightKeep = FOR_EVER;
        // L + x <= R + y: a left time is at most y - x after its right one; turned round for the other comparisons
        long between = r.micros() - l.micros();
        switch (function) {
            case "<", "<=" -> {
                leftKeep = leftFirst ? FOR_EVER : -between;
                rightKeep = leftFirst ? between : FOR_EVER;
            }
            case ">", ">=" -> {
                leftKeep = leftFirst ? -between : FOR_EVER;
                rightKeep = leftFirst ? FOR_EVER : between;
            }
            case "=" -> {
                leftKeep = -between;
                rightKeep = between;
            }
            default -> {
                return Optional.empty();
            }
        }
        int rightColumn = r.column() - split;
        return Optional.of(new JoinTime(l.column(), leftKeep, rightColumn, rightKeep,
                Math.max(left.lag(l.column()), right.lag(rightColumn))));
    }

    /// Whether an expression is a column moved by a constant time, or not moved at all.
    static boolean isMovedTime(Expression expression) {
        return expression.type().equals(Simple.TIMESTAMP) && moved(expression).isPresent();
    }

    static Optional<Moved> moved(Expression expression) {
        return switch (expression) {
            case Input(int column, _, _) -> Optional.of(new Moved(column, 0));
            case Call(String function, List<Expression> parts, _, _) when parts.size() == 2
                    && parts.get(0) instanceof Input(int column, _, _) -> switch (function) {
                        case "+" -> interval(parts.get(1)).map(micros -> new Moved(column, micros));
                        case "-" -> interval(parts.get(1)).map(micros -> new Moved(column, -micros));
                        default -> Optional.empty();
                    };
            case Call(String function, List<Expression> parts, _, _) when parts.size() == 2 && function.equals("+")
                    && parts.get(1) instanceof Input(int column, _, _) ->
                    interval(parts.get(0)).map(micros -> new Moved(column, micros));
            default -> Optional.empty();
        };
    }

    private static Optional<Long> interval(Expression expression) {
        return expression instanceof Literal(Long micros, Simple type) && type == Simple.INTERVAL_DAY_TIME
                ? Optional.of(micros)
                : Optional.empty();
    }
}
