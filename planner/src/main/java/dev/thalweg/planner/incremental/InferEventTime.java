package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.EventTime.Role;
import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.AsofJoin;
import dev.thalweg.planner.incremental.PlanNode.Distinct;
import dev.thalweg.planner.incremental.PlanNode.DropDuplicates;
import dev.thalweg.planner.incremental.PlanNode.Exchange;
import dev.thalweg.planner.incremental.PlanNode.Expand;
import dev.thalweg.planner.incremental.PlanNode.Filter;
import dev.thalweg.planner.incremental.PlanNode.Generate;
import dev.thalweg.planner.incremental.PlanNode.JoinKind;
import dev.thalweg.planner.incremental.PlanNode.Limit;
import dev.thalweg.planner.incremental.PlanNode.Over;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.Scan;
import dev.thalweg.planner.incremental.PlanNode.SessionAssign;
import dev.thalweg.planner.incremental.PlanNode.SetOperation;
import dev.thalweg.planner.incremental.PlanNode.Sort;
import dev.thalweg.planner.incremental.PlanNode.StaticJoin;
import dev.thalweg.planner.incremental.PlanNode.StreamJoin;
import dev.thalweg.planner.incremental.PlanNode.TopN;
import dev.thalweg.planner.incremental.PlanNode.Union;
import dev.thalweg.planner.incremental.PlanNode.Values;
import dev.thalweg.planner.incremental.PlanNode.Watermark;
import dev.thalweg.planner.incremental.PlanNode.WindowAssign;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Says which columns of a node's output carry event time, and in what role. Bottom up, no state.
///
/// A column that is computed from an event time carries none: what the watermark says of it is not known.
final class InferEventTime {
    private InferEventTime() {}

    static EventTime of(PlanNode node) {
        return switch (node) {
            case Scan _,Values _,PlanNode.RecursiveRows _,RecursiveUnion _,PlanNode.Recursion _ -> EventTime.NONE;
            case PlanNode.ClockFilter _ -> EventTime.NONE; // rows come and go by another time
            case Watermark watermark -> new EventTime(Map.of(watermark.column(), Role.TIME));
            case WindowAssign window -> window(window);
            case Project project -> project(of(project.input()), project.expressions());
            case Expand expand -> expand(expand);
            case Aggregate aggregate -> keys(of(aggregate.input()), aggregate.keys());
            case Union union -> common(union.inputs());
            case SetOperation set -> common(set.inputs());
            case StreamJoin join -> joined(join.left(), join.right(), JoinTime.of(join),
                    join.kind() != JoinKind.SEMI && join.kind() != JoinKind.ANTI);
            case AsofJoin join when InferBounded.of(join.right()) -> of(join.left());
            case AsofJoin join -> joined(join.left(), join.right(), JoinTime.of(join), true);
            case Over over when over.byTime() -> byTime(over);
            case Over over -> only(of(over.input()), over.partition());
            case TopN top -> only(of(top.input()), top.partition());
            case MatchRecognize match -> match(match);
            case SessionAssign session -> session(session);
            case PlanNode.SessionAggregate session ->
                    keys(session(session.sessions()), session.groups().keys());
            case StaticJoin join -> of(join.stream());
            case Filter filter -> of(filter.input());
            case PlanNode.Lives lives -> of(lives.input());
            case Generate generate -> of(generate.input());
            case Distinct distinct -> of(distinct.input());
            case DropDuplicates duplicates -> of(duplicates.input());
            case DropWithinWatermark within -> of(within.input());
            case Exchange exchange -> of(exchange.input());
            case Sort sort -> of(sort.input());
            case Limit limit -> of(limit.input());
        };
    }

    private static EventTime window(WindowAssign window) {
        EventTime input = of(window.input());
        return isEventTime(input, window.time())
                ? withWindow(input, window.schema().size(), lagOf(input, window.time()))
                : input;
    }

    /// With the start and the end of a window as the last of `width` columns.
    private static EventTime withWindow(EventTime input, int width, long lag) {
        Map<Integer, Role> roles = new HashMap<>(input.columns());
        Map<Integer, Long> lags = new HashMap<>(input.lags());
        roles.put(width - 2, Role.WINDOW_START);
        roles.put(width - 1, Role.WINDOW_END);
        if (lag > 0) {
            lags.put(width - 2, lag);
            lags.put(width - 1, lag);
        }
        return new EventTime(roles, lags);
    }

    /// A window ends at least a microsecond after each time in it, so it lags by that less than a bare time.
    private static long lagOf(EventTime input, Expression time) {
        long lag = Expressions.inputsOf(time).stream().mapToLong(input::lag).max().orElse(0);
        return time instanceof Input ? Math.max(0, lag - 1) : lag;
    }

    /// A row of a session comes again when the session has grown, so only the session's own times are known.
    private static EventTime session(SessionAssign session) {
        EventTime input = of(session.input());
        return input.deciding(List.of(session.time())).isPresent()
                ? withWindow(EventTime.NONE, session.schema().size(), input.lag(session.time()))
                : EventTime.NONE;
    }

    /// Of the columns only some: rows with other values in the others may come again.
    private static EventTime only(EventTime input, List<Integer> columns) {
        int width = columns.stream().mapToInt(Integer::intValue).max().orElse(-1) + 1;
        int[] sources = new int[width];
        java.util.Arrays.fill(sources, -1);
        columns.forEach(column -> sources[column] = column);
        return input.moved(sources);
    }

    /// A row comes out when time has passed it by what its frames look ahead.
    private static EventTime byTime(Over over) {
        int time = over.order().getFirst().column();
        EventTime input = only(of(over.input()), List.of(time));
        return new EventTime(input.columns(), Map.of(time, input.lag(time) + OverReach.of(over).aheadMicros()));
    }

    /// A match is told, at the latest, when time has passed its first row by as much as it may span; unless it waits for rows
    /// that follow it. So its rows lie no further back, and those before it are not known.
    private static EventTime match(MatchRecognize match) {
        int time = match.order().getFirst().column();
        EventTime input = of(match.input());
        if (match.pattern().within().isEmpty() || MatchReach.waitsForRows(match)
                || input.columns().get(time) != Role.TIME) {
            return EventTime.NONE;
        }
        Map<Integer, Role> roles = new HashMap<>();
        Map<Integer, Long> lags = new HashMap<>();
        long lag = input.lag(time) + match.pattern().within().getAsLong();
        boolean allRows = match.pattern().rows() != MatchPattern.Rows.ONE;
        for (int i = 0; i < match.schema().size(); i++) {
            boolean isTime = i < match.kept().size()
                    ? allRows && match.kept().get(i) == time
                    : match.values()
                            .get(i - match.kept().size()) instanceof MatchValue.Column(MatchRow row, int column, _)
                            && column == time && row.shift() == 0;
            if (isTime) {
                roles.put(i, Role.TIME);
                lags.put(i, lag);
            }
        }
        return new EventTime(roles, lags);
    }

    /// What a join has kept may lie so far back as it keeps it; where time bounds nothing, nothing is known of its rows.
    private static EventTime joined(PlanNode left, PlanNode right, Optional<JoinTime> bound, boolean givesRight) {
        return bound.map(time -> {
            Map<Integer, Role> roles = new HashMap<>();
            Map<Integer, Long> lags = new HashMap<>();
            if (time.leftKeep() < JoinTime.FOR_EVER) {
                put(of(left), time.leftColumn(), 0, time.lag() + Math.max(0, time.leftKeep()), roles, lags);
            }
            if (givesRight && time.rightKeep() < JoinTime.FOR_EVER) {
                put(of(right), time.rightColumn(), left.schema().size(), time.lag() + Math.max(0, time.rightKeep()),
                        roles, lags);
            }
            return new EventTime(roles, lags);
        }).orElse(EventTime.NONE);
    }

    private static void put(EventTime side, int column, int offset, long lag, Map<Integer, Role> roles,
            Map<Integer, Long> lags) {
        Role role = side.columns().get(column);
        if (role != null) {
            roles.put(offset + column, role);
            if (lag > 0) {
                lags.put(offset + column, lag);
            }
        }
    }

    /// A time that the watermark speaks of, or the last moment of a window of such times: one that is in an open window is in
    /// open windows only, however they are cut.
    private static boolean isEventTime(EventTime input, Expression time) {
        return switch (time) {
            case Input(int column, _, _) -> input.columns().get(column) == Role.TIME;
            default -> lastMomentOf(input, time) >= 0;
        };
    }

    /// The column of the window's end, where an expression is the last moment of a window; or -1.
    private static int lastMomentOf(EventTime input, Expression time) {
        return time instanceof Expression.Call(String function, List<Expression> parts, _, _) && function.equals("-")
                && parts.get(0) instanceof Input(int column, _, _) && input.columns().get(column) == Role.WINDOW_END
                && parts.get(1) instanceof Literal(Object micros, _) && Long.valueOf(1).equals(micros) ? column : -1;
    }

    /// The last moment of a window is a time again. Of a window that is open it may be W itself: it lags by a microsecond.
    private static EventTime project(EventTime input, List<Expression> expressions) {
        EventTime plain = input.moved(expressions.stream()
                .mapToInt(expression -> expression instanceof Input(int column, _, _) ? column : -1).toArray());
        Map<Integer, Role> roles = new HashMap<>(plain.columns());
        Map<Integer, Long> lags = new HashMap<>(plain.lags());
        for (int i = 0; i < expressions.size(); i++) {
            int end = lastMomentOf(input, expressions.get(i));
            if (end >= 0) {
                roles.put(i, Role.TIME);
                lags.put(i, input.lag(end) + 1);
            }
        }
        return new EventTime(roles, lags);
    }

    private static @Nullable Role role(EventTime input, Expression expression) {
        return expression instanceof Input(int column, _, _) ? input.columns().get(column) : null;
    }

    /// A column keeps its role only if every copy of the row has it: a group without a time is never final.
    private static EventTime expand(Expand expand) {
        EventTime input = of(expand.input());
        Map<Integer, Role> roles = new HashMap<>(project(input, expand.projections().getFirst()).columns());
        Map<Integer, Long> lags = new HashMap<>();
        for (List<Expression> projection : expand.projections()) {
            roles.keySet().removeIf(i -> projection.get(i) instanceof Literal
                    || !Objects.equals(role(input, projection.get(i)), roles.get(i)));
            project(input, projection).lags().forEach((column, lag) -> lags.merge(column, lag, Math::max));
        }
        lags.keySet().retainAll(roles.keySet());
        return new EventTime(roles, lags);
    }

    private static EventTime keys(EventTime input, List<Integer> keys) {
        return input.moved(keys.stream().mapToInt(Integer::intValue).toArray());
    }

    /// What is so in all of them that stream. Of the others no row comes after the first trigger, before which no time has passed;
    /// nor does one of those in which there is none. Where there is none at all, anything is so.
    static EventTime common(List<PlanNode> inputs) {
        List<PlanNode> streams = inputs.stream().filter(input -> !InferBounded.of(input)).toList();
        List<PlanNode> filled = streams.stream().filter(input -> !isEmpty(input)).toList();
        return filled.isEmpty()
                ? streams.stream().map(InferEventTime::of).reduce(EventTime::or).orElse(EventTime.NONE)
                : filled.stream().map(InferEventTime::of).reduce(EventTime::and).orElse(EventTime.NONE);
    }

    /// Whether no row passes a filter, as of a side of a join that matches nothing. Its watermark is waited for all the same, so it
    /// must have one.
    private static boolean isEmpty(PlanNode node) {
        return switch (node) {
            case Filter filter when Expressions.conjunctions(filter.condition()).stream().anyMatch(
                    part -> part instanceof Literal(Object value, _) && Boolean.FALSE.equals(value)) ->
                    !of(filter.input()).columns().isEmpty();
            case Filter _,Project _,Exchange _,PlanNode.Lives _ -> isEmpty(node.inputs().getFirst());
            default -> false; // a rule: other nodes are not looked through
        };
    }
}
