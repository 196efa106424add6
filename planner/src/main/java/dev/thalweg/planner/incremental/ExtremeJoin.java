package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.Expression.Call;
import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.Filter;
import dev.thalweg.planner.incremental.PlanNode.JoinKind;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.SortKey;
import dev.thalweg.planner.incremental.PlanNode.StreamJoin;
import dev.thalweg.planner.incremental.PlanNode.TopN;
import dev.thalweg.planner.incremental.PlanNode.WindowAssign;
import dev.thalweg.spi.data.DataType.Simple;
import dev.thalweg.spi.data.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// A join of rows with the greatest or least value of their own group.
///
/// The right side is an aggregate of the very rows of the left side (or of these put in tumbling windows, where the condition
/// says that the left row's time is in the window), and the condition says that each column the aggregate groups by is the left
/// row's, and that the left row's value is the extreme. Every left row has one group, so it meets one row at most: it comes out as
/// often as it is there, or not at all.
final class ExtremeJoin {
    private final StreamJoin join;
    private final Peeled left;
    private final Aggregate groups;
    private final Peeled grouped;
    /// Of each column of the right side the column of the aggregate that it is; -1 where it is computed.
    private final int[] rightColumns;
    private final Optional<Peeled.Window> windows;
    private final List<Expression> conditions;

    private ExtremeJoin(StreamJoin join, Peeled left, Peeled right, Aggregate groups, Peeled grouped) {
        this.join = join;
        this.left = left;
        this.groups = groups;
        this.grouped = grouped;
        this.rightColumns = right.columns().stream()
                .mapToInt(column -> column instanceof Input(int number, _, _) ? number : -1).toArray();
        this.windows = left.windowsIn(grouped).filter(Peeled.Window::isTumbling);
        this.conditions = join.condition().map(Expressions::conjunctions).orElse(List.of());
    }

    static Optional<ExtremeJoin> of(StreamJoin join) {
        Peeled right = Peeled.of(join.right());
        if ((join.kind() != JoinKind.INNER && join.kind() != JoinKind.SEMI) || !right.steps().isEmpty()
                || !(right.base() instanceof Aggregate groups)) {
            return Optional.empty();
        }
        Peeled left = Peeled.of(join.left());
        ExtremeJoin found = new ExtremeJoin(join, left, right, groups, Peeled.of(groups.input()));
        return left.hasRowsOf(found.grouped) || found.windows.isPresent() ? Optional.of(found) : Optional.empty();
    }

    /// The plan of the first rows; empty where the condition asks for something else.
    Optional<PlanNode> firstRows() {
        Optional<Extreme> extreme = extreme();
        int[] keys = new int[groups.keys().size()];
        List<Expression> rest = new ArrayList<>(conditions);
        int width = join.left().schema().size();
        boolean banded = windows.isPresent() && new WindowBand(windows.get()).removeFrom(rest);
        for (int key = 0; key < keys.length; key++) {
            Expression column = grouped.columns().get(groups.keys().get(key));
            OptionalInt equal = equalColumn(key, column);
            if (equal.isPresent()) {
                keys[key] = equal.getAsInt();
            } else if (banded && windows.get().isStart(column)) {
                keys[key] = width;
            } else if (banded && windows.get().isEnd(column)) {
                keys[key] = width + 1;
            } else {
                if (!isOtherBound(column)) {
                    return Optional.empty();
                }
                keys[key] = left.columns().indexOf(column); // perhaps nowhere: the other bound says the same
            }
        }
        boolean isWhole = windows.isEmpty() || banded;
        return extreme.filter(_ -> isWhole && usesAllPairs()).flatMap(each -> {
            each.condition().ifPresent(rest::remove);
            return new FirstRows(each, keys, rest).plan();
        });
    }

    /// The column of the left side that the condition holds equal to a column of the groups, and that is the same.
    private OptionalInt equalColumn(int key, Expression column) {
        if (!column.type().isExact()) {
            return OptionalInt.empty(); // what it looks like is the group's to say
        }
        for (int i = 0; i < join.leftKeys().size(); i++) {
            int l = join.leftKeys().get(i);
            if (rightColumns[join.rightKeys().get(i)] == key && left.columns().get(l).equals(column)) {
                return OptionalInt.of(l);
            }
        }
        return OptionalInt.empty();
    }

    /// Whether it is a window's start or end, and the condition speaks of its other bound.
    private boolean isOtherBound(Expression column) {
        Optional<Expression> twin = Peeled.otherBound(column);
        return twin.isPresent() && IntStream.range(0, groups.keys().size()).anyMatch(
                key -> grouped.columns().get(groups.keys().get(key)).equals(twin.get())
                        && equalColumn(key, twin.get()).isPresent());
    }

    /// Whether every equality is one of a group's column or of the extreme: nothing else is asked for.
    private boolean usesAllPairs() {
        for (int i = 0; i < join.leftKeys().size(); i++) {
            Expression l = left.columns().get(join.leftKeys().get(i));
            int r = rightColumns[join.rightKeys().get(i)];
            int of = r < 0 ? -1 : r < groups.keys().size() ? groups.keys().get(r) : argument(r);
            if (of < 0 || !l.equals(grouped.columns().get(of))) {
                return false;
            }
        }
        return true;
    }

    /// What the extreme is of: a column of what is grouped; or -1.
    private int argument(int column) {
        AggregateCall call = groups.calls().get(column - groups.keys().size());
        boolean isExtreme = (call.function().equals("max") || call.function().equals("min")) && call.filter().isEmpty()
                && call.type().isExact();
        return isExtreme ? call.arguments().getFirst() : -1;
    }

    /// A value that must be its group's extreme.
    ///
    /// @param value column of the left side
    /// @param column of the aggregate
    /// @param condition that says so, where it is no equality of keys
    private record Extreme(int value, int column, boolean greatest, Optional<Expression> condition) {}

    private Optional<Extreme> extreme() {
        for (int i = 0; i < join.leftKeys().size(); i++) {
            Optional<Extreme> found = extreme(join.leftKeys().get(i), rightColumns[join.rightKeys().get(i)], "=",
                    Optional.empty());
            if (found.isPresent()) {
                return found;
            }
        }
        int width = join.left().schema().size();
        for (Expression each : conditions) {
            if (each instanceof Call(String function, List<Expression> sides, _, _) && sides.size() == 2
                    && sides.get(0) instanceof Input(int one, _, _) && sides.get(1) instanceof Input(int other, _, _)) {
                boolean leftFirst = one < width;
                int value = leftFirst ? one : other;
                int right = (leftFirst ? other : one) - width;
                if (value < width && right >= 0) {
                    Optional<Extreme> found = extreme(value, rightColumns[right],
                            leftFirst ? function : turned(function), Optional.of(each));
                    if (found.isPresent()) {
                        return found;
                    }
                }
            }
        }
        return Optional.empty();
    }

    private Optional<Extreme> extreme(int value, int column, String comparison, Optional<Expression> condition) {
        if (column < groups.keys().size()) {
            return Optional.empty();
        }
        int argument = argument(column);
        boolean greatest = groups.calls().get(column - groups.keys().size()).function().equals("max");
        boolean asks = comparison.equals("=") || comparison.equals(greatest ? ">=" : "<=");
        return asks && argument >= 0 && left.columns().get(value).equals(grouped.columns().get(argument))
                ? Optional.of(new Extreme(value, column, greatest, condition))
                : Optional.empty();
    }

    private static String turned(String comparison) {
        return switch (comparison) {
            case ">=" -> "<=";
            case "<=" -> ">=";
            default -> comparison; // a rule: no other comparison is asked for
        };
    }

    /// The plan that takes the join's place.
    private final class FirstRows {
        private final Extreme extreme;
        private final int[] keys;
        private final List<Expression> rest;

        FirstRows(Extreme extreme, int[] keys, List<Expression> rest) {
            this.extreme = extreme;
            this.keys = keys;
            this.rest = rest;
        }

        Optional<PlanNode> plan() {
            PlanNode rows = withoutNulls();
            if (windows.isPresent()) {
                int time = left.columns().indexOf(windows.get().time());
                List<Field> bounds = windowFields();
                rows = new WindowAssign(rows, Expressions.input(rows.schema(), time), windows.get().size(),
                        windows.get().size(), windows.get().offset(), PlanNode.appended(rows.schema(), bounds));
            }
            List<Integer> partition = Arrays.stream(keys).filter(key -> key >= 0).boxed().toList();
            TopN first = new TopN(rows, partition, List.of(new SortKey(extreme.value(), extreme.greatest(), false)),
                    TopN.Rank.RANK, 0, 1, false, rows.schema());
            return asJoined(first);
        }

        /// A NULL is no extreme, and equals no column of a group.
        private PlanNode withoutNulls() {
            List<Expression> tests = new ArrayList<>();
            List<Integer> columns = new ArrayList<>(List.of(extreme.value()));
            Arrays.stream(keys).filter(key -> key >= 0).forEach(columns::add);
            for (int column : columns.stream().distinct().sorted().toList()) {
                if (column < join.left().schema().size() && join.left().schema().field(column).nullable()) {
                    tests.add(new Call("isnotnull", List.of(Expressions.input(join.left().schema(), column)),
                            Simple.BOOLEAN, false));
                }
            }
            return tests.isEmpty() ? join.left() : new Filter(join.left(), Expressions.and(tests));
        }

        private List<Field> windowFields() {
            PlanNode below = groups.input();
            while (!(below instanceof WindowAssign window)) {
                below = below.inputs().getFirst();
            }
            int width = window.schema().size();
            return window.schema().fields().subList(width - 2, width);
        }

        private Optional<PlanNode> asJoined(TopN first) {
            int width = join.left().schema().size();
            List<Expression> columns = new ArrayList<>();
            for (int i = 0; i < width; i++) {
                columns.add(Expressions.input(first.schema(), i));
            }
            for (int right : rightColumns) {
                int at = right < 0
                        ? -1
                        : right < keys.length ? keys[right] : right == extreme.column() ? extreme.value() : -1;
                if (at < 0) {
                    return Optional.empty();
                }
                columns.add(Expressions.input(first.schema(), at));
            }
            PlanNode rows = first;
            if (!rest.isEmpty()) {
                rows = new Filter(first, Expressions.replaceInputs(Expressions.and(rest),
                        input -> input instanceof Input(int column, _, _) ? columns.get(column) : input));
            }
            List<Expression> given = join.kind() == JoinKind.SEMI ? columns.subList(0, width) : columns;
            return Optional.of(new Project(rows, given, join.schema()));
        }
    }

    /// The conditions that put a left row's time into the window of the right row.
    private final class WindowBand {
        private final Peeled.Window window;

        WindowBand(Peeled.Window window) {
            this.window = window;
        }

        /// @return whether both ends were there
        boolean removeFrom(List<Expression> parts) {
            Optional<Expression> from = parts.stream().filter(part -> isBound(part, true)).findFirst();
            Optional<Expression> to = parts.stream().filter(part -> isBound(part, false)).findFirst();
            from.ifPresent(parts::remove);
            to.ifPresent(parts::remove);
            return from.isPresent() && to.isPresent();
        }

        private boolean isBound(Expression part, boolean lower) {
            int width = join.left().schema().size();
            if (!(part instanceof Call(String function, List<Expression> sides, _, _)) || sides.size() != 2) {
                return false;
            }
            Optional<JoinTime.Moved> one = JoinTime.moved(sides.get(0));
            Optional<JoinTime.Moved> other = JoinTime.moved(sides.get(1));
            if (one.isEmpty() || other.isEmpty()) {
                return false;
            }
            boolean leftFirst = one.get().column() < width;
            JoinTime.Moved time = leftFirst ? one.get() : other.get();
            JoinTime.Moved bound = leftFirst ? other.get() : one.get();
            if (time.column() >= width || bound.column() < width
                    || !left.columns().get(time.column()).equals(window.time())
                    || !function.equals(lower ? (leftFirst ? ">=" : "<=") : leftFirst ? "<" : ">")) {
                return false;
            }
            // time + x is compared with bound + y: time with bound + between
            long between = bound.micros() - time.micros();
            return isAt(rightColumns[bound.column() - width], between, lower);
        }

        private boolean isAt(int column, long between, boolean lower) {
            if (column < 0 || column >= groups.keys().size()) {
                return false;
            }
            Expression of = grouped.columns().get(groups.keys().get(column));
            long fromStart = window.isStart(of) ? between : window.isEnd(of) ? between + window.size() : Long.MIN_VALUE;
            return fromStart == (lower ? 0 : window.size());
        }
    }
}
