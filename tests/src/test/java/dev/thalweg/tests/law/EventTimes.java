package dev.thalweg.tests.law;

import dev.thalweg.tests.law.Rel.Aggregate;
import dev.thalweg.tests.law.Rel.Join;
import dev.thalweg.tests.law.Rel.JoinKind;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/// Which columns of a relation are event times, and so far below W rows that are still to come may lie.
///
/// A column that is computed from an event time is none.
record EventTimes(Map<Integer, Mark> marks) {
    static final EventTimes NONE = new EventTimes(Map.of());

    enum Role {
        TIME, WINDOW_START, WINDOW_END
    }

    /// @param lag in microseconds: a join gives what it has kept
    record Mark(Role role, long lag) {}

    static EventTimes of(Rel rel) {
        return switch (rel) {
            case Rel.Stream _,Rel.Static _ -> NONE;
            case Rel.Watermark watermark -> new EventTimes(Map.of(watermark.column(), new Mark(Role.TIME, 0)));
            case Rel.Project project -> new EventTimes(references(project.expressions(), of(project.input()), 0));
            case Aggregate aggregate -> grouped(aggregate);
            case Rel.Union _,Rel.SetOperation _ -> common(rel.inputs());
            case Join join -> joined(join);
            case Rel.Asof join when !join.isOfStreams() -> of(join.left());
            case Rel.Asof join -> bounded(JoinBound.of(join), join.left(), Optional.of(join.right()));
            case Rel.Lateral lateral -> lateral.isOfStreams() ? NONE : of(lateral.left());
            case Rel.Clocked _,Rel.Reach _,Rel.Pivot _,Rel.Match _ -> NONE;
            case Rel.WindowTime time -> withLastMoment(time);
            case Rel.Lookup lookup -> lookup.isOfStreams() ? NONE : of(lookup.input());
            case Rel.Top top -> of(top.input()).only(top.partition());
            case Rel.Over over when over.byTime() -> byTime(over);
            case Rel.Over over -> of(over.input()).only(over.partition());
            case Rel.Filter _,Rel.Explode _,Rel.Distinct _,Rel.DropDuplicates _,Rel.Lives _ ->
                    of(rel.inputs().getFirst());
        };
    }

    /// Of a window that is open the last moment may be W itself.
    private static EventTimes withLastMoment(Rel.WindowTime time) {
        EventTimes groups = of(time.groups());
        Map<Integer, Mark> output = new HashMap<>(groups.marks);
        if (groups.closes(1)) {
            output.put(time.groups().columns().size(), new Mark(Role.TIME, groups.lag(1) + 1));
        }
        return new EventTimes(output);
    }

    /// What is so in all inputs that stream: the rows of the others are there before any time has passed.
    static EventTimes common(List<Rel> inputs) {
        return inputs.stream().filter(input -> !Rel.isFinite(input)).map(EventTimes::of).reduce(EventTimes::and)
                .orElse(NONE);
    }

    /// What is so in both, lagging as the one that lags more.
    private EventTimes and(EventTimes other) {
        Map<Integer, Mark> both = new HashMap<>();
        marks.forEach((column, mark) -> {
            Mark second = other.marks.get(column);
            if (second != null && second.role() == mark.role()) {
                both.put(column, new Mark(mark.role(), Math.max(mark.lag(), second.lag())));
            }
        });
        return new EventTimes(both);
    }

    private EventTimes only(List<Integer> columns) {
        Map<Integer, Mark> some = new HashMap<>(marks);
        some.keySet().retainAll(columns);
        return new EventTimes(some);
    }

    /// A row comes out when time has passed it by what its frames look behind it.
    private static EventTimes byTime(Rel.Over over) {
        int column = over.order().getFirst().column();
        Mark mark = of(over.input()).marks.getOrDefault(column, new Mark(Role.TIME, 0));
        return new EventTimes(Map.of(column, new Mark(mark.role(), mark.lag() + over.ahead())));
    }

    boolean isTime(int column) {
        return marks.containsKey(column) && marks.getOrDefault(column, new Mark(Role.TIME, 0)).role() == Role.TIME;
    }

    /// A time, or the end of a window: what closes.
    boolean closes(int column) {
        return deciding(List.of(column)) >= 0;
    }

    long lag(int column) {
        return marks.getOrDefault(column, new Mark(Role.TIME, 0)).lag();
    }

    int deciding() {
        return deciding(new TreeSet<>(marks.keySet()));
    }

    /// The column that decides over lateness and finality: the end of a window, else a bare event time; -1 if none does.
    int deciding(Collection<Integer> among) {
        int time = -1;
        for (int column : among) {
            Mark mark = marks.get(column);
            if (mark != null && mark.role() == Role.WINDOW_END) {
                return column;
            }
            time = time < 0 && mark != null && mark.role() == Role.TIME ? column : time;
        }
        return time;
    }

    private static Map<Integer, Mark> references(List<Expr> expressions, EventTimes input, int offset) {
        Map<Integer, Mark> output = new HashMap<>();
        for (int i = 0; i < expressions.size(); i++) {
            if (expressions.get(i) instanceof Expr.Column(int column, _)) {
                Optional<Mark> mark = Optional.ofNullable(input.marks.get(column));
                int at = offset + i;
                mark.ifPresent(m -> output.put(at, m));
            }
        }
        return output;
    }

    private static EventTimes grouped(Aggregate aggregate) {
        EventTimes input = of(aggregate.input());
        Map<Integer, Mark> output = references(aggregate.keys(), input, aggregate.window().isPresent() ? 2 : 0);
        boolean isSession = aggregate.window().filter(Rel.Window::isSession).isPresent();
        if (aggregate.grouping() != Rel.Grouping.PLAIN || isSession) {
            output.clear(); // a group that does not show its time has none, and a session's rows come again
        }
        aggregate.window().filter(window -> input.isTime(window.timeColumn())).ifPresent(window -> {
            long lag = input.lag(window.timeColumn());
            long windowLag = isSession ? lag : Math.max(0, lag - 1); // it ends a microsecond after its last time
            output.put(0, new Mark(Role.WINDOW_START, windowLag));
            output.put(1, new Mark(Role.WINDOW_END, windowLag));
        });
        return new EventTimes(output);
    }

    private static EventTimes joined(Join join) {
        if (!join.isOfStreams()) {
            boolean keepsTable = join.kind() == JoinKind.RIGHT || join.kind() == JoinKind.FULL;
            return keepsTable ? NONE : of(join.left());
        }
        return bounded(JoinBound.of(join), join.left(),
                join.kind().givesBoth() ? Optional.of(join.right()) : Optional.empty());
    }

    private static EventTimes bounded(Optional<JoinBound> found, Rel left, Optional<Rel> right) {
        Map<Integer, Mark> output = new HashMap<>();
        found.ifPresent(bound -> {
            Optional.ofNullable(of(left).marks.get(bound.left())).ifPresent(mark -> bound.leftKeep().ifPresent(
                    keep -> output.put(bound.left(), new Mark(mark.role(), bound.lag() + Math.max(0, keep)))));
            right.flatMap(side -> Optional.ofNullable(of(side).marks.get(bound.right())))
                    .ifPresent(mark -> bound.rightKeep()
                            .ifPresent(keep -> output.put(left.columns().size() + bound.right(),
                                    new Mark(mark.role(), bound.lag() + Math.max(0, keep)))));
        });
        return new EventTimes(output);
    }
}
