package dev.thalweg.planner.incremental;

import dev.thalweg.planner.incremental.Expression.Input;
import dev.thalweg.planner.incremental.Expression.Literal;
import dev.thalweg.planner.incremental.PlanNode.Aggregate;
import dev.thalweg.planner.incremental.PlanNode.Project;
import dev.thalweg.planner.incremental.PlanNode.SessionAggregate;
import dev.thalweg.planner.incremental.PlanNode.SessionAssign;
import dev.thalweg.spi.data.Field;
import dev.thalweg.spi.data.RowType;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Makes one node of sessions and the aggregate above them, where it can keep a partial result a session and merge those: rows
/// are only added, the gap is a constant, the groups are the sessions, and every call can be merged without its rows.
///
/// The other way, which serves every query, keeps each row and takes all rows of a session back when it grows.
final class FuseSessions {
    private final InferChanges changes;

    FuseSessions(InferChanges changes) {
        this.changes = changes;
    }

    PlanNode in(PlanNode node) {
        PlanNode copy = NodeOver.of(node, node.inputs().stream().map(this::in).toList());
        return copy instanceof Aggregate aggregate ? fused(aggregate).orElse(copy) : copy;
    }

    private Optional<PlanNode> fused(Aggregate aggregate) {
        return switch (aggregate.input()) {
            case SessionAssign session -> whole(aggregate, session);
            case Project project when project.input() instanceof SessionAssign session ->
                    above(aggregate, project, session);
            default -> Optional.empty(); // a rule: any other shape runs as two nodes
        };
    }

    private Optional<PlanNode> whole(Aggregate aggregate, SessionAssign session) {
        return isFusible(aggregate, session)
                ? Optional.of(new SessionAggregate(
                        new Aggregate(session, aggregate.keys(), aggregate.calls(), aggregate.schema())))
                : Optional.empty();
    }

    /// The projection goes below the sessions, where nothing in it reads their bounds.
    private Optional<PlanNode> above(Aggregate aggregate, Project project, SessionAssign session) {
        int width = session.input().schema().size();
        List<Expression> columns = new ArrayList<>();
        List<Field> fields = new ArrayList<>();
        int[] places = new int[project.expressions().size()]; // -1 start, -2 end
        for (int i = 0; i < places.length; i++) {
            Expression expression = project.expressions().get(i);
            if (expression instanceof Input(int column, _, _) && column >= width) {
                places[i] = width - column - 1;
            } else if (Expressions.inputsOf(expression).length() > width) {
                return Optional.empty();
            } else {
                places[i] = columns.size();
                columns.add(expression);
                fields.add(project.schema().field(i));
            }
        }
        List<Integer> keys = new ArrayList<>();
        for (int key : session.keys()) {
            keys.add(placeOf(session, key, columns, fields));
        }
        int time = placeOf(session, session.time(), columns, fields);
        RowType row = new RowType(fields);
        boolean pointless = columns.equals(Expressions.inputs(session.input().schema()))
                && row.equals(session.input().schema());
        PlanNode below = pointless ? session.input() : new Project(session.input(), columns, row);
        RowType schema = PlanNode.appended(below.schema(), session.schema().fields().subList(width, width + 2));
        SessionAssign moved = new SessionAssign(below, time, session.gap(), keys, schema);
        for (int i = 0; i < places.length; i++) {
            places[i] = places[i] < 0 ? columns.size() - places[i] - 1 : places[i];
        }
        return whole(new Aggregate(moved, at(aggregate.keys(), places),
                aggregate.calls().stream().map(call -> moved(call, places)).toList(), aggregate.schema()), moved);
    }

    private static int placeOf(SessionAssign session, int column, List<Expression> columns, List<Field> fields) {
        Expression wanted = Expressions.input(session.input().schema(), column);
        int place = columns.indexOf(wanted);
        if (place >= 0) {
            return place;
        }
        columns.add(wanted);
        fields.add(session.input().schema().field(column));
        return columns.size() - 1;
    }

    private static List<Integer> at(List<Integer> columns, int[] places) {
        return columns.stream().map(column -> places[column]).toList();
    }

    private static AggregateCall moved(AggregateCall call, int[] places) {
        return new AggregateCall(call.function(), at(call.arguments(), places), call.distinct(),
                call.filter().map(filter -> places[filter]), call.ignoreNulls(), call.type(), call.nullable());
    }

    private boolean isFusible(Aggregate aggregate, SessionAssign session) {
        int width = session.input().schema().size();
        Set<Integer> groups = new HashSet<>(session.keys());
        groups.add(width);
        groups.add(width + 1);
        return session.gap() instanceof Literal(Object gap, _) && gap instanceof Long micros && micros > 0
                && changes.of(session.input()) == Changes.INSERT_ONLY
                && groups.equals(Set.copyOf(aggregate.keys()))
                && aggregate.calls().stream().allMatch(call -> isMergeable(call, session.schema()))
                && aggregate.calls().stream().noneMatch(call -> reads(call, width));
    }

    /// Whether a call reads the bounds of its session, which are others when it has grown.
    private static boolean reads(AggregateCall call, int width) {
        return call.arguments().stream().anyMatch(column -> column >= width)
                || call.filter().filter(column -> column >= width).isPresent();
    }

    /// Whether two partial results over rows that are only added make one, in few bytes.
    private static boolean isMergeable(AggregateCall call, RowType input) {
        if (call.distinct()) {
            return false;
        }
        return switch (call.function()) {
            case "count", "sum", "avg", "bool_and", "bool_or", "var_pop", "var_samp", "stddev_pop", "stddev_samp" ->
                    true;
            case "min", "max" -> input.type(call.arguments().getFirst()).isFixedWidth();
            default -> false; // a rule: others want the rows
        };
    }
}
