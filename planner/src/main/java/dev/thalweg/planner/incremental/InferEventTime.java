package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.EventTime.Role;
import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.Distinct;
import dev.thalweg.planner.incremental.PlanNode.DropDuplicates;
import dev.thalweg.planner.incremental.PlanNode.Exchange;
import dev.thalweg.planner.incremental.PlanNode.Expand;
import dev.thalweg.planner.incremental.PlanNode.Filter;
import dev.thalweg.planner.incremental.PlanNode.Generate;
import dev.thalweg.planner.incremental.PlanNode.Limit;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.Scan;
import dev.thalweg.planner.incremental.PlanNode.Sort;
import dev.thalweg.planner.incremental.PlanNode.StaticJoin;
import dev.thalweg.planner.incremental.PlanNode.Union;
import dev.thalweg.planner.incremental.PlanNode.Values;
import dev.thalweg.planner.incremental.PlanNode.Watermark;
import dev.thalweg.planner.incremental.PlanNode.WindowAssign;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Says which columns of a node's output carry event time, and in what role. Bottom up, no state.
///
/// A column that is computed from an event time carries none: what the watermark says of it is not known.
final class InferEventTime {
    private InferEventTime() {}

    static EventTime of(PlanNode node) {
        return switch (node) {
            case Scan _,Values _ -> EventTime.NONE;
            case Watermark watermark -> new EventTime(Map.of(watermark.column(), Role.TIME));
            case WindowAssign window -> window(window);
            case Project project -> project(of(project.input()), project.expressions());
            case Expand expand -> expand(expand);
            case Aggregate aggregate -> keys(of(aggregate.input()), aggregate.keys());
            case Union union -> union(union);
            case StaticJoin join -> of(join.stream());
            case Filter filter -> of(filter.input());
            case Generate generate -> of(generate.input());
            case Distinct distinct -> of(distinct.input());
            case DropDuplicates duplicates -> of(duplicates.input());
            case Exchange exchange -> of(exchange.input());
            case Sort sort -> of(sort.input());
            case Limit limit -> of(limit.input());
        };
    }

    private static EventTime window(WindowAssign window) {
        EventTime input = of(window.input());
        if (!isEventTime(input, window.time())) {
            return input;
        }
        Map<Integer, Role> roles = new HashMap<>(input.columns());
        int width = window.schema().size();
        roles.put(width - 2, Role.WINDOW_START);
        roles.put(width - 1, Role.WINDOW_END);
        return new EventTime(roles);
    }

    /// A time that the watermark speaks of, or the last moment of a window of such times: one that is in an open window is in
    /// open windows only, however they are cut.
    private static boolean isEventTime(EventTime input, Expression time) {
        return switch (time) {
            case Input(int column, _, _) -> input.columns().get(column) == Role.TIME;
            case Expression.Call(String function, List<Expression> parts, _, _) when function.equals("-") ->
                    parts.get(0) instanceof Input(int column, _, _) && input.columns().get(column) == Role.WINDOW_END
                            && parts.get(1) instanceof Literal(Object micros, _) && Long.valueOf(1).equals(micros);
            default -> false;
        };
    }

    private static EventTime project(EventTime input, List<Expression> expressions) {
        Map<Integer, Role> roles = new HashMap<>();
        for (int i = 0; i < expressions.size(); i++) {
            Role role = role(input, expressions.get(i));
            if (role != null) {
                roles.put(i, role);
            }
        }
        return new EventTime(roles);
    }

    private static @Nullable Role role(EventTime input, Expression expression) {
        return expression instanceof Input(int column, _, _) ? input.columns().get(column) : null;
    }

    /// A column keeps its role only if every copy of the row has it: a group without a time is never final.
    private static EventTime expand(Expand expand) {
        EventTime input = of(expand.input());
        EventTime all = project(input, expand.projections().getFirst());
        Map<Integer, Role> roles = new HashMap<>(all.columns());
        for (List<Expression> projection : expand.projections()) {
            roles.keySet().removeIf(i -> projection.get(i) instanceof Literal
                    || !Objects.equals(role(input, projection.get(i)), roles.get(i)));
        }
        return new EventTime(roles);
    }

    private static EventTime keys(EventTime input, List<Integer> keys) {
        Map<Integer, Role> roles = new HashMap<>();
        for (int i = 0; i < keys.size(); i++) {
            Role role = input.columns().get(keys.get(i));
            if (role != null) {
                roles.put(i, role);
            }
        }
        return new EventTime(roles);
    }

    private static EventTime union(Union union) {
        Map<Integer, Role> roles = new HashMap<>(of(union.inputs().getFirst()).columns());
        for (PlanNode input : union.inputs()) {
            EventTime other = of(input);
            roles.entrySet().removeIf(entry -> other.columns().get(entry.getKey()) != entry.getValue());
        }
        return new EventTime(roles);
    }
}
